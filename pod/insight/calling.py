"""Whom to call about a contract: with whom it is, its number and what it covers, in one card."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pod.insight.rows import Row, day, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to reach somebody: whom, and a `tel:` or `mailto:` address."""

    who: str
    address: str

    @property
    def said(self) -> str:
        return self.address.partition(":")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A contract as somebody on the telephone asks for it; what is not known is empty.

    `covers` are IRIs of codes or things. `price` is in `currency` for each `every`, a duration.
    """

    iri: str
    name: str
    number: str
    covers: tuple[str, ...]
    first: date | None
    last: date | None
    price: Decimal | None
    currency: str
    every: str
    ways: tuple[Way, ...] = ()


def cards(contracts: Iterable[Row], reached: Iterable[Row], today: date) -> tuple[Card, ...]:
    """A card for each contract, those that have ended last; `reached` are rows of `numbers_of`."""
    ways = tuple(
        dict.fromkeys(
            Way(who=row["who"], address=row[name])
            for row in reached
            for name in ("telephone", "mail")
            if row.get(name, "").startswith(("tel:", "mailto:"))
        )
    )
    rows: dict[str, list[Row]] = {}
    for row in contracts:
        rows.setdefault(row["contract"], []).append(row)
    made = [_card(iri, found, ways) for iri, found in rows.items()]
    return tuple(sorted(made, key=lambda one: (bool(one.last and one.last < today), one.name)))


def _card(iri: str, rows: list[Row], ways: tuple[Way, ...]) -> Card:
    row = rows[0]
    covers = (
        one[name] for one in rows for name in ("nature", "commodity", "object") if name in one
    )
    return Card(
        iri=iri,
        name=row.get("name", ""),
        number=row.get("number", ""),
        covers=tuple(dict.fromkeys(covers)),
        first=day(row, "first"),
        last=day(row, "last"),
        price=number(row, "price"),
        currency=row.get("currency", ""),
        every=row.get("every", ""),
        ways=ways,
    )
