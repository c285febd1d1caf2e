"""What is said of a record, fact by fact, and each value as people take it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final

from pod.insight.fields import TECHNICAL, called, fields_of
from vocab.names import SCHEMA, SD, XSD

Value = str | int | Decimal | date | datetime | bool

_NUMBERS: Final = frozenset({XSD.decimal, XSD.integer, XSD.NS + "double"})
_MONEY: Final = frozenset(
    {
        *(SD.amount, SD.total, SD.balance, SD.taxTotal, SD.netPay, SD.grossPay, SD.contributions),
        *(SD.taxWithheld, SD.transferTotal, SD.periodicPrice, SD.fees, SD.commission),
        *(SD.regulatedBase, SD.patientShare, SD.purchasePrice, SCHEMA.NS + "amount"),
        *(SCHEMA.NS + "price", SCHEMA.NS + "totalPaymentDue", SCHEMA.NS + "baseSalary"),
    }
)
_UNITS: Final = MappingProxyType(
    {
        SD.energy: "kWh",
        SD.volume: "m³",
        SD.distance: "km",
        SD.durationSeconds: "s",
        SD.dataVolume: "B",
    }
)
_FIRST: Final = (SD.date, SCHEMA.startTime, SCHEMA.startDate)
_ENDS: Final = (SCHEMA.endTime, SCHEMA.endDate)
_NAMES: Final = (SCHEMA.name, SD.sourceLabel, SD.counterpartyName, SD.counterparty)
_LAST: Final = (SD.nature, SD.direction, SD.commodity, SD.quality, SD.status, SD.holder)
MOST_COLUMNS: Final = 6
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value of a field. `datatype` is "" where the value is an IRI; `name` is what that is
    called, where anything says so.
    """

    field: str
    value: str
    datatype: str = ""
    name: str = ""

    def plain(self, language: str) -> Value:
        """The value as a number, a day, a time or a text."""
        if not self.datatype:
            return self.name or called(self.value, language)
        try:
            value = _literal(self.value, self.datatype)
        except (ValueError, InvalidOperation):
            return self.value
        if isinstance(value, Decimal) and self.field in _MONEY:
            return value if value != value.quantize(_CENT) else value.quantize(_CENT)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A record by its IRI, and what is said of it. `day` is its civil day as far as it is known."""

    iri: str
    day: date | None
    facts: tuple[Fact, ...]

    def one(self, field: str) -> Fact | None:
        """The first fact of a field."""
        return next((fact for fact in self.facts if fact.field == field), None)


def unit_of(field: str, records: Iterable[Known]) -> str:
    """The unit of a field of numbers; "" where it has none, or not one for all of these."""
    if field not in _MONEY:
        return _UNITS.get(field, "")
    units = {money_of(one) for one in records if one.one(field) is not None}
    return next(iter(units), "€") if len(units) <= 1 else ""


def money_of(one: Known) -> str:
    """The unit of the amounts of a record: its currency, which is the euro where it says none."""
    said = one.one(SD.currency)
    return "€" if said is None or said.value == "EUR" else said.value


def is_money(field: str) -> bool:
    """Whether a field has amounts in it."""
    return field in _MONEY


def is_number(field: str, records: Iterable[Known]) -> bool:
    """Whether a field has numbers in it."""
    facts = (fact for one in records if (fact := one.one(field)) is not None)
    return any(fact.datatype in _NUMBERS for fact in facts)


def columns_of(records: Iterable[Known], kind: str, *leading: str) -> tuple[str, ...]:
    """The fields that a table of some records shows: when, what, how much, of which sort, whose."""
    used = {fact.field for one in records for fact in one.facts} - TECHNICAL
    order = dict.fromkeys((*_FIRST, *_NAMES, *leading, *_LAST, *fields_of(kind)))
    # One way to say when is enough where there are several.
    when = [field for field in _FIRST if field in used][:1]
    shown = [field for field in order if field in used and field not in {*_FIRST, *_ENDS}]
    wanted = [*when, *shown][:MOST_COLUMNS]
    if SD.holder in used and SD.holder not in wanted:
        wanted[-1] = SD.holder
    return tuple(wanted)


def _literal(text: str, datatype: str) -> Value:
    match datatype.removeprefix(XSD.NS):
        case "decimal" | "integer" | "double":
            return Decimal(text)
        case "date":
            return date.fromisoformat(text[:10])
        case "dateTime":
            return datetime.fromisoformat(text)
        case "boolean":
            return text in {"true", "1"}
        case _:
            return text
