"""One row of an itemised bill as a communication of a line."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock_time
from typing import Final
from zoneinfo import ZoneInfo

from importers.cells import day
from importers.clock import local
from importers.contract import Code, Iri, Key, Record, Ref, Value
from importers.phone import party_of
from importers.table import Row
from importers.telecom.columns import CallTable
from importers.telecom.measures import octets_of, price, seconds
from importers.text import unaccented

_TIME: Final = re.compile(r"(\d{1,2})[:hH](\d{2})(?:[:mM](\d{2}))?s?", re.ASCII)
_DAY_AND_TIME: Final = re.compile(r"(\S+)(?: à | at |[ T]+)(\S+)")
# Operators hide the last digits of numbers that were called.
_MASKED: Final = re.compile(r"[xX*•.]{2,}$|\d[ .]?[xX*•]{2}")
_UNKNOWN: Final = frozenset({"", "-", "inconnu", "numero masque", "masque", "prive", "withheld"})
# The first word that stands in what a row says of itself tells what it is.
_NATURES: Final = (
    ("mms", "mms"),
    ("sms", "sms"),
    ("texto", "sms"),
    ("text message", "sms"),
    ("messagerie", "voice"),
    ("message", "sms"),
    ("internet", "data"),
    ("data", "data"),
    ("donnees", "data"),
    ("gprs", "data"),
    ("4g", "data"),
    ("5g", "data"),
    ("web", "data"),
    ("appel", "voice"),
    ("voix", "voice"),
    ("vocal", "voice"),
    ("repondeur", "voice"),
    ("mobile", "voice"),
    ("fixe", "voice"),
    ("call", "voice"),
    ("local", "voice"),
    ("national", "voice"),
)
_RECEIVED: Final = ("recu", "entrant", "received", "incoming")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an operator writes its bills: the zone of its clocks, its country, its currency.

    `is_without_vat` says that its prices are. `line` is the key of the line where no row says one.
    """

    zone: ZoneInfo
    country: str
    currency: str
    is_without_vat: bool
    line: Key


def communication(table: CallTable, row: Row, line: Key, way: Way) -> Record:
    """Raises ValueError, with a sentence, for a row that cannot be read."""
    on, start = _moment(table, row, way.zone)
    nature, direction = _nature(table, row), _direction(table, row)
    found: dict[str, Value] = {"sd:account": Ref("Account", line), "sd:date": on}
    if start is not None:
        found["schema:startTime"] = start
    found["sd:nature"], found["sd:direction"] = Code(nature), Code(direction)
    party, told = _party(table.cell(row, "number"), way.country)
    if told:
        found["sd:counterparty"] = party
    found |= _extent(table, row, nature)
    found |= _cost(table, row, way)
    if words := table.cell(row, "place") or table.cell(row, "kind"):
        found["sd:sourceLabel"] = words
    begins = start.isoformat() if start else on.isoformat()
    extent = str(found.get("sd:durationSeconds", found.get("sd:dataVolume", "")))
    return Record(
        kind="Communication",
        key=Key(natural=(begins, nature, direction, party.value, extent)),
        account=line,
        fields=tuple(found.items()),
        on=on,
        locator=row.locator,
    )


def _moment(table: CallTable, row: Row, zone: ZoneInfo) -> tuple[date, datetime | None]:
    text, time = table.cell(row, "day"), table.cell(row, "time")
    both = _DAY_AND_TIME.fullmatch(text)
    if both and not time:
        text, time = both.groups()
    on = day(text)
    if not time:
        return on, None
    found = _TIME.fullmatch(time)
    if found is None:
        raise ValueError("this row has no time of day that can be read")
    try:
        hour, minute, second = (int(part or 0) for part in found.groups())
        wall = datetime.combine(on, clock_time(hour, minute, second))
    except ValueError:
        raise ValueError("this time of day does not exist") from None
    return on, local(wall, zone)


def _nature(table: CallTable, row: Row) -> str:
    for role in ("kind", "place"):
        said = unaccented(table.cell(row, role))
        known = next((code for word, code in _NATURES if word in said), "")
        if known:
            return known
    for role in ("duration", "volume"):
        text = table.cell(row, role)
        if text:
            return "data" if _is_volume(text) else "voice"
    raise ValueError("this row does not say whether it is a call, a message or data")


def _direction(table: CallTable, row: Row) -> str:
    said = unaccented(f"{table.cell(row, 'kind')} {table.cell(row, 'place')}")
    return "in" if any(word in said for word in _RECEIVED) else "out"


def _party(text: str, country: str) -> tuple[Iri, bool]:
    """Who was called, by a pseudonym, and whether it is somebody: a number that is whole."""
    is_somebody = unaccented(text) not in _UNKNOWN and not _MASKED.search(text)
    return party_of(text, country), is_somebody


def _extent(table: CallTable, row: Row, nature: str) -> dict[str, Value]:
    """How long a call was, how much data were carried; messages are one each."""
    lasting, volume = table.cell(row, "duration"), table.cell(row, "volume")
    if nature == "voice":
        return {"sd:durationSeconds": seconds(lasting, counts_seconds=table.counts_seconds)}
    if nature != "data":
        return {}
    found: dict[str, Value] = {}
    carried = volume or (lasting if _is_volume(lasting) else "")
    if carried:
        found["sd:dataVolume"] = octets_of(carried)
    if lasting and lasting != carried:
        found["sd:durationSeconds"] = seconds(lasting, counts_seconds=table.counts_seconds)
    return found


def _cost(table: CallTable, row: Row, way: Way) -> dict[str, Value]:
    gross, net = table.cell(row, "price"), table.cell(row, "net")
    if not gross and not net:
        return {}
    cost: dict[str, Value] = {"sd:total": price(gross or net)}
    if way.currency != "EUR":
        cost["sd:currency"] = way.currency
    if not gross or way.is_without_vat:
        cost["schema:valueAddedTaxIncluded"] = False
    return cost


def _is_volume(text: str) -> bool:
    try:
        octets_of(text)
    except ValueError:
        return False
    return True
