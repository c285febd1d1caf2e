"""Days and times as the tables of LinkedIn write them, in English."""

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from importers.clock import full_year, hour_of_day, iso_date, local, wall_time
from importers.contract import Typed
from importers.months import month_number

_DAY: Final = re.compile(r"(\d{1,2}) ([^\W\d_]+)\.? (\d{4})")
# As Excel saves it anew.
_SAVED: Final = re.compile(r"(\d{1,2})-([^\W\d_]{3,})-(\d{4}|\d\d)")
# As archives of 2018 have it: "1/8/18, 6:14 PM".
_AMERICAN: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d\d), (\d{1,2}):(\d\d) ([AP])M", re.ASCII)
_MONTH: Final = re.compile(r"(?:([^\W\d_]+)\.? )?(\d{4})")
_UTC: Final = re.compile(r"(\d{4})[-/](\d\d)[-/](\d\d) (\d\d:\d\d(?::\d\d)?)( UTC)?", re.ASCII)
# "Fri Mar 05 12:34:56 UTC 2021"
_UNIX: Final = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d) UTC (\d{4})", re.ASCII
)
_ZULU: Final = ZoneInfo("UTC")
_NO_ZONE: Final = "the time does not say its zone: say it, `--option zone=UTC`"
_NO_DATE: Final = (
    "this is not a date of LinkedIn: if a program saved the file anew, download it again"
)
_NO_MOMENT: Final = (
    "this is not a date and time of LinkedIn: if a program saved the file anew, download it again"
)


def civil_day(text: str) -> date:
    """`05 Mar 2021`, `05-Mar-21` as it is saved anew, or `3/5/21, 6:14 PM`. Raises ValueError."""
    american = _AMERICAN.fullmatch(text)
    if american is not None:
        return _american(american).date()
    found = _DAY.fullmatch(text) or _SAVED.fullmatch(text)
    if found is None:
        raise ValueError(_NO_DATE)
    year = found[3] if len(found[3]) > 2 else full_year(found[3])
    return iso_date(f"{year}-{month_number(found[2]):02}-{int(found[1]):02}")


def _american(found: re.Match[str]) -> datetime:
    """What a clock showed. Raises ValueError for a time that does not exist."""
    month_, day, year, hour, minute, half = found.groups()
    hours = hour_of_day(int(hour), is_late=half == "P")
    day_ = f"{full_year(year)}-{int(month_):02}-{int(day):02}"
    return wall_time(f"{day_}T{hours:02}:{minute}:00")


def month(text: str) -> Typed:
    """`Mar 2019` or `2019`: no day is guessed. Raises ValueError."""
    found = _MONTH.fullmatch(text)
    number = month_number(found[1]) if found and found[1] else 0
    if found is None or (found[1] and not number):
        raise ValueError(_NO_DATE)
    if number:
        return Typed(f"{found[2]}-{number:02}", "xsd:gYearMonth")
    return Typed(found[2], "xsd:gYear")


def is_whole_time(text: str) -> bool:
    """Whether a text is a day or a time of which nothing can be missing at its end."""
    return any(form.fullmatch(text) for form in (_DAY, _UNIX)) or text.endswith(" UTC")


def instant(text: str, zone: ZoneInfo | None) -> datetime:
    """`2021-03-05 12:34:56 UTC`, `Fri Mar 05 12:34:56 UTC 2021`, or the first without a zone."""
    unix = _UNIX.fullmatch(text)
    if unix is not None:
        name, day, clock, year = unix.groups()
        return local(wall_time(f"{year}-{month_number(name):02}-{day}T{clock}"), _ZULU)
    american = _AMERICAN.fullmatch(text)
    if american is not None:
        return local(_american(american), _said(zone))
    found = _UTC.fullmatch(text)
    if found is None:
        raise ValueError(_NO_MOMENT)
    year, number, day, clock, is_utc = found.groups()
    wall = wall_time(f"{year}-{number}-{day}T{clock}")
    return local(wall, _ZULU if is_utc else _said(zone))


def _said(zone: ZoneInfo | None) -> ZoneInfo:
    if zone is None:
        raise ValueError(_NO_ZONE)
    return zone
