"""Fitbit in Google Takeout and in the older archive: the workouts of exercise-*.json.

Each file is an array of up to a hundred workouts. `startTime` has the month before the day, and is
in UTC like the minutes of steps; `duration` and `activeDuration` are milliseconds. Not kept: the
steps (their own series has them), zones of heart rate, speed and pace (they follow from the rest),
the ascent (in metres or feet, which the file does not say), the number of the device, and links.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import BinaryIO, Final

from importers.activity.figures import scaled
from importers.activity.fitbit_file import FITBIT, recognised, utc
from importers.activity.workout import Workout, record_of
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import Element, elements
from importers.rows import convert
from importers.text import lines

_SECONDS: Final = Decimal("0.001")
_KILOMETRES: Final = {
    "kilometer": Decimal(1),
    "meter": Decimal("0.001"),
    "mile": Decimal("1.609344"),
    "yard": Decimal("0.0009144"),
}
_LONGEST: Final = Decimal(7 * 86_400_000)  # milliseconds
_NO_UNIT: Final = "the unit of the distance is not known, and the distance is not kept"


class FitbitExercise:
    """The workouts of Fitbit."""

    format = "fitbit-exercise"
    title = "Fitbit (Takeout): workouts (exercise-*.json)"
    domain = "health"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        return recognised(filename, head, ('"logId"', '"activityName"', '"startTime"'), "")

    def holder(self, head: bytes) -> HolderHint:
        del head
        return FITBIT

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each workout. Takes no options."""
        del options
        return convert(elements("".join(lines(export)), "/*"), _workout)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the export states neither count nor sum."""
        del items
        return ()


def _workout(element: Element) -> Iterator[Item]:
    start = utc(element.text("startTime"))
    whole, active = (_amount(element, name) for name in ("duration", "activeDuration"))
    if whole is not None and whole > _LONGEST:
        raise ValueError("the workout lasts longer than any")
    far, unit = _amount(element, "distance"), element.text("distanceUnit").casefold()
    factor = _KILOMETRES.get(unit)
    lasts = active if active is not None else whole
    yield record_of(
        Workout(
            start=start,
            end=None if whole is None else start + timedelta(milliseconds=int(whole)),
            locator=element.locator,
            sport=element.text("activityName"),
            seconds=None if lasts is None else lasts * _SECONDS,
            distance=None if far is None or factor is None else scaled(far, factor),
            energy=_amount(element, "calories"),
            average_heart_rate=_amount(element, "averageHeartRate"),
        )
    )
    if far and factor is None:
        yield Problem(element.locator, _NO_UNIT, row=False)


def _amount(element: Element, name: str) -> Decimal | None:
    """A number that cannot be negative, None where there is none. Raises ValueError."""
    value = element.number_or_none(name)
    if value is not None and value < 0:
        raise ValueError(f"`{name}` is negative")
    return value
