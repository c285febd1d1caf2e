"""A month, as people look back at it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pod.problems import Malformed

_WRITTEN: Final = re.compile(r"(2[0-9]{3})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year, in UTC."""

    year: int
    number: int

    @property
    def start(self) -> datetime:
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    @property
    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> "Month":
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    def has(self, moment: datetime) -> bool:
        """Whether a moment, in UTC, is in it."""
        return (moment.year, moment.month) == (self.year, self.number)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


def month_of(moment: datetime) -> Month:
    """The month that a moment, in UTC, is in."""
    return Month(moment.year, moment.month)


def read_month(text: str | None, now: datetime) -> Month:
    """The month that is written as 2026-03, or that of now where nothing is. Raises Malformed."""
    if not text:
        return month_of(now)
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise Malformed("give the month as a year and its number, as in 2026-03")
    return Month(int(found[1]), int(found[2]))
