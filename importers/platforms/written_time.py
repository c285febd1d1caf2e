"""Times as pages write them for people to read, in eight languages of Europe.

`May 30, 2019, 3:37:14 PM UTC`, `30 mai 2019, 17:37:14 UTC+02:00`, `30.05.2019, 17:37:14 MESZ`.
What an abbreviation such as CEST or IST stands for is not known: people in several places use the
same letters for other times. It is read where the person says in which zone the page was made.
"""

import re
from datetime import datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from importers.clock import local, wall_time
from importers.text import for_key, unaccented

_WORDS: Final = (
    "jan janv january janvier januar januari enero ene gennaio gen janeiro ocak oca",
    "feb fev fevr february fevrier februar februari febrero febbraio fevereiro subat sub",
    "mar mars march marz mrz maart mrt marzo marco mart",
    "apr avr april avril abr abril aprile nisan nis",
    "may mai mei mayo maggio mag maio mayis",
    "jun june juin juni junio giugno giu junho haziran haz",
    "jul july juil juillet juli julio luglio lug julho temmuz tem",
    "aug august aout augustus ago agosto agustos agu",
    "sep sept september septembre septiembre settembre set setembro eylul eyl",
    "oct okt october octobre oktober octubre ottobre ott outubro out ekim eki",
    "nov november novembre noviembre novembro kasim kas",
    "dec dez december decembre dezember diciembre dic dicembre dezembro aralik ara",
)
_MONTH: Final = {name: number for number, names in enumerate(_WORDS, 1) for name in names.split()}
_CLOCK: Final = (
    r",?(?: at| à| um| às| alle ore| alle| a las| om)? (?P<time>\d{1,2}:\d{2}(?::\d{2})?)"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_DAY_FIRST: Final = (
    r"(?:[^\W\d_]+(?:-[^\W\d_]+)?,? )?(?P<day>\d{1,2})\.?(?: de)? (?P<month>[^\W\d_]+)\.?"
    r"(?: de)? (?P<year>\d{4})"
)
_ZONE: Final = r" (?P<zone>\S+)"
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
# What German and French pages call the times that the database of zones has by English names.
_CALLED: Final = {"MEZ": "CET", "MESZ": "CEST", "HNEC": "CET", "HEEC": "CEST", "HAEC": "CEST"}
_FARTHEST: Final = timedelta(hours=14)
_NOON: Final = 12

NO_ZONE: Final = (
    "the time is in a zone of which only letters are told: say it, `--option zone=Europe/Paris`"
)
_OTHER_ZONE: Final = "the time is not of the zone that the option says"
_NO_TIME: Final = "this is not a date and time of such a page"


def written_time(text: str, zone: ZoneInfo | None) -> datetime:
    """The instant that a page writes.

    `zone` is where the page was made, None where the person does not say it. Raises ValueError for
    what is no such time, and where it has letters for a zone that are not those of `zone`.
    """
    plain = for_key(text).translate(_MINUS)
    found = next((one for form in _FORMS if (one := form.fullmatch(plain))), None)
    if found is None:
        raise ValueError(_NO_TIME)
    wall = wall_time(f"{_day(found)}T{_time(found)}")
    letters = found["zone"]
    said = _OFFSET.fullmatch(letters)
    if said is not None:
        return wall.replace(tzinfo=_offset(said))
    if zone is None:
        raise ValueError(NO_ZONE)
    return _in(zone, _CALLED.get(letters.upper(), letters.upper()), wall)


def month_number(name: str) -> int:
    """The number of a month by its name, whole or short, 0 for none."""
    return _MONTH.get(unaccented(name), 0)


def _in(zone: ZoneInfo, letters: str, wall: datetime) -> datetime:
    """The instant of a clock in a zone; in the hour that comes twice, the letters tell which."""
    first = local(wall, zone)
    moments = (first, local(wall, zone, after=first))
    named = {moment.astimezone(zone).tzname(): moment for moment in reversed(moments)}
    if letters not in named:
        raise ValueError(_OTHER_ZONE)
    return named[letters]


def _day(found: re.Match[str]) -> str:
    month = found["month"]
    number = int(month) if month.isdigit() else month_number(month)
    return f"{found['year']}-{number:02}-{int(found['day']):02}"


def _time(found: re.Match[str]) -> str:
    hour, _, rest = found["time"].partition(":")
    number, half = int(hour), (found["half"] or "").lower()
    if half:
        if not 1 <= number <= _NOON:
            raise ValueError("this time of day does not exist")
        number = number % _NOON + (_NOON if half == "p" else 0)
    return f"{number:02}:{rest}"


def _offset(said: re.Match[str]) -> timezone:
    sign, hours, minutes = said.groups()
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if away > _FARTHEST:
        raise ValueError("this offset does not exist")
    return timezone(-away if sign == "-" else away)
