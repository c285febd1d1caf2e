"""Times as pages write them for people to read, in eight languages of Europe.

`May 30, 2019, 3:37:14 PM UTC`, `30 mai 2019, 17:37:14 UTC+02:00`, `30.05.2019, 17:37:14 MESZ`.
What an abbreviation such as CEST or IST stands for is not known: people in several places use the
same letters for other times. It is read where the person says in which zone the page was made. A
page that is made in summer has all its times by the clock of summer, those of winter too: so the
letters say how far ahead of UTC a time is, whatever its day. Before 2018 there were none.
"""

import re
from collections.abc import Mapping
from datetime import MAXYEAR, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from importers.clock import hour_of_day, local, offset_of, wall_time
from importers.months import month_number
from importers.text import for_key

_CLOCK: Final = (
    r",?(?: at| à| um| às| alle ore| alle| a las| om)? (?P<time>\d{1,2}:\d{2}(?::\d{2})?)"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_DAY_FIRST: Final = (
    r"(?:[^\W\d_]+(?:-[^\W\d_]+)?,? )?(?P<day>\d{1,2})\.?(?: de)? (?P<month>[^\W\d_]+)\.?"
    r"(?: de)? (?P<year>\d{4})"
)
_ZONE: Final = r"(?: (?P<zone>\S+))?"
_FORMS: Final = tuple(
    re.compile(day + _CLOCK + _ZONE)
    for day in (
        r"(?:[^\W\d_]+, )?(?P<month>[^\W\d_]+)\.? (?P<day>\d{1,2}), (?P<year>\d{4})",
        _DAY_FIRST,
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    )
)
_OFFSET: Final = re.compile(r"(?:UTC|GMT|Z)(?:([+-])(\d{1,2})(?::?(\d{2}))?)?", re.ASCII)
_MINUS: Final = str.maketrans("\u2212\u2013", "--")
# What German and French pages call the times that the database of zones has by English names, and
# what pages call times to which it gives figures.
_CALLED: Final = {
    letters: name
    for name, called in (
        ("CET", "MEZ HNEC"),
        ("CEST", "MESZ HEEC HAEC"),
        ("+03", "TRT AST"),
        ("-03", "BRT ART UYT CLST"),
        ("-02", "BRST"),
        ("-04", "CLT BOT VET"),
        ("-05", "COT PET ECT"),
        ("+08", "SGT MYT"),
        ("+07", "ICT"),
        ("+04", "GST GET AZT"),
        ("+0330", "IRST"),
        ("+05", "UZT"),
        ("+0545", "NPT"),
        ("PST", "PHT"),
        ("+06", "BDT"),
    )
    for letters in called.split()
}
_FARTHEST: Final = timedelta(hours=14)
_YEARS: Final = 20  # how long after an event a page that tells of it may be made

_NO_ZONE: Final = (
    "the time is in a zone of which only letters are told: say it, `--option zone=Europe/Paris`"
)
_NO_LETTERS: Final = "the time does not say its zone: say it, `--option zone=UTC`"
_OTHER_ZONE: Final = "the time is not of the zone that the option says"
_NO_TIME: Final = "this is not a date and time of such a page"


class ZoneUnsaid(ValueError):
    """A time that tells its zone by letters alone or not at all, where nobody has said it."""


def written_time(text: str, zone: ZoneInfo | None) -> datetime:
    """The instant that a page writes.

    `zone` is where the page was made, None where the person does not say it. Raises ValueError for
    what is no such time, and where it has letters for a zone that are not those of `zone`;
    ZoneUnsaid where it has letters, or nothing, and no zone is said.
    """
    plain = for_key(text).translate(_MINUS)
    found = next((one for form in _FORMS if (one := form.fullmatch(plain))), None)
    if found is None:
        raise ValueError(_NO_TIME)
    wall = wall_time(f"{_day(found)}T{_time(found)}")
    letters = found["zone"]
    said = _OFFSET.fullmatch(letters) if letters else None
    if said is not None:
        return wall.replace(tzinfo=_offset(said))
    if zone is None:
        raise ZoneUnsaid(_NO_ZONE if letters else _NO_LETTERS)
    return _in(zone, letters.upper(), wall) if letters else local(wall, zone)


def _in(zone: ZoneInfo, letters: str, wall: datetime) -> datetime:
    """The instant of a clock that is called by letters, as the clock of the zone shows it.

    In the hour that comes twice, the letters tell which it is.
    """
    names = (letters, _CALLED.get(letters, letters))
    folds = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    here = {moment.tzname(): offset_of(moment) for moment in folds}
    known = [*(here.get(name) for name in names), *map(_offsets(zone, wall.year).get, names)]
    offset = next(filter(None, known), None)
    if offset is None:
        raise ValueError(_OTHER_ZONE)
    moment = wall.replace(tzinfo=offset)
    return moment.astimezone(offset_of(moment.astimezone(zone)))


@lru_cache(maxsize=64)
def _offsets(zone: ZoneInfo, year: int) -> Mapping[str, timezone]:
    """What the times of a zone are called from a year on, and how far ahead of UTC they are."""
    years = range(year, min(year + _YEARS, MAXYEAR))
    days = [datetime(each, month, 1, tzinfo=zone) for each in years for month in (1, 7)]
    return {day.tzname() or "": offset_of(day) for day in reversed(days)}


def _day(found: re.Match[str]) -> str:
    month = found["month"]
    number = int(month) if month.isdigit() else month_number(month)
    return f"{found['year']}-{number:02}-{int(found['day']):02}"


def _time(found: re.Match[str]) -> str:
    hour, _, rest = found["time"].partition(":")
    number, half = int(hour), (found["half"] or "").lower()
    if half:
        number = hour_of_day(number, is_late=half == "p")
    return f"{number:02}:{rest}"


def _offset(said: re.Match[str]) -> timezone:
    sign, hours, minutes = said.groups()
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if away > _FARTHEST:
        raise ValueError("this offset does not exist")
    return timezone(-away if sign == "-" else away)
