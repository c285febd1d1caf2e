"""Time zones of calendars: what a name of one, or the rules in the file, say of a time.

Format: RFC 5545 §3.2.19 (TZID), §3.6.5 (VTIMEZONE). Names are those of the tz database, or end in
one (`/citadel.org/20210210_1/Europe/Paris`); else the rules that stand in the file hold, as Outlook
writes them for names of its own; names of Windows without rules are in a table.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from types import MappingProxyType
from typing import Final

from importers.clock import compact_date, offset_of, zone
from importers.correspondence.components import Component

_TIME: Final = re.compile(r"(\d{8})T(\d{2})(\d{2})(\d{2})", re.ASCII)
_OFFSET: Final = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?", re.ASCII)
_ON: Final = re.compile(r"([+-]?\d)?(SU|MO|TU|WE|TH|FR|SA)", re.ASCII)
# As far as time zones use it, what stands in a rule; each part of it may be missing.
_READ: Final = {
    "BYMONTH": re.compile(r"(?:[1-9]|1[0-2])?", re.ASCII),
    "BYMONTHDAY": re.compile(r"(?:\d{1,2}(?:,\d{1,2})*)?", re.ASCII),
    "BYDAY": re.compile(rf"(?:{_ON.pattern})?", re.ASCII),
    "COUNT": re.compile(r"(?:\d{1,4})?", re.ASCII),
    "UNTIL": re.compile(r"(?:\d{8}(?:T\d{6}Z?)?)?", re.ASCII),
}
_WEEK: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST: Final = timedelta(hours=14)
# CLDR's windowsZones: the zones of Windows that people here meet.
_OF_WINDOWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "UTC": "Etc/UTC",
        "GMT Standard Time": "Europe/London",
        "Romance Standard Time": "Europe/Paris",
        "W. Europe Standard Time": "Europe/Berlin",
        "Central Europe Standard Time": "Europe/Budapest",
        "Central European Standard Time": "Europe/Warsaw",
        "GTB Standard Time": "Europe/Bucharest",
        "FLE Standard Time": "Europe/Kyiv",
        "Russian Standard Time": "Europe/Moscow",
        "Turkey Standard Time": "Europe/Istanbul",
        "Morocco Standard Time": "Africa/Casablanca",
        "South Africa Standard Time": "Africa/Johannesburg",
        "Israel Standard Time": "Asia/Jerusalem",
        "Arabian Standard Time": "Asia/Dubai",
        "India Standard Time": "Asia/Kolkata",
        "China Standard Time": "Asia/Shanghai",
        "Tokyo Standard Time": "Asia/Tokyo",
        "AUS Eastern Standard Time": "Australia/Sydney",
        "Eastern Standard Time": "America/New_York",
        "Central Standard Time": "America/Chicago",
        "Mountain Standard Time": "America/Denver",
        "Pacific Standard Time": "America/Los_Angeles",
    }
)


@dataclass(frozen=True, slots=True)
class _Onset:
    """From when on an offset holds: once, or each year on a day of a month."""

    begins: datetime
    before: timezone
    after: timezone
    rule: Mapping[str, str]

    def last(self, wall: datetime) -> datetime | None:
        """The last time not after a time by the clock at which it came into force."""
        years = (wall.year, wall.year - 1) if self.rule else (self.begins.year,)
        found = (self._in(year) for year in years)
        return max((one for one in found if one and self._holds(one, wall)), default=None)

    def _holds(self, onset: datetime, wall: datetime) -> bool:
        until = self.rule.get("UNTIL", "")[:8]
        count = int(self.rule.get("COUNT") or 0)
        is_over = bool(until) and f"{onset.date():%Y%m%d}" > until
        is_over |= bool(count) and onset.year >= self.begins.year + count
        return self.begins <= onset <= wall and not is_over

    def _in(self, year: int) -> datetime | None:
        if not self.rule:
            return self.begins
        month = int(self.rule.get("BYMONTH", self.begins.month))
        day = _day(year, month, self.rule, self.begins.day)
        return self.begins.replace(year=year, month=month, day=day.day) if day else None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a VTIMEZONE says: offsets, and from when on each of them holds."""

    onsets: tuple[_Onset, ...]

    def offset(self, wall: datetime) -> timezone:
        """The offset at a time by the clock; before all of them, that before the first."""
        found = [(last, one.after) for one in self.onsets if (last := one.last(wall))]
        if not found:
            return min(self.onsets, key=lambda one: one.begins).before
        return max(found, key=lambda one: one[0])[1]


