"""Dates as American exports write them: `02 Dec 2011 @ 1023`, `12/02/2011`, or nothing."""

import re
from datetime import date
from typing import Final

from importers.clock import american_date as numbered_date
from importers.clock import iso_date
from importers.health.moments import Moment, on_day

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_BY_NAME = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})(?: @ ?\d{3,4})?", re.ASCII)
_NOTHING = frozenset(
    {"", "--", "UNKNOWN", "DUE NOW", "CURRENT", "* NOT AVAILABLE *", "NOT AVAILABLE", "NONE"}
)


def american_date(text: str) -> date | None:
    """The civil day; the time of day, which has no zone, is left out. None where none is said.

    Raises ValueError for what is no date.
    """
    text = " ".join(text.split())
    if text.upper() in _NOTHING:
        return None
    named = _BY_NAME.fullmatch(text)
    if named and named.group(2).lower() in _MONTHS:
        day, month = named.group(1), _MONTHS.index(named.group(2).lower()) + 1
        return iso_date(f"{named.group(3)}-{month:02}-{int(day):02}")
    return numbered_date(text)


def american_moment(text: str) -> Moment | None:
    """The same, for an entry. Raises ValueError that says so."""
    try:
        day = american_date(text)
    except ValueError as error:
        raise ValueError(f"its date cannot be read: {error}") from None
    return on_day(day) if day else None
