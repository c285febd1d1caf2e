"""Positions of a portfolio as Boursorama (BoursoBank) exports them: CSV, a row for each security.

The table begins `name;isin;quantity;buyingPrice;lastPrice;…`. The file says neither its day nor
its account: the options `date=YYYY-MM-DD` and `account=NUMBER` do, and nothing is kept without the
day. Not kept: what the other columns work out from these (gains and variations).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import BinaryIO, Final

from importers.bank.holding import Holding, isin
from importers.bank.movement import ACCOUNT, Account, Accounts, said_account
from importers.clock import iso_date
from importers.contract import Check, HolderHint, Item, Match, Option, Options, Problem
from importers.money import decimal
from importers.rows import convert
from importers.table import Columns, Row, rows

DATE: Final = Option(
    name="date",
    fr="le jour des positions, que le fichier ne dit pas",
    en="the day of the positions, which the file does not say",
    example="2026-03-31",
    read=iso_date,
    is_required=True,
)
_COLUMNS = ("name", "isin", "quantity", "buyingPrice", "lastPrice")
_VALUE = "amount"
_FIGURE = re.compile(r"[-+]?\d[\d\s.,']*")
_DELIMITER = ";"
_NO_NAMES = "the row with the names of the columns is missing before this"
_NO_DAY = "the file does not say the day of its positions: say it with date=YYYY-MM-DD"
_CUT = "the file ends in the middle of this row, or does not end its line: end it if it is whole"


class BoursoramaPositions:
    format = "boursorama-positions"
    title = "BoursoBank (Boursorama): positions d'un portefeuille (CSV)"
    domain = "bank"
    extensions = (".csv",)
    version = "1"
    options = (DATE, ACCOUNT)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns in the first row."""
        del filename
        first = next(rows(BytesIO(head[:2000]), delimiter=_DELIMITER), None)
        if not isinstance(first, Row) or _columns(first) is None:
            return None
        return Match(confidence=90, needs=(DATE.name, ACCOUNT.name))

    def holder(self, head: bytes) -> HolderHint:
        del head
        return HolderHint(iri="https://www.boursobank.com/", name="BoursoBank", sector="bank")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A holding a row, on the day that the option `date` says."""
        reader = _Reader(options)
        yield from convert(rows(export, delimiter=_DELIMITER), reader.read)
        if reader.is_empty:
            yield Problem("line=1", _NO_NAMES)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states no sum."""
        del items
        return ()


class _Reader:
    """Knows the columns that the first row names."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._accounts = Accounts()
        self._columns: Columns | None = None
        self.is_empty = True
        self._account: Account | None = None

    def read(self, row: Row) -> Iterator[Item]:
        """What a row becomes. Raises ValueError, with a sentence, for one that cannot be read."""
        is_first, self.is_empty = self.is_empty, False
        if is_first:
            self._columns = _columns(row)
        if self._columns is None:
            raise ValueError(_NO_NAMES)
        if is_first:
            return
        if row.is_cut:
            raise ValueError(_CUT)
        _refuse(row, self._columns)
        account, remarks = self._of(row)
        holding = _holding(row, self._columns, account, self._day())
        self._account = account
        yield from remarks
        yield from self._accounts.new(account)
        yield holding

    def _of(self, row: Row) -> tuple[Account, tuple[Problem, ...]]:
        return (self._account, ()) if self._account else said_account(self._options, row.locator)

    def _day(self) -> date:
        text = self._options.said(DATE)
        if not text:
            raise ValueError(_NO_DAY)
        return iso_date(text)


def _columns(row: Row) -> Columns | None:
    """The columns that a row names, None where it is no such row or has run into another one."""
    if any("\n" in cell or _FIGURE.fullmatch(cell) for cell in row.cells):
        return None
    columns = Columns.of(row)
    return columns if columns.have(*_COLUMNS) else None


def _refuse(row: Row, columns: Columns) -> None:
    """Raises ValueError for a row that is not one of the table."""
    if any("\n" in cell for cell in row.cells):
        raise ValueError("a quote in this row does not end, and takes in the rows after it")
    if len(row.cells) > max(columns.positions.values()) + 1:
        raise ValueError("the row has more cells than the table has columns")


def _holding(row: Row, columns: Columns, account: Account, on: date) -> Item:
    value = _figure(row, columns, _VALUE) if columns.have(_VALUE) else None
    return Holding(
        account=account.key,
        on=on,
        name=columns.cell(row, "name"),
        isin=columns.read(row, "isin", isin),
        quantity=columns.read(row, "quantity", _number),
        purchase_price=_figure(row, columns, "buyingPrice"),
        price=_figure(row, columns, "lastPrice"),
        value=value,
        locator=row.locator,
    ).record()


def _figure(row: Row, columns: Columns, name: str) -> Decimal | None:
    """The figure under a column, None where the cell is empty. Raises ValueError."""
    return columns.read(row, name, _number) if columns.cell(row, name) else None


def _number(text: str) -> Decimal:
    """A figure with a comma or a full stop: `12`, `1 094,40`, `0,1234`. Blanks group thousands."""
    return decimal(text, mark="," if "," in text else ".")
