"""A purchase and its lines, as records: for every format that tells of receipts or orders.

Amounts are what the person pays; what is given back is negative.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from importers.contract import Check, Code, Iri, Item, Key, Problem, Record, Ref, Value
from importers.gtin import gtin

LINE: Final = "Line"
PURCHASE: Final = "Purchase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A line: what it is, and what was paid for all of it. `price` is that of one.

    `within` is its key within the purchase. `product` is where it is described.
    """

    name: str
    total: Decimal
    within: tuple[str, ...]
    locator: str
    quantity: Decimal | None = None
    price: Decimal | None = None
    gtin: str = ""
    product: str = ""
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """A receipt or an order. `number` is what the seller calls it, `on` the day where it was made.

    `key` are the values that tell it apart within that day. `nature` and `channel` are codes: how
    it was paid, and where it was made. `counted` is False where its lines are the rows.
    """

    key: tuple[str, ...]
    on: date
    total: Decimal
    currency: str
    locator: str
    number: str = ""
    at: datetime | None = None
    seller: str = ""
    channel: str = ""
    nature: str = ""
    tax: Decimal | None = None
    account: Ref | None = None
    counted: bool = True


def records_of(purchase: Purchase, articles: Iterable[Article]) -> Iterator[Record]:
    """The purchase, and each of its lines."""
    lines = [line_of(purchase.key, purchase.on, article) for article in articles]
    yield purchase_of(purchase, lines)
    yield from lines


def purchase_of(purchase: Purchase, lines: Iterable[Record]) -> Record:
    """The record of a purchase, which names its lines."""
    counts: Counter[Key] = Counter()
    refs: list[tuple[str, Value]] = []
    for line in lines:
        # Of lines that say the same the first is of rank 0, see importers.triples.ranked.
        refs.append(("sd:line", Ref(LINE, line.key, on=line.on, rank=counts[line.key])))
        counts[line.key] += 1
    return Record(
        kind=PURCHASE,
        key=Key(natural=purchase.key),
        fields=(*_said(purchase), *refs),
        on=purchase.on,
        locator=purchase.locator,
        counted=purchase.counted,
    )


def line_of(key: tuple[str, ...], on: date, article: Article) -> Record:
    """The record of a line of the purchase with this key, on its day."""
    return Record(
        kind=LINE,
        key=Key(natural=(*key, *article.within)),
        fields=tuple(_of_article(article)),
        on=on,
        locator=article.locator,
        counted=article.counted,
    )


def number_of(said: str, locator: str) -> tuple[str, tuple[Problem, ...]]:
    """The GTIN that a line states, "" and a remark where it is none."""
    if not said:
        return "", ()
    try:
        return gtin(said), ()
    except ValueError as error:
        return "", (Problem(locator, str(error), row=False),)


def checks_of(items: Iterable[Item]) -> tuple[Check, ...]:
    """Whether the lines of each purchase make its total: one line of the report for all of them."""
    totals: dict[tuple[str, ...], Decimal] = {}
    sums: dict[tuple[str, ...], Decimal] = {}
    parts: dict[Key, Decimal] = {}
    for item in items:
        if isinstance(item, Record) and item.kind == LINE:
            parts[item.key] = parts.get(item.key, Decimal(0)) + _total(item)
        elif isinstance(item, Record) and item.kind == PURCHASE:
            totals[item.key.natural] = totals.get(item.key.natural, Decimal(0)) + _total(item)
    for key, value in parts.items():
        owner = next(
            (key.natural[:n] for n in range(len(key.natural)) if key.natural[:n] in totals), ()
        )
        sums[owner] = sums.get(owner, Decimal(0)) + value
    if not totals:
        return ()
    right = sum(sums.get(key, Decimal(0)) == total for key, total in totals.items())
    name = "purchases whose lines make their total"
    return (Check(name=name, expected=str(len(totals)), got=str(right), ok=right == len(totals)),)


def _total(record: Record) -> Decimal:
    value = dict(record.fields)["sd:total"]
    return value if isinstance(value, Decimal) else Decimal(0)


def _said(purchase: Purchase) -> Iterator[tuple[str, Value]]:
    yield "sd:date", purchase.on
    yield "sd:total", purchase.total
    yield "sd:currency", purchase.currency
    if purchase.number:
        yield "sd:recordId", purchase.number
    if purchase.at:
        yield "schema:startTime", purchase.at
    if purchase.seller:
        yield "sd:counterpartyName", purchase.seller
    for name, code in (("sd:channel", purchase.channel), ("sd:nature", purchase.nature)):
        if code:
            yield name, Code(code)
    if purchase.tax is not None:
        yield "sd:taxTotal", purchase.tax
    if purchase.account:
        yield "sd:account", purchase.account


def _of_article(article: Article) -> Iterator[tuple[str, Value]]:
    yield "schema:name", article.name
    yield "sd:total", article.total
    if article.quantity is not None:
        yield "schema:orderQuantity", article.quantity
    if article.price is not None:
        yield "schema:price", article.price
    if article.gtin:
        yield "schema:gtin", article.gtin
    if article.product:
        yield "schema:orderedItem", Iri(article.product)
