"""The points of series as half hours of days, by the clocks of the person."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

SLOTS: Final = 48
_ZONE: Final = ZoneInfo("Europe/Paris")
_LAST_DAYS: Final = timedelta(days=31)
_STEPS: Final = {"PT30M": timedelta(minutes=30), "PT1H": timedelta(hours=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A run of points: when it begins, its step (ISO 8601), and its points as JSON."""

    start: datetime
    step: str
    values: str
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A half hour of a day, the first is 0; None where nothing was measured."""

    day: date
    slot: int
    value: Decimal | None
    is_estimated: bool


def month_of(moment: datetime) -> date:
    """The first day of the month that a moment is in, by the clocks of the person."""
    return moment.astimezone(_ZONE).date().replace(day=1)


def slots(chunks: Iterable[Chunk]) -> tuple[Slot, ...]:
    """All half hours in order. What is of another step than a half hour or an hour is left out, and
    of an hour that the clocks show twice the later one counts.
    """
    found = {(one.day, one.slot): one for chunk in chunks for one in _of(chunk)}
    return tuple(found[place] for place in sorted(found))


def of_month(found: Iterable[Slot], month: date | None) -> tuple[Slot, ...]:
    """Those of a month, by its first day; of the last 31 days where none is chosen."""
    every = tuple(found)
    if month is not None:
        return tuple(one for one in every if one.day.replace(day=1) == month)
    return tuple(one for one in every if one.day > every[-1].day - _LAST_DAYS)


def _of(chunk: Chunk) -> Iterator[Slot]:
    step = _STEPS.get(chunk.step)
    points = json.loads(chunk.values, parse_float=Decimal) if step else []
    for number, value in enumerate(points):
        # Elapsed time, so that a day of clock change has its 46 or 50 half hours.
        at = (chunk.start + number * (step or timedelta())).astimezone(_ZONE)
        known = Decimal(value) if isinstance(value, int | Decimal) else None
        for half in range(1 if chunk.step == "PT30M" else 2):
            slot = at.hour * 2 + at.minute // 30 + half
            if slot < SLOTS:
                yield Slot(at.date(), slot, known, chunk.is_estimated)
