"""Local time as a Green Button file gives it: an offset, and rules for daylight saving.

The rules are those of ESPI (NAESB REQ.21), LocalTimeParameters: two 32-bit numbers in hex say when
in each year the saving begins and ends, as the clocks show it before they change.
"""

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cached_property

# DstRuleType: "Rule value of 0xFFFFFFFF means rule processing/DST correction is disabled".
_DISABLED = 0xFFFFFFFF
_ZERO = timedelta(0)
_WIDEST = timedelta(hours=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When in a year the clocks change. `weekday` is 1 for Monday, 0 where none is said."""

    month: int
    operator: int
    day: int
    weekday: int
    time: timedelta

    @classmethod
    def of(cls, text: str) -> "Rule | None":
        """A rule in hex, `360E2000`; None where it says that there is none.

        Raises ValueError for what is no rule.
        """
        bits = int(text, 16)
        if bits == _DISABLED:
            return None
        # DstRuleType: "Bits 0 - 11: seconds […] 12 - 16: hours […] 17 - 19: day of the week […]
        # 20 - 24: day of the month […] 25 - 27: operator […] 28 - 31: month".
        rule = cls(
            month=bits >> 28,
            operator=bits >> 25 & 0b111,
            day=bits >> 20 & 0b11111,
            weekday=bits >> 17 & 0b111,
            time=timedelta(hours=bits >> 12 & 0b11111, seconds=bits & 0xFFF),
        )
        rule.on(2000)
        return rule

    def on(self, year: int) -> datetime:
        """The time at which the clocks change in a year. Raises ValueError where it is none."""
        if not 1 <= self.month <= 12:
            raise ValueError("the month of the rule is none")
        days = calendar.monthrange(year, self.month)[1]
        # "0: DST starts/ends on the Day of the Month", "1: […] on the Day of the Week that is on
        # or after the Day of the Month", "2" to "6": on its first to fifth occurrence, "7: […] on
        # the last occurrence".
        first = {0: self.day, 1: self.day, 7: days - 6}.get(self.operator, 1)
        day = datetime(year, self.month, first)  # noqa: DTZ001 - a time that clocks show
        if self.operator:
            if not self.weekday:
                raise ValueError("the rule names no day of the week")
            day += timedelta(days=(self.weekday - day.isoweekday()) % 7)
        weeks = self.operator - 2 if 2 <= self.operator <= 6 else 0
        return day + timedelta(weeks=weeks) + self.time


@dataclass(frozen=True)
class RuledZone(tzinfo):
    """A zone by its offset, and by the saving between two days of each year, where there is any."""

    standard: timedelta
    saving: timedelta = _ZERO
    start: Rule | None = None
    end: Rule | None = None

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # A zone is looked up for each reading: its hash is worked out once.
        return hash((self.standard, self.saving, self.start, self.end))

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """The offset when the clocks show `dt`; of a time that comes twice, `fold` says which."""
        if dt is None:
            return self.standard
        wall = dt.replace(tzinfo=None)
        both = (self.standard + self.saving, self.standard)
        fits = [offset for offset in both if self._offset(wall - offset) == offset]
        return fits[-1 if dt.fold else 0] if fits else self.standard

    def dst(self, dt: datetime | None) -> timedelta:
        return self.utcoffset(dt) - self.standard

    def tzname(self, dt: datetime | None) -> None:
        """A zone of a file has no name."""

    def fromutc(self, dt: datetime) -> datetime:
        moment = dt.replace(tzinfo=None)
        wall = moment + self._offset(moment)
        first = wall - self.utcoffset(wall) == moment
        return wall.replace(tzinfo=self, fold=0 if first else 1)

    def _offset(self, moment: datetime) -> timedelta:
        """The offset at a moment in UTC."""
        if self.start is None or self.end is None:
            return self.standard
        year = (moment + self.standard).year
        start = self.start.on(year) - self.standard
        end = self.end.on(year) - self.standard - self.saving
        saved = start <= moment < end if start < end else not end <= moment < start
        return self.standard + self.saving if saved else self.standard


def zone(offset: str, saving: str, start: str, end: str) -> tzinfo:
    """The zone of tzOffset and dstOffset, in seconds, and of the two rules in hex.

    Without the rules there is no saving. Raises ValueError for what is no zone.
    """
    standard, saved = timedelta(seconds=int(offset)), timedelta(seconds=int(saving or "0"))
    if max(abs(standard), abs(standard + saved)) > _WIDEST or standard % timedelta(minutes=1):
        raise ValueError("this is not the offset of a place")
    if not (start and end and saved):
        return RuledZone(standard)
    rules = Rule.of(start), Rule.of(end)
    return RuledZone(standard, saved, *rules) if all(rules) else RuledZone(standard)
