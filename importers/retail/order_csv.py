"""Orders that shops give their customers as CSV: one reader, and a declared profile for each shop.

A row is an article of an order. The rows of an order may stand anywhere in the file, so what it
comes to is known when the last row was read. Not kept: addresses, gift messages and who a gift is
for, and the numbers of cards.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from importers.contract import (
    Check,
    Code,
    HolderHint,
    Item,
    Key,
    Match,
    Option,
    Options,
    Problem,
    Record,
)
from importers.money import currency
from importers.retail.ending import check_ending
from importers.retail.order_cells import amount, moment, nature_of, nothing, page_of, sent
from importers.retail.purchase import Article, Purchase, line_of, number_of, purchase_of
from importers.rows import convert
from importers.table import Columns, Row, check_width, first_rows, folded, rows
from importers.text import for_key

_FIRST_ROWS = 5
_TRACKED = re.compile(r"\(([^()]{4,60})\)")
_CANCELLED = re.compile(r"cancel|annul|storniert")
_UNENDED = "a quote in this row does not end, or a cell of it has a row in it"
_ZERO = Decimal(0)

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """The orders of one shop, which is an importer.

    Each part has the names that its column goes by, of which a table has one; `order`, `day`,
    `name` and `total` are in every one. `tax` is added to `total`. `mark` is the decimal mark.
    `lists` are columns that a file must have besides, `words` those in which a line may end. With
    a `mark` of "" either comma or point is the decimal mark of an amount.
    """

    format: str
    title: str
    by: HolderHint
    order: Names
    day: Names
    name: Names
    total: Names
    tax: Names = ()
    quantity: Names = ()
    price: Names = ()
    unit: Names = ()
    number: Names = ()
    product: Names = ()
    site: Names = ()
    seller: Names = ()
    payment: Names = ()
    status: Names = ()
    shipped: Names = ()
    tracking: Names = ()
    lists: Names = ()
    words: Names = ()
    channel: str = ""
    currency: str = "EUR"
    mark: str = "."
    delimiter: str = ","
    domain: str = "retail"
    extensions: tuple[str, ...] = (".csv",)
    version: str = "2"
    options: tuple[Option, ...] = ()
    confidence: int = 90

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns, whatever the file is called."""
        del filename
        found = first_rows(head, _FIRST_ROWS, delimiter=self.delimiter)
        is_one = any(self.begins_with(row) for row in found[:1])
        return Match(confidence=self.confidence) if is_one else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return self.by

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A line a row, and each order behind all rows. Takes no options."""
        del options
        reader = _Reader(self)
        yield from convert(rows(export, delimiter=self.delimiter), reader.read)
        yield from reader.orders()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: such a table states no total of an order, and none of itself."""
        del items
        return ()

    def names(self) -> Names:
        """All the columns that are read."""
        needed = (*self.order, *self.day, *self.name, *self.total, *self.tax, *self.quantity)
        others = (*self.price, *self.unit, *self.number, *self.product, *self.site)
        return (*needed, *others, *self.seller, *self.payment, *self.status, *self.tracking)

    def begins_with(self, row: Row) -> bool:
        """Whether this row has the names of the columns."""
        names = {folded(cell) for cell in row.cells}
        needed = (self.order, self.day, self.name, self.total)
        has_all = all(any(folded(one) in names for one in part) for part in needed)
        return has_all and all(folded(one) in names for one in self.lists)


@dataclass(slots=True)
class _Order:
    """An order as far as its rows were read."""

    first: Row
    on: date
    at: datetime | None
    unit: str
    seller: str
    nature: str
    is_cancelled: bool
    total: Decimal = _ZERO
    lines: list[Record] = field(default_factory=list)


