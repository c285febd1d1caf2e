"""Values over time: days as a query found them, and the months that they make."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from pod.insight.measures import Made

_MONTHS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What one part comes to on a day: of how many records, and how many of them are estimated.

    `part` is an IRI or a text, "" where records have none.
    """

    day: date
    part: str
    count: int
    value: Decimal
    estimated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a month comes to: by its first day, in all and by parts."""

    first: date
    value: Decimal
    parts: Mapping[str, Decimal]
    is_estimated: bool


def months_of(days: Iterable[Day], made: Made = Made.SUM) -> tuple[Month, ...]:
    """The months that have any value, in order. Of means it is the mean of the days."""
    found: dict[date, list[Day]] = defaultdict(list)
    for one in days:
        found[one.day.replace(day=1)].append(one)
    return tuple(_month(first, found[first], made) for first in sorted(found))


def by_day(days: Iterable[Day], made: Made = Made.SUM) -> tuple[tuple[date, Decimal], ...]:
    """The value of each day, all parts together."""
    found: dict[date, list[Day]] = defaultdict(list)
    for one in days:
        found[one.day].append(one)
    return tuple((day, _together(found[day], made)) for day in sorted(found))


def after(first: date, months: int) -> date:
    """The first day of the month so many months after another one, or before it."""
    number = first.year * _MONTHS + first.month - 1 + months
    return date(number // _MONTHS, number % _MONTHS + 1, 1)


def window(found: Iterable[Month], months: int) -> tuple[tuple[date, Month | None], ...]:
    """The last so many months up to the last that has a value: None where one has none."""
    known = {month.first: month for month in found}
    if not known:
        return ()
    first, last = min(known), max(known)
    shown = (after(last, number - months + 1) for number in range(months))
    return tuple((month, known.get(month)) for month in shown if month >= first)


def parts_of(days: Iterable[Day]) -> tuple[str, ...]:
    """The parts that days tell of, those with most records first."""
    counts: dict[str, int] = defaultdict(int)
    for one in days:
        counts[one.part] += one.count
    return tuple(sorted(counts, key=lambda part: (-counts[part], part)))


def change(found: Iterable[Month]) -> Decimal | None:
    """How the last twelve months differ from the twelve before, as a share of those: 0.1 is a tenth
    more. None where either are not whole, or there is nothing to compare with.
    """
    known = window(found, 2 * _MONTHS)
    if len(known) < 2 * _MONTHS or any(month is None for _, month in known):
        return None
    values = [month.value for _, month in known if month is not None]
    before, now = sum(values[:_MONTHS]), sum(values[_MONTHS:])
    return now / before - 1 if before else None


def _month(first: date, days: list[Day], made: Made) -> Month:
    by_part: dict[str, list[Day]] = defaultdict(list)
    for one in days:
        by_part[one.part].append(one)
    return Month(
        first=first,
        value=_together(days, made),
        parts={part: _together(several, made) for part, several in by_part.items()},
        is_estimated=any(one.estimated for one in days),
    )


def _together(days: list[Day], made: Made) -> Decimal:
    total = sum((one.value for one in days), Decimal())
    return total / len(days) if made is Made.MEAN else total