class Zones:
    """The zones that a calendar names, some of them with rules of its own."""

    def __init__(self) -> None:
        self._rules: dict[str, Rules] = {}

    def add(self, component: Component) -> None:
        """Learn the rules of a VTIMEZONE. Of one that cannot be read nothing is known."""
        try:
            onsets = tuple(one for part in component.inside for one in _onsets(part))
        except ValueError:
            return
        if onsets:
            self._rules[component.text("TZID")] = Rules(onsets)

    def at(self, wall: datetime, name: str) -> datetime | None:
        """The instant of a time by the clocks of a zone; None where the zone is not known.

        Of a time that comes twice it is the first, and one that is skipped has the offset from
        before (RFC 5545 §3.3.5).
        """
        known = _named(name)
        if known is None and name in self._rules:
            return wall.replace(tzinfo=self._rules[name].offset(wall))
        known = known or zone(_OF_WINDOWS.get(name, ""))
        return in_zone(wall, known) if known else None


def in_zone(wall: datetime, known: tzinfo) -> datetime:
    """The instant, with its offset, of a time by the clocks of a zone."""
    return wall.replace(tzinfo=offset_of(wall.replace(tzinfo=known)))


def wall_clock(text: str) -> datetime:
    """`20080530T150000`. Raises ValueError for anything else."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError("this is not a date and time")
    day, hour, minute, second = compact_date(found[1]), *map(int, found.groups()[1:])
    try:
        # RFC 5545 §3.3.12: a leap second, which is the end of the minute to most programs.
        return datetime(day.year, day.month, day.day, hour, minute, min(second, 59))  # noqa: DTZ001
    except ValueError:
        raise ValueError("this time of day does not exist") from None


def _named(name: str) -> tzinfo | None:
    parts = name.strip().strip("/").split("/")
    for at in range(len(parts)):
        if known := zone("/".join(parts[at:])):
            return known
    return None


def _onsets(component: Component) -> Iterator[_Onset]:
    """From when on an offset holds: by its rule, and at each date beside it."""
    known = _onset(component)
    yield known
    for text in component.words("RDATE"):
        yield replace(known, begins=wall_clock(text), rule={})


def _onset(component: Component) -> _Onset:
    rule = dict(part.split("=", 1) for part in component.text("RRULE").split(";") if "=" in part)
    if rule and (rule.get("FREQ") != "YEARLY" or rule.get("INTERVAL", "1") != "1"):
        raise ValueError("this rule is not one of each year")
    if not all(form.fullmatch(rule.get(name, "")) for name, form in _READ.items()):
        raise ValueError("this rule cannot be read")
    return _Onset(
        wall_clock(component.text("DTSTART")),
        _offset(component.text("TZOFFSETFROM")),
        _offset(component.text("TZOFFSETTO")),
        rule,
    )


def _offset(text: str) -> timezone:
    found = _OFFSET.fullmatch(text)
    offset = timedelta(hours=int(found[2]), minutes=int(found[3])) if found else None
    if found is None or offset is None or offset > _LONGEST:
        raise ValueError("this is not an offset")
    return timezone(-offset if found[1] == "-" else offset)


def _day(year: int, month: int, rule: Mapping[str, str], usual: int) -> date | None:
    """The day of a month on which a rule falls: `BYDAY=-1SU`, or of `BYMONTHDAY` that weekday."""
    on = _ON.fullmatch(rule.get("BYDAY", ""))
    days = list(_days(year, month))
    if "BYMONTHDAY" in rule:
        numbers = set(map(int, rule["BYMONTHDAY"].split(",")))
        days = [day for day in days if day.day in numbers]
    elif on is None:
        days = [day for day in days if day.day == usual]
    if on is not None:
        days = [day for day in days if _WEEK[day.weekday()] == on[2]]
    nth = int(on[1] or "1") if on else 1
    place = nth - 1 if nth > 0 else nth
    return days[place] if -len(days) <= place < len(days) else None


def _days(year: int, month: int) -> Iterator[date]:
    try:
        day = date(year, month, 1)
    except ValueError:
        return
    while day.month == month:
        yield day
        day += timedelta(days=1)
