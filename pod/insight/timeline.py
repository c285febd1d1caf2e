"""Everything that has a day, in order: a month or a year of it (CAP-08, PRI-07)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from pod.insight.series import after

_WHEN: Final = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_MONTHS: Final = 12
_YEARS: Final = range(1900, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month or a year, from its first day on and before the first day of the next one."""

    since: date
    until: date

    @property
    def is_year(self) -> bool:
        return (self.until - self.since).days > 31

    def __str__(self) -> str:
        return f"{self.since:%Y}" if self.is_year else f"{self.since:%Y-%m}"

    def moved(self, by: int) -> "Period":
        """So many months, or years, later."""
        months = by * (_MONTHS if self.is_year else 1)
        return Period(since=after(self.since, months), until=after(self.until, months))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many records of a class are on a day; `kind` is the local name of the class."""

    day: date
    kind: str
    container: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record of a timeline: `label` is "" where nothing says what it is called, and `sort` the
    IRI of a code that says which sort it is of. `unit` is a currency or "kWh".
    """

    iri: str
    day: date
    kind: str
    container: str
    holder: str
    label: str
    sort: str
    amount: Decimal | None
    unit: str


def read_period(text: str, last: date) -> Period:
    """A period such as "2025" or "2025-03"; the month of a day where the text is none."""
    found = _WHEN.fullmatch(text)
    if found and int(found[1]) in _YEARS:
        if found[2] is None:
            return year_of(date(int(found[1]), 1, 1))
        if 1 <= int(found[2]) <= _MONTHS:
            return month_of(date(int(found[1]), int(found[2]), 1))
    return month_of(last)


def month_of(day: date) -> Period:
    first = day.replace(day=1)
    return Period(since=first, until=after(first, 1))


def year_of(day: date) -> Period:
    first = day.replace(month=1, day=1)
    return Period(since=first, until=after(first, _MONTHS))


def by_week(counts: Iterable[tuple[date, str, int]]) -> dict[tuple[date, str], int]:
    """Counts of days, each in a lane, put together to those of their weeks: by their Mondays."""
    found: dict[tuple[date, str], int] = {}
    for day, lane, count in counts:
        place = (day - timedelta(days=day.weekday()), lane)
        found[place] = found.get(place, 0) + count
    return found
