"""The French civil calendar: public holidays, school holidays, and when the clocks change."""

from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher."""
    golden, century, in_century = year % 19, year // 100, year % 100
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * week) // 451
    month, day = divmod(epact + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The eleven days on which France does not work, in a year."""
    found = {date(year, month, day) for month, day in _FIXED}
    return frozenset(found | {easter(year) + timedelta(days=days) for days in (1, 39, 50)})


def is_worked(day: date) -> bool:
    """Whether banks and offices are open."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def worked_from(day: date) -> date:
    """That day, or the first one after it on which banks are open."""
    while not is_worked(day):
        day += DAY
    return day


@lru_cache(maxsize=64)
def school_holidays(year: int) -> tuple[tuple[date, date], ...]:
    """The school holidays that begin in a year, [first, last], by a rule that is near the real one.

    Two weeks from the Saturday in mid February, mid April, end of October and before Christmas,
    and July and August.
    """
    starts = [date(year, 2, 11), date(year, 4, 12), date(year, 10, 18), date(year, 12, 20)]
    short = [_saturday(start) for start in starts]
    found = [(start, start + 15 * DAY) for start in short]
    return (*found[:2], (date(year, 7, 6), date(year, 8, 31)), *found[2:])


def is_school(day: date) -> bool:
    """Whether there are lessons on a day."""
    off = (*school_holidays(day.year - 1)[-1:], *school_holidays(day.year))
    return is_worked(day) and not any(first <= day <= last for first, last in off)


def _saturday(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


@lru_cache(maxsize=64)
def clock_changes(year: int) -> tuple[date, date]:
    """The last Sundays of March and October: to summer time, and back."""
    ends = date(year, 3, 31), date(year, 10, 31)
    to, back = (end - timedelta(days=(end.weekday() + 1) % 7) for end in ends)
    return to, back


def is_summer_time(day: date) -> bool:
    """Whether summer time holds at noon of a day."""
    to, back = clock_changes(day.year)
    return to <= day < back