class _Reader:
    def __init__(self, shop: Orders) -> None:
        self._shop = shop
        self._columns: Columns | None = None
        self._width = 0
        self._ends_known = False  # whether the last column is one that is read
        self._words: frozenset[int] = frozenset()
        self._orders: dict[tuple[str, date], _Order] = {}
        self._parcels: set[str] = set()

    def read(self, row: Row) -> Iterator[Item]:
        """The line of a row, and a parcel that no row before was in. Raises ValueError."""
        if self._columns is None:
            self._begin(row)
            return
        if self._shop.begins_with(row):
            return
        self._check(row)
        number = self._said(row, self._shop.order)
        name = self._said(row, self._shop.name)
        if not number or not name:
            raise ValueError("the row does not say the order or the article")
        on, at = moment(self._said(row, self._shop.day))
        is_cancelled = bool(_CANCELLED.search(self._said(row, self._shop.status).lower()))
        total = self._paid(row, is_cancelled=is_cancelled)
        order = self._order(row, number, on, at, is_cancelled=is_cancelled)
        article, remarks = self._article(row, name, total)
        line = line_of((number,), on, article)
        order.total += total
        order.lines.append(line)
        yield line
        yield from remarks
        yield from self._parcel(row, on)

    def orders(self) -> Iterator[Record]:
        """All orders, each in the place of its first row."""
        for (number, on), order in self._orders.items():
            nature = "cancelledOrder" if order.is_cancelled else order.nature
            yield purchase_of(
                Purchase(
                    key=(number,),
                    number=number,
                    on=on,
                    at=order.at,
                    total=order.total,
                    currency=order.unit,
                    seller=order.seller,
                    nature=nature,
                    channel=self._shop.channel,
                    locator=order.first.locator,
                    counted=False,
                ),
                order.lines,
            )

    def _begin(self, row: Row) -> None:
        if row.broken or not self._shop.begins_with(row):
            raise ValueError("the table does not begin with the names of its columns")
        self._columns = Columns.of(row)
        self._width = len(row.cells)
        self._ends_known = folded(row.cells[-1]) in set(map(folded, self._shop.names()))
        known = self._columns.positions
        self._words = frozenset(known[folded(n)] for n in self._shop.words if folded(n) in known)

    def _check(self, row: Row) -> None:
        """Raises ValueError where cells may stand under other columns, or a row is in a cell."""
        check_width(row, self._width)
        if self._ends_known:
            check_ending(row)
        for place in row.broken:
            # Behind a comma of a text stands a blank; behind one of a row the next cell.
            after = row.cells[place].partition("\n")[2].split(self._shop.delimiter)[1:]
            has_row = any(not cell[:1].isspace() for cell in after)
            if place not in self._words or has_row:
                raise ValueError(_UNENDED)

    def _column(self, names: Names) -> str:
        """The one of these names that a column of the table has, "" without one."""
        columns = self._columns
        return next((name for name in names if columns and columns.have(name)), "")

    def _said(self, row: Row, names: Names) -> str:
        """The cell under the column of one of these names; "" for what stands for nothing."""
        name = self._column(names)
        cell = self._columns.cell(row, name) if self._columns and name else ""
        return "" if nothing(cell) else cell

    def _figure(self, row: Row, names: Names) -> Decimal | None:
        cell = self._said(row, names)
        if not cell:
            return None
        try:
            return amount(cell, self._shop.mark)
        except ValueError as error:
            raise ValueError(f"column `{self._column(names)}`: {error}") from error

    def _paid(self, row: Row, *, is_cancelled: bool) -> Decimal:
        total = self._figure(row, self._shop.total)
        if is_cancelled:
            return _ZERO
        if total is None:
            raise ValueError(f"column `{self._column(self._shop.total)}` has no amount")
        tax = self._figure(row, self._shop.tax)
        return total + (tax or _ZERO)

    def _order(
        self, row: Row, number: str, on: date, at: datetime | None, *, is_cancelled: bool
    ) -> _Order:
        unit = self._said(row, self._shop.unit)
        known = self._orders.get((number, on))
        if known is None:
            known = self._orders[number, on] = _Order(
                first=row,
                on=on,
                at=at,
                unit=currency(unit) if unit else self._shop.currency,
                seller=self._said(row, self._shop.seller)
                or self._said(row, self._shop.site).removeprefix("www."),
                nature=nature_of(self._said(row, self._shop.payment)),
                is_cancelled=is_cancelled,
            )
        known.is_cancelled = known.is_cancelled and is_cancelled
        return known

    def _article(self, row: Row, name: str, total: Decimal) -> tuple[Article, tuple[Problem, ...]]:
        shop, product = self._shop, self._said(row, self._shop.product)
        quantity, price = self._figure(row, shop.quantity), self._figure(row, shop.price)
        shipped = self._said(row, shop.shipped)
        stated, remarks = number_of(self._said(row, shop.number), row.locator)
        site = self._said(row, shop.site).lower()
        article = Article(
            name=" ".join(name.split()),
            total=total,
            # Two parcels of an order may have the same article: the day of each tells them apart.
            within=(product, stated, for_key(name), str(quantity), str(price), str(total), shipped),
            locator=row.locator,
            quantity=quantity,
            price=price,
            gtin=stated,
            product=page_of(site, product),
        )
        return article, remarks

    def _parcel(self, row: Row, on: date) -> Iterator[Record]:
        """The parcels that a row was sent in, each where it is first named."""
        days = self._said(row, self._shop.shipped).split(" and ")
        found = _TRACKED.findall(self._said(row, self._shop.tracking))
        for at, said in enumerate(found):
            number = said.strip()
            if number in self._parcels:
                continue
            self._parcels.add(number)
            day = sent(days[at] if len(days) == len(found) else days[0]) or on
            yield Record(
                kind="Delivery",
                key=Key(natural=(number,)),
                fields=(
                    ("sd:date", day),
                    ("sd:direction", Code("in")),
                    ("schema:trackingNumber", number),
                    ("sd:counterpartyName", self._shop.by.name),
                ),
                on=day,
                locator=row.locator,
                counted=False,
            )
