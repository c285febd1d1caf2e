"""One entry of an MT940 statement: field 61, and the words of field 86 about it."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.bank.movement import Movement
from importers.bank.mt940_fields import Field
from importers.bank.mt940_text import said_by
from importers.clock import compact_date, full_year
from importers.contract import Code, Key, Record, Value
from importers.money import decimal_comma

# Banks write longer references than the sixteen characters that the handbook allows, blanks where
# they have no day of booking or no kind of movement, and one behind the amount; some a mark in
# small letters.
_ENTRY = re.compile(
    r"(?P<value>\d{6})(?:(?P<booked>\d{4})| {4})?(?P<mark>(?i:R[DC]|E?[DC]))[A-Z]?"
    r"(?P<amount>\d{1,15},?\d{0,3})"
    r"(?: ?(?P<kind>[A-Z][A-Z0-9 ]{3})(?P<reference>.*?)(?://(?P<bank>.*))?)?",
    re.ASCII,
)
# SWIFT, field 61 subfield 3: a reversal of a credit takes money out, that of a debit brings it in.
_SIGNS: Final[Mapping[str, int]] = MappingProxyType(
    {"C": 1, "D": -1, "RC": -1, "RD": 1, "EC": 1, "ED": -1}
)
_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TRF": "transfer",
        "STO": "transfer",
        "DDT": "debit",
        "CHK": "cheque",
        "CHG": "fee",
        "BRF": "fee",
        "COM": "fee",
        "INT": "interest",
    }
)
_NOTHING = frozenset({"", "NONREF", "NOTPROVIDED"})


def movement(field: Field, account: Key, currency: str, locator: str) -> Record:
    """The booking that an entry is. Raises ValueError when it cannot be read."""
    found = _ENTRY.fullmatch(field.lines[0])
    if found is None:
        raise ValueError("this is not an entry of a date, a mark and an amount")
    said = said_by(field.words)
    reference, bank = ((found[name] or "").strip() for name in ("reference", "bank"))
    beside: dict[str, Value] = dict(said.beside)
    nature = _KINDS.get((found["kind"] or "")[1:])
    if nature:
        beside["sd:nature"] = Code(nature)
    own = () if reference.upper() in _NOTHING else (reference,)
    return Movement(
        account=account,
        on=_booked(found["value"], found["booked"]),
        amount=_SIGNS[found["mark"].upper()] * amount_of(found["amount"]),
        currency=currency,
        label=said.label or " ".join(field.lines[1:]) or reference or (found["kind"] or "").strip(),
        locator=locator,
        # Banks that write equal movements with equal words tell them apart by their reference.
        apart="" if bank.upper() in _NOTHING else bank,
        beside=beside,
        references=tuple(dict.fromkeys((*said.references, *own))),
    ).record()


def amount_of(text: str) -> Decimal:
    """`9,`, `11,59`: the comma is always there by the handbook, and not in every file."""
    return decimal_comma(text.removesuffix(","))


def short_day(text: str) -> date:
    """`260331`: the year in two digits. Raises ValueError for a day that does not exist."""
    return compact_date(full_year(text[:2]) + text[2:])


def _booked(value: str, booked: str | None) -> date:
    """The day of booking, in the year that is nearest to the day of value.

    The day of value may not exist: banks that reckon with months of 30 days write 30 February.
    """
    if booked is None:
        return short_day(value)
    months = int(booked[:2]) - int(value[2:4])
    year = int(full_year(value[:2])) + (1 if months < -6 else -1 if months > 6 else 0)
    return compact_date(f"{year}{booked}")
