"""Tables that banks give their customers as CSV: one reader, and a declared profile for each bank.

The same table in a workbook (.xlsx), which many banks offer beside it, is read alike: each sheet
that has one.

The table begins with a row of names of columns. What stands above it, and in some files below,
are notes: the account, its balance, the currency. A file may have several accounts, each with its
notes and its table.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import BinaryIO

from importers.archive import MARK
from importers.bank.layout import Layout, Table
from importers.bank.ledger import Ledger, scope_of
from importers.bank.movement import ACCOUNT
from importers.bank.table_reader import TableReader
from importers.cells import day, doubtful, is_day
from importers.contract import Check, HolderHint, Item, Match, Option, Options, Problem
from importers.rows import convert
from importers.spreadsheet import first_tables, sheets
from importers.table import Row, rows
from importers.text import decode, octets

_HEAD = 1 << 16  # as much as `recognise` is given
_FIRST_LINES = 40
_LONGEST_LINE = 2000
_CURRENCY = "EUR"
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)((?: \d\d:\d\d:\d\d)?)", re.ASCII)
_NO_TABLE = "this sheet has no table of movements of this bank, and is not imported"
_FIGURE = re.compile(r"[-+]?\d[\d\s.,']*")


@dataclass(frozen=True, slots=True, kw_only=True)
class BankCsv:
    """The exports of one bank, which is an importer.

    `notes` are patterns of what stands around the table, the cells of a row with semicolons
    between them; their groups say what each tells: `account`, `iban`, `name`, `currency`, `day`,
    `opening`, `closing`, `count`; `aside` is what is not taken. `bare` are the names of the
    columns of a table that no row of names begins, but the first note. The group of `download` is
    the day on which the file was made, where a line of the bank says it. `writes_iso` says that
    days are written with the year first.
    """

    format: str
    title: str
    by: HolderHint
    layouts: tuple[Layout, ...]
    notes: tuple[re.Pattern[str], ...] = ()
    bare: tuple[str, ...] = ()
    download: re.Pattern[str] | None = None
    currency: str = _CURRENCY
    writes_iso: bool = False
    delimiters: tuple[str, ...] = (";",)
    domain: str = "bank"
    extensions: tuple[str, ...] = (".csv", ".xlsx")
    version: str = "5"
    options: tuple[Option, ...] = (ACCOUNT,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns, whatever the file is called."""
        del filename
        if head.startswith(MARK):
            tables = first_tables(head, _FIRST_LINES)
            return next(
                (match for table in tables if (match := self._match(self._cells(table)))), None
            )
        if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return None
        return next((match for mark in self.delimiters if (match := self._text(head, mark))), None)

    def holder(self, head: bytes) -> HolderHint:
        del head
        return self.by

    def made(self, head: bytes) -> date | None:
        """The day of the download, where a line above the table says it."""
        found = self.download.search(decode(head)) if self.download else None
        return day(found[1]) if found and is_day(found[1]) else None

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A movement a row.

        `account` says the account where the file does not, and the whole number of one that the
        file names by a part of it.
        """
        content = octets(export)
        if content.startswith(MARK):
            yield from self._workbook(content, options)
            return
        matched = (mark for mark in self.delimiters if self._text(content[:_HEAD], mark))
        delimiter = next(matched, self.delimiters[0])
        yield from self._table(lambda: rows(BytesIO(content), delimiter=delimiter), options)

    def _table(
        self, read: Callable[[], Iterable[Row | Problem]], options: Options
    ) -> Iterator[Item]:
        """What one table says, whose rows may be read several times."""

        @cache
        def doubt() -> str:
            cells = (cell for row in read() if isinstance(row, Row) for cell in row.cells)
            return doubtful(cells, writes_iso=self.writes_iso)

        reader = TableReader(self, options, doubt)
        yield from convert(read(), reader.read)
        yield from reader.rest()

    def _workbook(self, content: bytes, options: Options) -> Iterator[Item]:
        """What each sheet says that has a table; of the others a remark tells."""
        for sheet in sheets(BytesIO(content)):
            if isinstance(sheet, Problem):
                yield sheet
                continue
            found = self._cells(sheet.rows)
            if self._match(found) is None:
                yield Problem(f"{sheet.name}!/", _NO_TABLE, row=False)
                continue
            items = self._table(lambda found=found: found, options)  # type: ignore[misc]  # bound now
            yield from (replace(one, locator=f"{sheet.name}!{one.locator}") for one in items)

    def _cells(self, found: Iterable[Row]) -> tuple[Row, ...]:
        """Rows of a workbook, whose dates become as the bank writes them in its table."""
        if self.writes_iso:
            return tuple(found)
        return tuple(replace(row, cells=tuple(map(_french, row.cells))) for row in found)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """What the notes state, and whether the balances beside the movements go on."""
        ledger = Ledger(scope_of)
        for item in items:
            ledger.add(item)
        return (*ledger.checks(), *ledger.running())

    def table_of(self, row: Row) -> Table | None:
        """The table that a row begins, if it has the names of its columns."""
        # A row of the table that has run into that of its names would be lost.
        if any(is_day(cell) or _FIGURE.fullmatch(cell) for cell in row.cells):
            return None
        layout = next((one for one in self.layouts if one.begins_with(row)), None)
        return Table.of(layout, row) if layout else None

    def note_of(self, row: Row) -> dict[str, str]:
        """What a row tells that stands around the table."""
        text = ";".join(row.cells).strip(";")
        found = (pattern.search(text) for pattern in self.notes)
        said = next(filter(None, found), None)
        return {name: text for name, text in said.groupdict().items() if text} if said else {}

    def _text(self, head: bytes, delimiter: str) -> Match | None:
        lines = b"\n".join(line[:_LONGEST_LINE] for line in head.splitlines()[:_FIRST_LINES])
        return self._match(tuple(rows(BytesIO(lines), delimiter=delimiter)))

    def _match(self, top: Iterable[Row | Problem]) -> Match | None:
        """Whether the first rows are those of this bank, and whether they name an account."""
        found = tuple(top)
        for number, row in enumerate(found):
            if isinstance(row, Problem):
                continue
            table = self.table_of(row)
            if table is not None:
                named = table.first(row, table.layout.account) or self._names_account(found)
                return Match(confidence=90, needs=() if named else (ACCOUNT.name,))
            if self.bare and not number and self.note_of(row):
                return Match(confidence=90)
        return None

    def _names_account(self, top: Iterable[Row | Problem]) -> bool:
        found = (row for row in top if isinstance(row, Row))
        return any({"account", "iban"} & self.note_of(row).keys() for row in found)


def _french(cell: str) -> str:
    """`2026-03-02` as `02/03/2026`; any other text as it is."""
    found = _ISO.fullmatch(cell)
    return f"{found[3]}/{found[2]}/{found[1]}{found[4]}" if found else cell
