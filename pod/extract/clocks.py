"""How the clocks of a place go, as far as times that were shown there tell.

Format: NAESB REQ.21 (ESPI), LocalTimeParameters: the offset of the winter in seconds, and rules in
hex for when summer time begins and ends, as the clocks show it before they change (DstRuleType).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_NEVER = "FFFFFFFF"
# The last Sunday of March and of October, at an hour; the second of March, the first of November.
_EUROPE = (0x3E0E0000, 0xAE0E0000)
_AMERICA = ("360E2000", "B40E2000")
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Clocks:
    """The offset of the winter, in seconds, and the rules for the begin and the end of summer."""

    offset: int
    start: str = _NEVER
    end: str = _NEVER


def clocks_of(shown: Iterable[datetime]) -> Clocks:
    """The clocks that showed some moments, which have their offsets.

    Of a place of which only summers or only winters are known, it is supposed that its clocks
    change as those around it do; where none is known they are those of UTC.
    """
    seasons: dict[bool, set[int]] = {True: set(), False: set()}
    for moment in shown:
        offset = moment.utcoffset() or timedelta()
        seasons[_is_summer(moment)].add(int(offset.total_seconds()))
    winter, summer = min(seasons[False], default=None), max(seasons[True], default=None)
    if winter is None:
        # Who shows UTC in summer shows it all the year.
        winter = summer - _HOUR if summer else 0
    elif summer is None:
        summer = winter + _HOUR
    if summer != winter + _HOUR:
        return Clocks(winter)
    if winter < 0:
        return Clocks(winter, *_AMERICA)
    # In Europe clocks change at one o'clock in UTC, wherever they are.
    hour = winter // _HOUR + 1
    return Clocks(winter, f"{_EUROPE[0] | hour << 12:08X}", f"{_EUROPE[1] | hour + 1 << 12:08X}")


def _is_summer(moment: datetime) -> bool:
    """Whether clocks are forward at a moment: in America where it is shown behind UTC."""
    if (moment.utcoffset() or timedelta()) < timedelta():
        begin, end = _sunday(moment.year, 3, 8), _sunday(moment.year, 11, 1)
        return begin <= moment.date() < end
    at = moment.astimezone(UTC)
    begin, end = _sunday(at.year, 3, 25), _sunday(at.year, 10, 25)
    hour = timedelta(hours=1)
    return begin <= (at - hour).date() < end


def _sunday(year: int, month: int, day: int) -> date:
    """The first Sunday of a month that is not before a day."""
    first = date(year, month, day)
    return first + timedelta(days=6 - first.weekday())
