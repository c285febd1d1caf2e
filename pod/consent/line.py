"""One thing that a person is told, before it is put into her language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias, Union

from acl import Mode, mode_names
from pod.consent.bilingual import Bilingual, bilingual
from pod.consent.categories import CATEGORIES
from pod.consent.manifest import DURATION, NO_RETENTION, Price
from vocab.glossary import glossary

Value: TypeAlias = Union[str, int, Decimal, date, Bilingual, "Line", tuple["Value", ...]]
"""What fills a blank of a sentence; several things are told one after the other."""

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """The sentence `consent.{key}` of the pages, and what fills its blanks, by their names."""

    key: str
    filled: tuple[tuple[str, Value], ...] = ()


def line(key: str, **filled: Value) -> Line:
    return Line(key, tuple(sorted(filled.items())))


def labels(names: Iterable[str]) -> tuple[Value, ...]:
    """Categories by their names, as a person knows them."""
    return tuple(CATEGORIES[name].label for name in names)


def fields(iris: Iterable[str]) -> tuple[Value, ...]:
    """Properties by their IRIs, as the vocabulary calls them."""
    return tuple(map(field, iris))


def field(iri: str) -> Value:
    word = glossary().get(iri)
    return (bilingual(word.label) if word else None) or iri


def modes(found: Mode) -> tuple[Value, ...]:
    """What may be done, in the words for it."""
    return tuple(line(f"mode_{name}") for name in mode_names(found))


def price(said: Price) -> Line:
    """What it costs."""
    if said.amount == 0:
        return line("price_free")
    return line(f"price_{said.per}", amount=said.amount, currency=_sign(said.currency))


def money(amount: Decimal, currency: str) -> Line:
    """An amount of money, to the cent where it has no smaller part; `currency` as in ISO 4217."""
    cents = amount.quantize(_CENT)
    exact = cents if cents == amount else amount
    return line("preview_money", amount=exact, currency=_sign(currency))


def energy(kwh: Decimal) -> Line:
    """An amount of energy."""
    return line("preview_energy", amount=kwh)


def days(count: int | None) -> Line:
    """How long something lasts; None for until it is stopped."""
    if count is None:
        return line("until_stopped")
    return _counted("days", count)


def retention(text: str | None) -> Line:
    """How long data are kept: a duration as pod.consent.manifest has it."""
    if text is None:
        return line("kept_unsaid")
    found = DURATION.fullmatch(text)
    if text == NO_RETENTION or found is None:
        return line("kept_not")
    units = zip(("years", "months", "weeks", "days"), found.groups(), strict=True)
    parts = tuple(_counted(unit, int(number)) for unit, number in units if number)
    return line("kept", duration=parts)


def _sign(currency: str) -> str:
    return "€" if currency == "EUR" else currency


def _counted(unit: str, count: int) -> Line:
    return line(unit.removesuffix("s")) if count == 1 else line(unit, count=count)
