"""Dates and times as holders write them. A civil date has no zone, an instant has its offset.

An instant is given with the fixed offset of that moment, never with a zone: subtracting two
instants then gives the time that passed, on the days of clock change too.
"""

import re
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PARIS = ZoneInfo("Europe/Paris")

_NOON = time(12)
_HALF = 12  # hours of half a day
_MINUTE = timedelta(minutes=1)
_NOWHERE = "no calendar of a holder goes there"
_LAST_CENTURY = 80  # of years in two digits, these and later ones are of the last century
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SLASHED_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_ISO_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_ZONE = re.compile(r"[A-Z][A-Za-z_+-]*(?:/[A-Za-z0-9_+-]+){0,2}", re.ASCII)
# A program that opens a table and saves it writes dates as its own country does.
_ANY_DATE = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)?",
    re.ASCII,
)
_OTHER_WAY = "as the holder writes it: if a program saved the file anew, download it again"


def iso_date(text: str) -> date:
    """`2026-03-31`. Raises ValueError for anything else, and for a day that does not exist."""
    return _date(_ISO_DATE, text, order=(0, 1, 2))


def french_date(text: str) -> date:
    """`31/03/2026`, `1/4/2026`: the day first."""
    return _date(_SLASHED_DATE, text, order=(2, 1, 0))


def american_date(text: str) -> date:
    """`03/31/2026`, `4/1/2026`: the month first."""
    return _date(_SLASHED_DATE, text, order=(2, 0, 1))


def compact_date(text: str) -> date:
    """`20260331`."""
    return _date(_COMPACT_DATE, text, order=(0, 1, 2))


def is_no_day(text: str) -> bool:
    """Whether this is what programs write where there is no day: the first or last that they know.

    `0001-01-01`, `00010101`, `9999-12-31T23:59:59Z`: of something that has no end, or none yet.
    """
    return text.strip()[:4] in {"0001", "9999"}


def full_year(two_digits: str) -> str:
    """`79` as `2079`, `80` as `1980`. What is no number is left for the date to refuse."""
    is_last = two_digits.isdigit() and int(two_digits) >= _LAST_CENTURY
    return ("19" if is_last else "20") + two_digits


def _date(form: re.Pattern[str], text: str, *, order: tuple[int, int, int]) -> date:
    found = form.fullmatch(text.strip())
    if found is None:
        raise ValueError(_not("a date", text))
    year, month, day = (int(found.groups()[place]) for place in order)
    try:
        civil = date(year, month, day)
    except ValueError:
        raise ValueError("this day does not exist") from None
    # In the first and the last year there are times that have no moment in another zone.
    if not date.min.year < year < date.max.year:
        raise ValueError(_NOWHERE)
    return civil


def _not(what: str, text: str) -> str:
    how = f" {_OTHER_WAY}" if _ANY_DATE.fullmatch(text.strip()) else ""
    return f"this is not {what}{how}"


def day_found(form: re.Pattern[str], text: str) -> date | None:
    """The day in the first group of a form, `2026-03-31` or `20260331`, where it stands first.

    None where it stands nowhere, and where there is no such day.
    """
    found = form.search(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def instant(text: str) -> datetime:
    """An ISO 8601 time with its offset, `2017-03-10T08:59:08+01:00` or with `Z`.

    Raises ValueError for anything else: a zone is never guessed.
    """
    moment, offset = _time(text)
    if offset is None:
        raise ValueError("this time does not say its offset")
    return moment.replace(tzinfo=_offset(offset))


def wall_time(text: str) -> datetime:
    """An ISO 8601 time without an offset, as a clock on a wall shows it: give it to `local`.

    Raises ValueError for anything else, and for a time with its offset.
    """
    moment, offset = _time(text)
    if offset is not None:
        raise ValueError("this time says an offset where none is expected")
    return moment


def _time(text: str) -> tuple[datetime, str | None]:
    found = _ISO_TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError(_not("a date and time", text))
    day, time, fraction, offset = found.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{time}")
    except ValueError:
        iso_date(day)
        raise ValueError("this time of day does not exist") from None
    if not date.min.year < moment.year < date.max.year:
        raise ValueError(_NOWHERE)
    if fraction:
        moment = moment.replace(microsecond=int(f"{fraction:0<6.6}"))
    return moment, offset


@lru_cache(maxsize=256)
def _offset(text: str) -> timezone:
    if text == "Z":
        return timezone(timedelta(0))
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    # XML Schema 1.1 part 2 §3.3.7: "timezoneOffset […] between -840 and 840 inclusive".
    if offset > timedelta(hours=14):
        raise ValueError("this offset does not exist")
    return timezone(-offset if text[0] == "-" else offset)


def hour_of_day(hour: int, *, is_late: bool) -> int:
    """The hour (0 to 23) of a clock of twelve hours; `is_late` is p.m. Raises ValueError."""
    if not 1 <= hour <= _HALF:
        raise ValueError("this time of day does not exist")
    return hour % _HALF + (_HALF if is_late else 0)


def local(wall: datetime, zone: ZoneInfo = PARIS, *, after: datetime | None = None) -> datetime:
    """The instant at which the clocks of a zone show `wall`, a time without offset.

    In the hour that comes twice in October it is the first one, unless that is not later than
    `after`, the instant of the row before, and the second one is. Raises ValueError for a time
    that the clocks skip in March.
    """
    steady = _offset_on(wall.date(), zone)
    if steady is not None:
        return datetime.combine(wall.date(), wall.time(), steady)
    first, second = (_instant(wall.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None, fold=0) != wall:
        raise ValueError("no clock showed this time: it lies in the hour that is skipped")
    return second if after is not None and first <= after < second else first


@lru_cache(maxsize=4096)
def _offset_on(day: date, zone: ZoneInfo) -> timezone | None:
    """The offset of a zone all day long, from noon to noon around it; None where it changes."""
    noon = datetime.combine(day, _NOON, zone)
    around = {offset_of(noon + timedelta(days=days)) for days in (-1, 0, 1)}
    return around.pop() if len(around) == 1 else None


def _instant(moment: datetime) -> datetime:
    return moment.replace(tzinfo=offset_of(moment), fold=0)


def offset_of(moment: datetime) -> timezone:
    """The offset that a zone has at a moment, in whole minutes.

    Before zones were made, clocks showed the time of the sun, in Paris 9 minutes and 21 seconds
    ahead; the offset of an xsd:dateTime is a number of minutes (XML Schema 1.1 part 2 §D.2.1).
    """
    offset = moment.utcoffset() or timedelta(0)
    return timezone(offset // _MINUTE * _MINUTE)


def civil_date(moment: datetime, zone: ZoneInfo = PARIS) -> date:
    """The date on the calendar of a zone at an instant."""
    return moment.astimezone(zone).date()


def shown_in(moment: datetime, zone: ZoneInfo = PARIS) -> datetime:
    """The same instant with the offset of a zone, so that its day is the one on the calendar there.

    For what an export gives in UTC of somebody who lives elsewhere.
    """
    return moment.astimezone(offset_of(moment.astimezone(zone)))


def zone(name: str) -> ZoneInfo | None:
    """The zone of a name in the tz database, "Europe/Paris"; None where there is none."""
    if not _ZONE.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
