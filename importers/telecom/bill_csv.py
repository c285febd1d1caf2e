"""Itemised telephone bills as CSV: one reader, and a declared profile for each operator.

There is no standard, and no operator publishes the names of its columns: the names that are in use
are listed once (`importers.telecom.columns`). A table begins with the row that has them. Above it
stand notes: whose bill it is, the line; below it a total. Times are local and say no zone. The last
digits of numbers are often masked: then there is no correspondent, as several share what is left.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from importers.clock import PARIS
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Option,
    Options,
    Problem,
    Record,
    Stated,
)
from importers.phone import FRANCE, e164
from importers.rows import convert
from importers.table import Row, check_width, folded, rows
from importers.telecom.calls import Way, communication
from importers.telecom.columns import CallTable
from importers.telecom.measures import is_free, price
from importers.text import unaccented

_FIRST_ROWS: Final = 40
_SHOWN: Final = "calls"
_ONLY: Final = Key(natural=("line",))
_LINE: Final = Option(
    name="line",
    fr="le numéro de la ligne, là où le fichier ne le dit pas",
    en="the number of the line, where the file does not say it",
    example="0639981234",
)
_OF_A_LINE: Final = re.compile(
    r"(?:ligne|mobile|telephone|line)\D*?(?P<number>\+?\d[\d .]{8,16}\d)"
)
_FRACTION: Final = re.compile(r".*[.,](\d+)\D*", re.DOTALL)
_NO_LINE: Final = "the file does not say its line; of several, say which with line=NUMBER"
_NO_NAMES: Final = "no row names the columns of a table of calls"
_CUT: Final = "the file ends within this row, or does not end its line: end it if it is whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class BillCsv:
    """The itemised bills of one operator, which is an importer.

    It is known by `words` that stand above the table, in small letters without accents, or by the
    columns of `header`. `is_without_vat` says that its prices are, where no column says so.
    """

    format: str
    title: str
    by: HolderHint
    words: tuple[str, ...]
    header: tuple[str, ...] = ()
    currency: str = "EUR"
    zone: ZoneInfo = PARIS
    country: str = FRANCE
    is_without_vat: bool = False
    domain: str = "telecom"
    extensions: tuple[str, ...] = (".csv",)
    version: str = "1"
    options: tuple[Option, ...] = (_LINE,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the columns of a table of calls, and by what says that it is of this operator."""
        del filename
        top = begun(head)
        if top is None:
            return None
        notes, header, _ = top
        names = {folded(cell) for cell in header.cells}
        said = set(re.findall(r"[a-z0-9]+", notes))
        is_own = bool(self.header) and names >= {folded(name) for name in self.header}
        is_named = not said.isdisjoint(self.words)
        return Match(confidence=90, needs=needs(top)) if is_own or is_named else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return self.by

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A communication a row. `line` says the number of the line where the file does not."""
        said = options.said(_LINE)
        line = _line_of(said, self.country) if said else _ONLY
        way = Way(
            zone=self.zone,
            country=self.country,
            currency=self.currency,
            is_without_vat=self.is_without_vat,
            line=line,
        )
        reader = _Reader(way)
        yield from convert(rows(export, is_a_line=True), reader.read)
        yield from reader.rest()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The total below the table, against what its rows cost."""
        got, stated = Decimal(0), None
        for item in items:
            if isinstance(item, Stated):
                stated = item.value
            elif isinstance(item, Record) and item.counted:
                cost = dict(item.fields).get("sd:total")
                got += cost if isinstance(cost, Decimal) else 0
        if stated is None:
            return ()
        shown = f"total of the {_SHOWN}"
        return (Check(name=shown, expected=str(stated), got=str(got), ok=got == stated),)


Top = tuple[str, Row, CallTable]


@lru_cache(maxsize=2)  # every operator is asked about the same beginning
def begun(head: bytes) -> Top | None:
    """What stands above the table of calls of a file, its row of names, and the table."""
    notes: list[str] = []
    for row in islice(rows(BytesIO(head), is_a_line=True), _FIRST_ROWS):
        if isinstance(row, Problem):
            continue
        table = CallTable.begun(row)
        if table is not None:
            return unaccented(" ; ".join(notes)), row, table
        notes.append(" ".join(row.cells))
    return None


def needs(top: Top) -> tuple[str, ...]:
    """The options that a file calls for."""
    notes, _, table = top
    return () if "line" in table.places or _OF_A_LINE.search(notes) else (_LINE.name,)


class _Reader:
    """Reads the rows of one bill in order."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._line = way.line
        self._table: CallTable | None = None
        self._known: set[Key] = set()
        self._decimals: int | None = None

    def read(self, row: Row) -> Iterator[Item]:
        table = CallTable.begun(row)
        if table is not None:
            self._table = table
        elif self._table is None:
            self._note(row)
        elif folded(row.cells[0]).startswith(("total", "sous-total", "soustotal")):
            yield from self._total(row)
        else:
            yield from self._call(self._table, row)

    def rest(self) -> Iterator[Item]:
        """What there is to say when all rows are read."""
        if self._table is None:
            yield Problem("line=1", _NO_NAMES)

    def _note(self, row: Row) -> None:
        found = _OF_A_LINE.search(unaccented(" ; ".join(row.cells)))
        if found and self._line == _ONLY:
            self._line = _line_of(found["number"], self._way.country)

    def _total(self, row: Row) -> Iterator[Item]:
        if row.is_cut and _decimals(row.cells[-1]) != self._decimals:
            raise ValueError(_CUT)
        figures = [cell for cell in row.cells[1:] if cell]
        if folded(row.cells[0]).startswith("total") and figures:
            value = price(figures[-1])
            yield Stated(name="sum", scope=_SHOWN, value=value, locator=row.locator)

    def _call(self, table: CallTable, row: Row) -> Iterator[Item]:
        if row.is_cut and not self._is_whole(table, row):
            raise ValueError(_CUT)
        check_width(row, table.width)
        number = table.cell(row, "line")
        line = _line_of(number, self._way.country) if number else self._line
        record = communication(table, row, line, self._way)
        if not is_free(row.cells[table.width - 1]):
            self._decimals = _decimals(row.cells[table.width - 1])
        if line not in self._known:
            self._known.add(line)
            yield _account(line, row.locator)
            if line == _ONLY:
                yield Problem(row.locator, _NO_LINE, row=False)
        yield record

    def _is_whole(self, table: CallTable, row: Row) -> bool:
        """Whether a last row that does not end its line is all there, as it seems."""
        last = table.width - 1
        if len(row.cells) < table.width or last not in map(table.places.get, ("price", "net")):
            return False
        # How many decimals prices have in this bill, the rows before it show.
        return _decimals(row.cells[last]) == self._decimals or is_free(row.cells[last])


def _decimals(cell: str) -> int:
    found = _FRACTION.fullmatch(cell)
    return len(found[1]) if found else 0


def _line_of(number: str, country: str) -> Key:
    """The key of a line by its number (ITU-T E.164), or by the words that the operator has."""
    try:
        return Key(natural=(e164(number, country),))
    except ValueError:
        return Key(natural=("".join(number.split()),))


def _account(line: Key, locator: str) -> Record:
    (number,) = line.natural
    fields = (("schema:telephone", number),) if number.startswith("+") else ()
    return Record(kind="Account", key=line, fields=fields, locator=locator, counted=False)
