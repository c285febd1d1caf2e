"""Enedis Data Connect (v5, JSON): the meters of a customer, and what she subscribed for them."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from importers.clock import iso_date
from importers.contract import Check, Code, HolderHint, Item, Key, Match, Options, Record, Value
from importers.document import Element, elements, has_marks
from importers.energy.enedis import ENEDIS
from importers.energy.meters import account_of, meter_point
from importers.money import decimal
from importers.rows import convert
from importers.text import lines

_SAID = ("segment", "distribution_tariff", "offpeak_hours")


class EnedisContract:
    format = "enedis-contract"
    title = "Enedis Data Connect: compteurs et puissance souscrite (JSON)"
    domain = "energy"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of its members."""
        del filename
        marks = ('"customer"', '"usage_points"', '"usage_point_id"', '"contracts"')
        return Match(confidence=95) if has_marks(head, marks) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return ENEDIS

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A Contract for each usage point, beside its MeterPoint. Takes no options."""
        del options
        return convert(elements("".join(lines(export)), "/customer/usage_points/*"), _contract)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states neither sum nor count of itself."""
        del items
        return ()


def _contract(element: Element) -> Iterator[Item]:
    number = element.text("usage_point/usage_point_id")
    start = _day(element.text("contracts/last_activation_date"))
    if not number:
        raise ValueError("`usage_point/usage_point_id` is missing")
    meter = Key(stable=number)
    fields: list[tuple[str, Value]] = [
        account_of(meter),
        ("schema:startDate", start),
        ("sd:commodity", Code("electricity")),
    ]
    power = element.text("contracts/subscribed_power")
    if power:
        fields.append(("sd:power", _kva(power)))
    said = [text for name in _SAID if (text := element.text(f"contracts/{name}"))]
    if said:
        fields.append(("sd:sourceLabel", ", ".join(said)))
    yield meter_point(meter, "electricity", element.locator)
    yield Record(
        kind="Contract",
        key=Key(natural=(number, start.isoformat())),
        fields=tuple(fields),
        locator=element.locator,
    )


def _day(text: str) -> date:
    """`2017-07-15+02:00`: a civil date, whose offset says nothing more."""
    try:
        return iso_date(text[: len("2017-07-15")])
    except ValueError as error:
        raise ValueError(f"`contracts/last_activation_date`: {error}") from error


def _kva(text: str) -> Decimal:
    number, _, unit = text.partition(" ")
    if unit.strip().lower() != "kva":
        raise ValueError("the power is not in kVA")
    return decimal(number)
