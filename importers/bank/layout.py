"""How the table of a bank is laid out: which columns say what, and what stands around it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from importers.cells import amount, is_day, money_of
from importers.table import Columns, Row, folded

_FIGURE = re.compile(r".*[.,]\d\d", re.DOTALL)
_APART = re.compile(r"[;\t]")  # what stands between cells, and never in the words of a bank
_MARKS = re.compile(r"[;\t,]")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One shape of the table, by the names of its columns.

    `header` names columns that all stand in the row that begins the table, which with `exact` has
    no others. Of the columns in `day` and `account` the first one with something in it holds;
    those in `label` are put together, and where they are empty, those of `words` are. Either
    `signed`, or `debit` and `credit`, have the amount, `fee` is taken off it. `currency` is
    the column that says it, or `money` is what the names of columns say. With `by_currency` an
    account is one for each currency. `states` has what is
    wrong with a movement whose `state` is not that of a booked one, which has "". A row without
    amount that has a `part` breaks down the movement before it.
    """

    header: tuple[str, ...]
    day: tuple[str, ...]
    label: tuple[str, ...]
    words: tuple[str, ...] = ()
    exact: bool = False
    signed: str = ""
    debit: str = ""
    credit: str = ""
    fee: str = ""
    part: str = ""
    currency: str = ""
    money: str = ""
    account: tuple[str, ...] = ()
    account_name: str = ""
    by_currency: bool = False
    balance: str = ""
    identifier: str = ""
    reference: str = ""
    counterparty: str = ""
    state: str = ""
    states: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def names(self) -> tuple[str, ...]:
        """All the columns that are read."""
        several = (*self.day, *self.label, *self.words, *self.account)
        amounts = (self.signed, self.debit, self.credit, self.fee, self.part, self.balance)
        others = (self.currency, self.account_name, self.identifier, self.reference)
        return (*several, *amounts, *others, self.counterparty, self.state)

    def begins_with(self, row: Row) -> bool:
        """Whether this is the row with the names of the columns, and of nothing else."""
        wanted = {folded(name) for name in self.header}
        if len(row.cells) < len(wanted):
            return False
        names = {folded(cell) for cell in row.cells} - {""}
        if names != wanted if self.exact else not wanted <= names:
            return False
        known = wanted.union(map(folded, self.names()))
        return all(folded(row.cells[place]) in known for place in row.broken)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that has begun: its layout, and where those of its columns stand that are read."""

    layout: Layout
    places: Mapping[str, int]
    width: int
    last: str

    @classmethod
    def of(cls, layout: Layout, header: Row) -> "Table":
        columns = Columns.of(header)
        names = {name for name in layout.names() if name and columns.have(name)}
        places = {name: columns.positions[folded(name)] for name in names}
        width = len(header.cells)
        last = next((name for name, place in places.items() if place == width - 1), "")
        return cls(layout, places, width, last)

    def cell(self, row: Row, name: str) -> str:
        """The cell under a column, "" where the table has no such column."""
        place = self.places.get(name)
        if place is None:
            return ""
        cells = row.cells
        return cells[place] if place < len(cells) else ""

    def first(self, row: Row, names: tuple[str, ...]) -> str:
        for name in names:
            if cell := self.cell(row, name):
                return cell
        return ""

    def read(self, row: Row, name: str, read: Callable[[str], Value]) -> Value:
        """The cell under a column, read. Raises ValueError that names the column."""
        try:
            return read(self.cell(row, name))
        except ValueError as error:
            raise ValueError(f"column `{name}`: {error}") from error

    def label(self, row: Row) -> str:
        """The words of the bank, on one line, each said once."""
        for names in (self.layout.label, self.layout.words):
            parts = [" ".join(self.cell(row, name).split()) for name in names]
            if label := " ".join(dict.fromkeys(filter(None, parts))):
                return label
        return ""

    def amount(self, row: Row) -> Decimal | None:
        """The amount with its sign, None where the row has none. Raises ValueError."""
        layout = self.layout
        if layout.signed:
            return self._net(row)
        debit, credit = self._figure(row, layout.debit), self._figure(row, layout.credit)
        if debit and credit:
            raise ValueError("the row has both a debit and a credit")
        if debit is None and credit is None:
            return None
        # Some banks write debits with a minus and some without; the column says what it is.
        return (credit or Decimal(0)) - abs(debit or Decimal(0))

    def figure(self, row: Row, name: str) -> Decimal:
        """The amount under a column. Raises ValueError that names the column."""
        return self.read(row, name, amount)

    def money(self, row: Row) -> str:
        """The currency whose sign stands at the amount of a row, "" where none does."""
        names = (self.layout.signed, self.layout.debit, self.layout.credit)
        return next(filter(None, (money_of(self.cell(row, name)) for name in names)), "")

    def is_whole(self, row: Row) -> bool:
        """Whether the last row of a file that does not end its line is all there, as it seems.

        Banks write amounts with two decimals: where the last column is one, less is cut off.
        """
        if len(row.cells) < self.width:
            return False
        layout, end = self.layout, row.cells[self.width - 1]
        if self.last in {layout.debit, layout.credit} and not end:
            return bool(self.cell(row, layout.debit) or self.cell(row, layout.credit))
        figures = {layout.signed, layout.debit, layout.credit, layout.balance}
        return self.last not in figures - {""} or bool(_FIGURE.fullmatch(end))

    def swallows(self, row: Row) -> bool:
        """Whether a quote that does not end makes one row of several."""
        if not row.broken:
            return False
        labels = {self.places.get(name) for name in self.layout.label}
        return any(place not in labels or self._has_rows(row.cells[place]) for place in row.broken)

    def _has_rows(self, label: str) -> bool:
        # The comma stands in words too: between them it is a row only where it has a day.
        after = (Row(0, tuple(_MARKS.split(line))) for line in label.splitlines()[1:])
        days = (self.first(row, self.layout.day) for row in after)
        return bool(_APART.search(label)) or any(is_day(day.strip()) for day in days)

    def _net(self, row: Row) -> Decimal | None:
        gross = self._figure(row, self.layout.signed)
        fee = self._figure(row, self.layout.fee)
        return gross if gross is None or fee is None else gross - fee

    def _figure(self, row: Row, name: str) -> Decimal | None:
        return self.figure(row, name) if name and self.cell(row, name) else None
