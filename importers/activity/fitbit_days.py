"""Fitbit in Google Takeout: what "Global Export Data" says of a day or of a night.

Sleep has local times without a zone, so no instant can be known: each figure of a night is a
measure of its `dateOfSleep`, with the times as the file writes them as label. Minutes of activity
and in the zones of the heart rate, the resting heart rate and the oxygen that a body can take up
(VO2 max) are of a civil day. A weight is in the unit that the person chose in the application,
which the file does not say: the option `weight-unit` does. Files that look alike are told by their
names. The newest files have days that are still to come, with zeros and 1440 sedentary minutes.

Not kept: of a night its single stages (`levels/data`, `levels/shortData`), how often there was one
and its mean over thirty days, `duration` (it is `timeInBed`), `type`, `infoCode` and `mainSleep`;
how exact Fitbit thinks a resting heart rate or a VO2 max is; which scale a weight is from.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final

from importers.activity.fitbit_file import FITBIT as FITBIT_HOLDER
from importers.activity.fitbit_file import day, recognised
from importers.activity.measures import Measure, record_of
from importers.clock import iso_date
from importers.contract import Check, HolderHint, Item, Match, Option, Options, Problem
from importers.document import Element, elements
from importers.rows import convert
from importers.text import lines

_STAGE: Final = re.compile(r"[a-z]{1,20}")
_WEIGHT_UNIT: Final = Option(
    name="weight-unit",
    fr="l'unité du poids, que le fichier ne dit pas",
    en="the unit of the weight, which the file does not say",
    values=("kg", "lb"),
    is_required=True,
)
_UNITS: Final = {"kg": "KiloGM", "lb": "LB"}
# What is said of a night: the member, what it measures, the QUDT name of the unit.
_OF_NIGHT: Final = (
    ("minutesAsleep", "time-asleep", "MIN"),
    ("minutesAwake", "time-awake-in-bed", "MIN"),
    ("timeInBed", "time-in-bed", "MIN"),
    ("minutesToFallAsleep", "time-to-fall-asleep", "MIN"),
    ("minutesAfterWakeup", "time-in-bed-after-sleep", "MIN"),
    ("efficiency", "sleep-efficiency", "PERCENT"),
)

_ZONE: Final = re.compile(r"[A-Z][A-Z0-9_]{0,40}")
_OXYGEN: Final = (
    ("demographicVO2Max", "vo2-max"),
    ("filteredDemographicVO2Max", "vo2-max-smoothed"),
)
_RUN: Final = (("runVO2Max", "vo2-max-of-run"), ("filteredRunVO2Max", "vo2-max-of-run-smoothed"))
_OXYGEN_UNIT: Final = "mL/kg/min"
_EMPTY: Final = "days of which nothing is said are not kept: {}"

Figure = tuple[str, Decimal, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FitbitDays:
    """One kind of file, which is an importer.

    `marks` are names in it; `stem` begins its name in the archive, "" where the marks say enough.
    `read` makes measures of an element and what the person said.
    """

    format: str
    title: str
    marks: tuple[str, ...]
    read: Callable[[Element, Options], Iterable[Measure]]
    stem: str = ""
    domain: str = "health"
    extensions: tuple[str, ...] = (".json",)
    options: tuple[Option, ...] = ()
    version: str = "2"

    def recognise(self, filename: str, head: bytes) -> Match | None:
        needs = tuple(one.name for one in self.options)
        return recognised(filename, head, self.marks, self.stem, needs)

    def holder(self, head: bytes) -> HolderHint:
        del head
        return FITBIT_HOLDER

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The measures of each element."""
        empty = 0

        def measures(element: Element) -> Iterator[Item]:
            nonlocal empty
            found = tuple(self.read(element, options))
            empty += not found
            return map(record_of, found)

        yield from convert(elements("".join(lines(export)), "/*"), measures)
        if empty:
            yield Problem("/", _EMPTY.format(empty), row=False)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the export states neither count nor sum."""
        del items
        return ()


def _night(element: Element, _options: Options) -> Iterator[Measure]:
    found = [
        (name, value, unit)
        for member, name, unit in _OF_NIGHT
        if (value := element.number_or_none(member)) is not None
    ]
    stages = element.get("levels/summary")
    for stage in stages if isinstance(stages, dict) else ():
        if not _STAGE.fullmatch(stage):
            raise ValueError("a stage of sleep has a name that is none")
        found.append(
            (f"sleep-{stage}-time", element.number(f"levels/summary/{stage}/minutes"), "MIN")
        )
    times = element.text("startTime"), element.text("endTime")
    label = " / ".join(filter(None, times))
    return _measures(element, iso_date(element.text("dateOfSleep")), found, label)


def _resting(element: Element, _options: Options) -> Iterator[Measure]:
    if element.get("value/date") is None and element.number("value/value") == 0:
        return  # a day on which none was found: most of a year that has begun
    figure = ("resting-heart-rate", element.number("value/value"), "BEAT-PER-MIN")
    yield _measure(element, day(element.text("value/date")), figure)


def _weight(element: Element, options: Options) -> Iterator[Measure]:
    unit = _UNITS.get(options.said(_WEIGHT_UNIT))
    if unit is None:
        raise ValueError(
            "the file does not say the unit of the weight: say `weight-unit=kg` or `weight-unit=lb`"
        )
    found = [("body-mass", element.number("weight"), unit)]
    more = (("bmi", "body-mass-index", ""), ("fat", "body-fat-percentage", "PERCENT"))
    for member, name, its_unit in more:
        if (value := element.number_or_none(member)) is not None:
            found.append((name, value, its_unit))
    return _measures(element, day(element.text("date")), found, element.text("time"))


def _zones(element: Element, _options: Options) -> Iterator[Measure]:
    zones = element.get("value/valuesInZones")
    for place, zone in enumerate(zones if isinstance(zones, dict) else ()):
        if not _ZONE.fullmatch(zone):
            raise ValueError("a zone of the heart rate has a name that is none")
        name = f"heart-rate-{zone.lower().replace('_', '-')}-time-of-day"
        figure = (name, element.number(f"value/valuesInZones/{zone}"), "MIN")
        made = _measure(element, day(element.text("dateTime")), figure)
        yield replace(made, counted=place == 0)


def _oxygen(element: Element, _options: Options) -> Iterator[Measure]:
    on = day(element.text("dateTime"))
    for place, (member, name) in enumerate(_OXYGEN):
        figure = (name, element.number(f"value/{member}"), "")
        made = _measure(element, on, figure)
        yield replace(made, unit_text=_OXYGEN_UNIT, counted=place == 0)


def _run(element: Element, _options: Options) -> Iterator[Measure]:
    """The day is that of the time as it is written, which does not say its zone."""
    told, _, time = element.text("dateTime").partition(" ")
    log = element.text("value/exerciseId")
    if not log:
        raise ValueError("the run has no `exerciseId`")
    for place, (member, name) in enumerate(_RUN):
        figure = (name, element.number(f"value/{member}"), "")
        made = _measure(element, day(told), figure)
        yield replace(made, unit_text=_OXYGEN_UNIT, log=log, label=time, counted=place == 0)


def _minutes(name: str) -> Callable[[Element, Options], Iterator[Measure]]:
    def read(element: Element, _options: Options) -> Iterator[Measure]:
        figure = (name, element.number("value"), "MIN")
        yield _measure(element, day(element.text("dateTime")), figure)

    return read


def _measures(element: Element, on: date, found: list[Figure], label: str) -> Iterator[Measure]:
    """What was logged under one number, the first of it counted."""
    log = element.text("logId")
    if not log or not found:
        raise ValueError("the entry has no `logId`, or says nothing")
    for place, (name, value, unit) in enumerate(found):
        yield Measure(
            name=name,
            on=on,
            value=value,
            unit=unit,
            log=log,
            label=label,
            locator=element.locator,
            counted=place == 0,
        )


def _measure(element: Element, on: date, figure: Figure) -> Measure:
    name, value, unit = figure
    return Measure(name=name, on=on, value=value, unit=unit, locator=element.locator)


_ACTIVE: Final = ("sedentary", "lightly_active", "moderately_active", "very_active")

FITBIT_DAYS: Final = (
    FitbitDays(
        format="fitbit-sleep",
        title="Fitbit (Takeout): sleep (sleep-*.json)",
        marks=('"logId"', '"dateOfSleep"'),
        read=_night,
    ),
    FitbitDays(
        format="fitbit-resting-heart-rate",
        title="Fitbit (Takeout): resting heart rate (resting_heart_rate-*.json)",
        marks=('"dateTime"', '"date"', '"error"'),
        read=_resting,
    ),
    FitbitDays(
        format="fitbit-weight",
        title="Fitbit (Takeout): weight (weight-*.json)",
        marks=('"logId"', '"weight"', '"date"'),
        read=_weight,
        options=(_WEIGHT_UNIT,),
    ),
    FitbitDays(
        format="fitbit-heart-rate-zones",
        title="Fitbit (Takeout): time in heart rate zones (time_in_heart_rate_zones-*.json)",
        marks=('"dateTime"', '"valuesInZones"'),
        read=_zones,
    ),
    FitbitDays(
        format="fitbit-vo2-max",
        title="Fitbit (Takeout): VO2 max (demographic_vo2_max-*.json)",
        marks=('"dateTime"', '"demographicVO2Max"'),
        read=_oxygen,
    ),
    FitbitDays(
        format="fitbit-run-vo2-max",
        title="Fitbit (Takeout): VO2 max of runs (run_vo2_max-*.json)",
        marks=('"dateTime"', '"runVO2Max"'),
        read=_run,
    ),
    *(
        FitbitDays(
            format=f"fitbit-{stem.replace('_', '-')}-minutes",
            title=f"Fitbit (Takeout): {stem.replace('_', ' ')} minutes ({stem}_minutes-*.json)",
            marks=('"dateTime"', '"value"'),
            read=_minutes(f"{stem.replace('_', '-')}-time-of-day"),
            stem=f"{stem}_minutes",
        )
        for stem in _ACTIVE
    ),
)
