"""Fitbit in Google Takeout: what "Global Export Data" says of a day or of a night.

Sleep has local times without a zone, so no instant can be known: each figure of a night is a
measure of its `dateOfSleep`, with the times as the file writes them as label. The single stages of
a night (`levels/data`) are not kept, their totals are. Minutes of activity and the resting heart
rate are of a civil day. A weight is in the unit that the person chose in the application, which the
file does not say: the option `weight-unit` does. Files that look alike are told by their names.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final

from importers.activity.fitbit_file import FITBIT as FITBIT_HOLDER
from importers.activity.fitbit_file import recognised
from importers.activity.measures import Measure, record_of
from importers.clock import iso_date
from importers.contract import Check, HolderHint, Item, Match, Option, Options
from importers.document import Element, elements
from importers.rows import convert
from importers.text import lines

_DAY: Final = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{2})(?: 00:00:00)?")
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
    version: str = "1"

    def recognise(self, filename: str, head: bytes) -> Match | None:
        needs = tuple(one.name for one in self.options)
        return recognised(filename, head, self.marks, self.stem, needs)

    def holder(self, head: bytes) -> HolderHint:
        del head
        return FITBIT_HOLDER

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The measures of each element."""

        def measures(element: Element) -> Iterator[Item]:
            return (record_of(measure) for measure in self.read(element, options))

        return convert(elements("".join(lines(export)), "/*"), measures)

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
    if element.get("value/date") is None:
        raise ValueError("the day has no resting heart rate")
    figure = ("resting-heart-rate", element.number("value/value"), "BEAT-PER-MIN")
    yield _measure(element, _day(element.text("value/date")), figure)


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
    return _measures(element, _day(element.text("date")), found, element.text("time"))


def _minutes(name: str) -> Callable[[Element, Options], Iterator[Measure]]:
    def read(element: Element, _options: Options) -> Iterator[Measure]:
        figure = (name, element.number("value"), "MIN")
        yield _measure(element, _day(element.text("dateTime")), figure)

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


def _day(text: str) -> date:
    """`03/31/24`, or that day at midnight: the month first. Raises ValueError for anything else."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError("this is no day of Fitbit")
    month, day, year = found.groups()
    return iso_date(f"20{year}-{month}-{day}")


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
