"""From the text of a cell to the values of a property, by what its column declares."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.cells import Ambiguous, amount, ordered_day
from importers.clock import (
    instant,
    local,
    wall_time,
)
from importers.contacts import mail, telephone
from importers.contract import Iri, LangString, Value
from importers.mapped.declared import Column, Form
from importers.mapped.properties import ADDRESS, MAIL, PARTY, PHONE
from importers.money import decimal, masked
from importers.phone import party_of
from importers.spreadsheet import day_of
from importers.table import folded
from importers.values import value_of
from vocab.graph import NamedNode
from vocab.names import RDF, SD, XSD

_TIMED = re.compile(r"(\S{6,10})[T ]\s*(\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,9})?)", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,18})?", re.ASCII)
_OFFSET = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$", re.ASCII)
_NO_ZONE: Final = "this time does not say its offset: say with `zone` which clocks it is of"


def values_of(column: Column, text: str) -> Iterator[Value]:
    """The values that a cell has. Raises ValueError, with what the property takes, for none."""
    for part in _parts(column, text):
        plain = part.strip()
        if plain and plain not in column.form.empty:
            yield _value(column, plain)


def _parts(column: Column, text: str) -> list[str]:
    if text.startswith("[") and column.rule.at_most != 1:
        try:
            found = json.loads(text)
        except ValueError:
            return [text]
        return [one if isinstance(one, str) else json.dumps(one) for one in found]
    return text.split(column.separator) if column.separator else [text]


def _value(column: Column, text: str) -> Value:
    text = _meant(column, text)
    if column.language:
        return LangString(text, column.language)
    if column.kind in _CONTACTS:
        return _CONTACTS[column.kind](text)
    found = _read(column, text)
    if column.is_negated and isinstance(found, int | Decimal):
        return -found
    # Of an IBAN only what tells it from others of hers is kept.
    if column.rule.path == SD.iban and isinstance(found, str):
        return masked(found)
    return found


def _meant(column: Column, text: str) -> str:
    """What a text of the table stands for, by the list of codes of its column."""
    found = column.codes.get(folded(text))
    if found is None and column.codes and column.rule.values:
        raise ValueError("this code is not in the list `codes`")
    return text if found is None else found


def _read(column: Column, text: str) -> Value:
    rule, form = column.rule, column.form
    if rule.iri or rule.values:
        return value_of(rule, text)
    known = tuple(read for name, read in _LITERALS.items() if name in rule.datatypes)
    problem: ValueError | None = None
    for read in known:
        try:
            return read(text, form)
        except ValueError as error:
            problem = problem or error
    if problem is not None and not _TEXTS.intersection(rule.datatypes):
        raise problem
    return (
        text if not rule.datatypes or _TEXTS.intersection(rule.datatypes) else value_of(rule, text)
    )


def _number(text: str, form: Form) -> Decimal:
    plain = text.strip()
    if form.unit:
        plain = plain.removeprefix(form.unit).removesuffix(form.unit).strip()
    if form.is_exact:
        return decimal(plain)
    if form.decimals:
        return decimal(plain, mark="," if form.decimals == "comma" else ".")
    try:
        return amount(plain)
    except Ambiguous as error:
        raise ValueError(f"{error}: say `decimals: comma` or `decimals: point`") from error


def _whole(text: str, form: Form) -> int:
    found = _number(text, form)
    if found != found.to_integral_value():
        raise ValueError("this is no whole number")
    return int(found)


def _day(text: str, form: Form) -> date:
    if form.is_exact and _SERIAL.fullmatch(text):
        return day_of(text.partition(".")[0])
    return ordered_day(text, form.dates)


def _moment(text: str, form: Form) -> datetime:
    if form.is_exact and _SERIAL.fullmatch(text):
        return _zoned(_serial_moment(text), form)
    if text[:4].isdigit() and text[4:5] == "-":
        return instant(text) if _OFFSET.search(text[10:]) else _zoned(wall_time(text), form)
    timed = _TIMED.fullmatch(text)
    if timed is None:
        raise ValueError("this is not a date and time")
    day, clock = _day(timed[1], form), timed[2]
    return _zoned(
        wall_time(f"{day.isoformat()}T{clock.zfill(5) if len(clock) < 5 else clock}"), form
    )


def _serial_moment(text: str) -> datetime:
    whole, _, fraction = text.partition(".")
    day = day_of(whole)
    seconds = round(Decimal(f"0.{fraction or 0}") * 86_400)
    return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)  # noqa: DTZ001 - the clocks of a zone are told apart


def _zoned(wall: datetime, form: Form) -> datetime:
    if form.zone is None:
        raise ValueError(_NO_ZONE)
    return local(wall, form.zone)


def _yes_no(text: str, form: Form) -> bool:
    del form
    found = _YES_NO.get(text.casefold())
    if found is None:
        raise ValueError("this is neither yes nor no")
    return found


_TEXTS: Final = frozenset({XSD.string, RDF.langString})
_YES_NO: Final[Mapping[str, bool]] = MappingProxyType(
    {
        **dict.fromkeys(("true", "yes", "oui", "1", "vrai", "y", "o", "x"), True),
        **dict.fromkeys(("false", "no", "non", "0", "faux", "n"), False),
    }
)
_LITERALS: Final[Mapping[str, Callable[[str, Form], Value]]] = MappingProxyType(
    {
        XSD.integer: _whole,
        XSD.decimal: _number,
        XSD.date: _day,
        XSD.dateTime: _moment,
        XSD.boolean: _yes_no,
    }
)


def _address(text: str) -> Iri:
    if ":" not in text:
        raise ValueError("this is no address: one begins as in https:")
    return Iri(NamedNode(text).value)


_CONTACTS: Final[Mapping[str, Callable[[str], Value]]] = MappingProxyType(
    {MAIL: mail, PHONE: telephone, PARTY: party_of, ADDRESS: _address}
)
