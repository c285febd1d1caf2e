"""How cells are written, as a mapping says it of all tables, of one, or of a column."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from importers.mapped.declared import Form
from importers.mapped.outline import Outline

MEMBERS: Final = ("dates", "decimals", "zone", "unit", "empty")
DATES: Final = ("day-first", "month-first", "year-first")
DECIMALS: Final = ("comma", "point")


def form_of(members: Mapping[str, Outline], around: Form) -> Form:
    """The form that members say, and for what they do not say the one around them.

    Raises ValueError, with the line, for what is no form.
    """
    found = around
    if "dates" in members:
        found = replace(found, dates=members["dates"].one_of(DATES, "`dates`"))
    if "decimals" in members:
        found = replace(found, decimals=members["decimals"].one_of(DECIMALS, "`decimals`"))
    if "zone" in members:
        found = replace(found, zone=_zone(members["zone"]))
    if "unit" in members:
        found = replace(found, unit=members["unit"].said("`unit`").strip())
    if "empty" in members:
        texts = (one.said("`empty`") for one in members["empty"].words("`empty`"))
        found = replace(found, empty=frozenset(texts))
    return found


def _zone(said: Outline) -> ZoneInfo:
    try:
        return ZoneInfo(said.said("`zone`"))
    except (ValueError, OSError, KeyError):
        said.refuse("`zone` is the name of a time zone, such as Europe/Paris")
