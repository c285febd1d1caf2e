"""Dates of medical records, which are as precise as somebody remembered: a year, a day, a second.

Nothing is added to what is said: of a year no day is made, and a time without an offset is its day.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from importers.clock import compact_date, instant, iso_date
from importers.contract import Typed, Value

_FHIR = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_HL7 = re.compile(
    r"(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:\.(\d+))?([+-]\d{4})?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was: `said` is a date or, where less is known, a year or a month of one.

    `first` is the day it begins with, which decides where a record is kept; `time` the instant.
    """

    said: date | Typed
    first: date
    time: datetime | None = None

    @property
    def day(self) -> date | None:
        """The civil day, None where only a month or a year is known."""
        return self.said if isinstance(self.said, date) else None

    def __str__(self) -> str:
        return self.said.isoformat() if isinstance(self.said, date) else self.said.lexical


def on_day(day: date) -> Moment:
    return Moment(day, day)


def fhir_moment(text: str) -> Moment:
    """`2012`, `2012-08`, `2012-08-06` or an instant (https://hl7.org/fhir/R4/datatypes.html#dateTime).

    Raises ValueError otherwise.
    """
    text = text.strip()
    part = _FHIR.fullmatch(text)
    if part:
        return _partial(part.group(1), part.group(2))
    if len(text) <= len("2012-08-06"):
        return on_day(iso_date(text))
    try:
        time = instant(text)
    except ValueError:
        # A time that does not say its offset says its day all the same.
        return on_day(iso_date(text[:10]))
    return Moment(time.date(), time.date(), time)


def hl7_moment(text: str) -> Moment:
    """`2012`, `201208`, `20120806`, `20120806103000-0500` (HL7 V3 data types R1, TS).

    Raises ValueError otherwise.
    """
    found = _HL7.fullmatch(text.strip())
    if found is None:
        raise ValueError("this is not a date")
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    if day is None:
        return _partial(year, month)
    civil = compact_date(year + month + day)
    if hour is None or minute is None or offset is None:
        return on_day(civil)
    clock = f"{hour}:{minute}:{second or '00'}.{fraction or '0'}"
    return Moment(civil, civil, instant(f"{civil.isoformat()}T{clock}{offset}"))


def _partial(year: str, month: str | None) -> Moment:
    first = compact_date(f"{year}{month or '01'}01")
    if month is None:
        return Moment(Typed(year, "xsd:gYear"), first)
    return Moment(Typed(f"{year}-{month}", "xsd:gYearMonth"), first)


def began(moment: Moment | None) -> tuple[tuple[str, Value], ...]:
    """The properties for when a state began."""
    return _span(moment, "start")


def ended(moment: Moment | None) -> tuple[tuple[str, Value], ...]:
    """The properties for when something ended."""
    return _span(moment, "end")


def _span(moment: Moment | None, side: str) -> tuple[tuple[str, Value], ...]:
    if moment is None:
        return ()
    day = ((f"schema:{side}Date", moment.said),)
    return (*day, (f"schema:{side}Time", moment.time)) if moment.time else day


def happened(moment: Moment | None) -> tuple[tuple[str, Value], ...]:
    """The properties for when something was done: its civil day, or what is known of it."""
    if moment is None:
        return ()
    if moment.day is None:
        return (("schema:startDate", moment.said),)
    return (("sd:date", moment.day), *((("schema:startTime", moment.time),) if moment.time else ()))
