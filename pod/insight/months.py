"""Counting back in months."""

from datetime import date
from typing import Final

_LAST: Final = 28  # a day that every month has


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; of the last days of a month, the 28th."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, _LAST))
