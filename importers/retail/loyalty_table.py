"""Tables of loyalty programmes: one reader for all kinds, by the usual names of their columns."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final

from importers.clock import french_date, iso_date
from importers.contract import Check, HolderHint, Item, Match, Option, Options, Value
from importers.money import ungrouped
from importers.retail.ending import check_ending
from importers.rows import convert
from importers.table import Columns, Row, check_width, first_rows, folded, rows

Names = tuple[str, ...]

_SHOP: Final = HolderHint(
    iri="urn:sd:holder:loyalty", name="Programme de fidélité", sector="retail"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A row, of which each part is asked for by the names that its column may have."""

    row: Row
    columns: Columns

    @property
    def locator(self) -> str:
        return self.row.locator

    def text(self, names: Names) -> str:
        found = next((name for name in names if self.columns.have(name)), None)
        return self.columns.cell(self.row, found) if found else ""

    def required(self, names: Names) -> str:
        if not (text := self.text(names)):
            raise ValueError(f"the column `{names[0]}` is empty")
        return text


Read = Callable[[Told], Iterator[Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoyaltyTable:
    """One kind of table, which is an importer. Of each of `needs` it has a column.

    `lacks` are columns that such a table never has. `reader` makes what reads the rows of a file.
    """

    format: str
    title: str
    needs: tuple[Names, ...]
    reader: Callable[[], Read]
    lacks: tuple[Names, ...] = ()
    checks: Callable[[Iterable[Item]], tuple[Check, ...]] = field(default=lambda _items: ())
    by: HolderHint = _SHOP
    domain: str = "retail"
    extensions: tuple[str, ...] = (".csv",)
    version: str = "1"
    options: tuple[Option, ...] = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns, whatever the file is called."""
        del filename
        found = first_rows(head, 1)
        return Match(confidence=60) if found and self._begins_with(found[0]) else None

    def holder(self, head: bytes) -> HolderHint:
        """The person says which shop it is from: such a table does not."""
        del head
        return self.by

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record a row. Takes no options."""
        del options
        columns: Columns | None = None
        width, read = 0, self.reader()

        def told(row: Row) -> Iterator[Item]:
            nonlocal columns, width
            if self._begins_with(row):
                columns, width = Columns.of(row), len(row.cells)
                return
            if columns is None:
                raise ValueError("the table does not begin with the names of its columns")
            check_width(row, width)
            check_ending(row)
            yield from read(Told(row, columns))

        return convert(rows(export, is_a_line=True), told)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The balances behind movements of points; of other tables nothing."""
        return self.checks(items)

    def _begins_with(self, row: Row) -> bool:
        names = {folded(cell) for cell in row.cells}

        def has(part: Names) -> bool:
            return any(folded(name) in names for name in part)

        return all(map(has, self.needs)) and not any(map(has, self.lacks))


def day(text: str) -> date:
    """`31/03/2026` or `2026-03-31`."""
    return iso_date(text) if "-" in text else french_date(text)


def figure(text: str) -> Decimal:
    """Points or an amount in euros, with either decimal mark: `12`, `-100`, `12,40 €`."""
    return ungrouped(text.replace("€", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", ""))


def said(
    told: Told, parts: Iterable[tuple[str, Names, Callable[[str], Value]]]
) -> tuple[tuple[str, Value], ...]:
    """The parts that a row says. Raises ValueError that names the column of what is none."""
    found = []
    for name, names, read in parts:
        if text := told.text(names):
            try:
                found.append((name, read(text)))
            except ValueError as error:
                raise ValueError(f"column `{names[0]}`: {error}") from error
    return tuple(found)
