"""A made-up Apple Health export of a given size: `python bench/apple_health.py export.xml 1000`.

It has what makes the real ones hard: the document type declaration that is no DTD since iOS 16, a
watch and a telephone that count the same steps, a vertical tab in a name, records with entries
within them. The same size and seed give the same octets.
"""

import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

MEGABYTE = 1_000_000
FIRST = datetime(2018, 1, 1, tzinfo=timezone(timedelta(hours=1)))

# As iOS 16 writes it: the list of attributes of VisionPrescription is never closed.
PROLOGUE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ATTLIST VisionPrescription
  type CDATA #REQUIRED
  expirationDate CDATA #IMPLIED
<!ELEMENT RightEye EMPTY>
]>
<HealthData locale="fr_FR">
 <ExportDate value="2026-03-31 08:00:00 +0200"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1980-01-01" \
HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexNotSet" \
HKCharacteristicTypeIdentifierBloodType="HKBloodTypeNotSet" \
HKCharacteristicTypeIdentifierFitzpatrickSkinType="HKFitzpatrickSkinTypeNotSet" \
HKCharacteristicTypeIdentifierCardioFitnessMedicationsUse="None"/>
"""
EPILOGUE = "</HealthData>\n"

WATCH = (
    'sourceName="Apple\xa0Watch\x0bde Camille" sourceVersion="9.4" device="&lt;&lt;HKDevice: '
    "0x282a45810&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, "
    'hardware:Watch6,2, software:9.4&gt;"'
)
PHONE = (
    'sourceName="iPhone" sourceVersion="16.4" device="&lt;&lt;HKDevice: 0x282a4590&gt;, '
    'name:iPhone, manufacturer:Apple Inc., model:iPhone, hardware:iPhone12,1, software:16.4&gt;"'
)
MOTION = '\n  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="1"/>\n </Record>'


def write(path: Path, megabytes: float, *, seed: int = 1) -> int:
    """Writes an export of at least this size; returns how many Record elements it has."""
    size, records = 0, 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(PROLOGUE)
        for lines, count in _days(random.Random(seed)):  # noqa: S311 - a made-up person's pulse
            size += len(lines.encode())
            records += count
            file.write(lines)
            if size >= megabytes * MEGABYTE:
                break
        file.write(EPILOGUE)
    return records


def _days(chance: random.Random) -> Iterator[tuple[str, int]]:
    """The elements of one day after another, and how many of them are Records."""
    day = FIRST
    while True:
        records = [
            *_night(day),
            *(line for minute in range(360, 1380, 3) for line in _minutes(day, minute, chance)),
        ]
        yield "".join((*records, _workout(day, chance), _summary(day, chance))), len(records)
        day += timedelta(days=1)


def _minutes(day: datetime, minute: int, chance: random.Random) -> Iterator[str]:
    start, end = day + timedelta(minutes=minute), day + timedelta(minutes=minute + 3)
    steps = chance.randrange(1, 300)
    pulse = chance.randrange(55, 140)
    energy = chance.randrange(100, 9_000) / 1000
    yield (
        _record("HKQuantityTypeIdentifierHeartRate", WATCH, "count/min", (start, start), pulse)[:-2]
        + ">"
        + MOTION
    )
    yield _record("HKQuantityTypeIdentifierStepCount", WATCH, "count", (start, end), steps)
    yield _record("HKQuantityTypeIdentifierActiveEnergyBurned", WATCH, "kcal", (start, end), energy)
    yield _record(
        "HKQuantityTypeIdentifierDistanceWalkingRunning", WATCH, "km", (start, end), steps * 0.00074
    )
    if minute % 2:
        yield _record(
            "HKQuantityTypeIdentifierStepCount", PHONE, "count", (start, end), max(1, steps - 5)
        )


def _night(day: datetime) -> Iterator[str]:
    for number, stage in enumerate(("Core", "Deep", "Core", "REM", "Awake")):
        start = day + timedelta(minutes=10 + 70 * number)
        yield _record(
            "HKCategoryTypeIdentifierSleepAnalysis",
            WATCH,
            "",
            (start, start + timedelta(minutes=70)),
            f"HKCategoryValueSleepAnalysisAsleep{stage}"
            if stage != "Awake"
            else "HKCategoryValueSleepAnalysisAwake",
        )


def _record(
    kind: str, source: str, unit: str, between: tuple[datetime, datetime], value: object
) -> str:
    start, end = between
    said = f' unit="{unit}"' if unit else ""
    made = _stamp(end + timedelta(minutes=4))
    return (
        f'\n <Record type="{kind}" {source}{said} creationDate="{made}" '
        f'startDate="{_stamp(start)}" endDate="{_stamp(end)}" value="{value}"/>'
    )


def _workout(day: datetime, chance: random.Random) -> str:
    start = day + timedelta(hours=18, minutes=chance.randrange(60))
    minutes = chance.randrange(20, 60)
    end = start + timedelta(minutes=minutes)
    between = f'startDate="{_stamp(start)}" endDate="{_stamp(end)}"'
    return (
        f'\n <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="{minutes}" '
        f'durationUnit="min" {WATCH} creationDate="{_stamp(end)}" {between}>'
        f'\n  <MetadataEntry key="HKIndoorWorkout" value="0"/>'
        f'\n  <WorkoutEvent type="HKWorkoutEventTypePause" date="{_stamp(start)}"/>'
        f'\n  <WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" {between} '
        f'sum="{minutes * 9.5}" unit="Cal"/>'
        f'\n  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" {between} '
        f'sum="{minutes / 6:.3f}" unit="km"/>'
        f"\n </Workout>"
    )


def _summary(day: datetime, chance: random.Random) -> str:
    return (
        f'\n <ActivitySummary dateComponents="{day:%Y-%m-%d}" '
        f'activeEnergyBurned="{chance.randrange(200, 900)}" activeEnergyBurnedGoal="500" '
        f'activeEnergyBurnedUnit="kcal" appleMoveTime="0" appleMoveTimeGoal="0" '
        f'appleExerciseTime="{chance.randrange(90)}" appleExerciseTimeGoal="30" '
        f'appleStandHours="{chance.randrange(5, 16)}" appleStandHoursGoal="12"/>\n'
    )


def _stamp(moment: datetime) -> str:
    """The wall time as Apple writes it, winter and summer under their own offsets."""
    if 4 <= moment.month <= 10:
        moment = moment.astimezone(timezone(timedelta(hours=2)))
    return f"{moment:%Y-%m-%d %H:%M:%S %z}"


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]), float(sys.argv[2])):,} records")
