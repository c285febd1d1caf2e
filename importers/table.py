"""Reading tables of text: rows with their line numbers, and cells by the names of their columns."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import BytesIO
from itertools import chain, islice
from typing import Final, TypeVar

from importers.contract import Problem
from importers.letters import Letters
from importers.text import Ending, Readable, lines

Value = TypeVar("Value")

_LONGEST_NAME = 80
_LONGEST_LINE = 10_000
_FIRST_LINES = 40
_DELIMITERS = (";", ",", "\t", "|")
# What Excel reads, and some banks write, above a table.
_SAID = re.compile(r'"?sep=([;,\t|])"?[;,\t|]*\s*', re.IGNORECASE)
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc\u00b4`", "'''''")
# Accents apart from their letters, blanks and line ends, and what only steers how text is shown.
_UNSEEN = frozenset({"Mn", "Zs", "Zl", "Zp", "Cf", "Cc"})
_NONE: Final = frozenset[int]()
_TOTALS = frozenset({"total", "totaux", "totals", "sous-total", "subtotal", "grandtotal"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of the line where it begins, from 1, and its cells without blanks.

    `broken` has the places of the cells that went over the end of a line: in a label that is one
    cell of several lines, elsewhere it is a quote that does not end and takes in rows. `is_cut`
    says that the export ends in this row without ending its line: it may not be all there.
    """

    line: int
    cells: tuple[str, ...]
    broken: frozenset[int] = field(default=_NONE, compare=False)
    is_cut: bool = field(default=False, compare=False)

    @property
    def locator(self) -> str:
        return f"line={self.line}"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column of a table stands. Names compare without case, accents and blanks."""

    positions: Mapping[str, int]

    @classmethod
    def of(cls, header: Row) -> "Columns":
        """The columns that a header row names; of two with one name, the first."""
        positions: dict[str, int] = {}
        for position, name in enumerate(header.cells):
            positions.setdefault(folded(name), position)
        return cls(positions)

    def have(self, *names: str) -> bool:
        return all(folded(name) in self.positions for name in names)

    def cell(self, row: Row, name: str) -> str:
        """The cell of a row under a column, "" where the row is too short to have it.

        Raises ValueError when the table has no such column.
        """
        position = self.positions.get(folded(name))
        if position is None:
            raise ValueError(f"the table has no column `{name}`")
        return row.cells[position] if position < len(row.cells) else ""

    def read(self, row: Row, name: str, read: Callable[[str], Value]) -> Value:
        """The cell under a column, read. Raises ValueError that names the column."""
        cell = self.cell(row, name)
        try:
            return read(cell)
        except ValueError as error:
            raise ValueError(f"column `{name}`: {error}") from error


def folded(name: str) -> str:
    """The name of a column without case, accents, blanks and marks that show nothing.

    Headers drift from year to year, and programs that save a table anew bend its apostrophes.
    """
    # Of every row the cells are compared with the names; long ones would be many to keep.
    return _kept(name) if len(name) <= _LONGEST_NAME else _folded(name)


def _folded(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name).translate(_APOSTROPHES)
    return "".join(c for c in apart if unicodedata.category(c) not in _UNSEEN).casefold()


_kept = lru_cache(maxsize=4096)(_folded)


def width_of(header: Row) -> int:
    """How many cells a row has up to the last one in which something stands."""
    return max((place for place, name in enumerate(header.cells, 1) if name), default=0)


def check_no_total(row: Row) -> None:
    """Raises ValueError for a row of totals, which a program or a person puts below a table."""
    first = next(filter(None, row.cells), "")
    if folded(first).rstrip(":") in _TOTALS:
        raise ValueError("this row adds up those above, and is not kept")


def check_width(row: Row, width: int) -> None:
    """Raises ValueError for a row whose cells may stand under other columns than their own."""
    if len(row.cells) < width:
        raise ValueError("this row has fewer cells than the table has columns")
    check_end(row, width)


def check_end(row: Row, width: int) -> None:
    """Raises ValueError for a row in which another one may stand behind its own cells."""
    if any(row.cells[width:]):
        raise ValueError("this row has more cells than the table has columns")


def of_width(found: Iterable[Row | Problem], width: int) -> Iterator[Row | Problem]:
    """The rows, and a Problem for each whose cells may stand under other columns than their own."""
    for row in found:
        try:
            if isinstance(row, Row):
                check_width(row, width)
        except ValueError as error:
            yield Problem(row.locator, str(error))
        else:
            yield row


def rows(
    export: Readable, *, delimiter: str = ";", is_a_line: bool = False
) -> Iterator[Row | Problem]:
    """Every row of an export that has a cell with something in it, in order.

    `delimiter` is what the holder puts between cells. A program that saves a table anew puts
    another mark there: then it is that one, by the names of the columns, or by a line `sep=;` on
    top, which is no row. With `is_a_line` no cell goes over the end of a line, and a quote that
    does not end takes in no row but its own. A row that cannot be taken apart (a cell of more than
    128 KiB, and such a quote) is a Problem at its line; behind the rows one remark tells of letters
    that are not those of Windows.
    """
    ending, letters = Ending(export), Letters()
    text = lines(ending, letters)
    top = list(islice(text, _FIRST_LINES))
    said = _SAID.fullmatch(top[0]) if top else None
    delimiter = said[1] if said else delimiter_of(top, delimiter)
    if said:
        top[0] = "\n"
    last: Row | Problem | None = None
    for row in _taken_apart(chain(top, text), delimiter, is_a_line=is_a_line):
        if last is not None:
            yield last
        last = row
    if isinstance(last, Row) and not ending.is_ended:
        last = replace(last, is_cut=True)
    if last is not None:
        yield last
    if letters.remark:
        yield Problem("line=1", letters.remark, row=False)


def first_rows(head: bytes, count: int, *, delimiter: str = ";") -> list[Row]:
    """The first rows of an export, each on a line, by its beginning: to recognise it."""
    found = rows(BytesIO(head), delimiter=delimiter, is_a_line=True)
    return [row for row in islice(found, count) if isinstance(row, Row)]


def delimiter_of(top: Sequence[str], expected: str) -> str:
    """What stands between the cells of a table, by its first lines.

    Where the expected mark parts no line into the names of columns, it is the one that makes most
    of them, and of as many the one that parts most lines so: other rows have figures in them. Where
    it parts one, that may be a note with commas: it is another mark that does, and that parts a
    line behind it into as many cells, unless the first line is no note, as all others have as many
    of the mark: words in cells have marks too.
    """
    marks = (expected, *_DELIMITERS)
    counts = {mark: [_names(mark, line) for line in top] for mark in marks}
    most = {mark: max(found, default=0) for mark, found in counts.items()}
    found = max(marks, key=lambda mark: (most[mark], _parted(top, mark, most[mark])))
    if most[expected] > 1 and found != expected:
        if counts[expected][0] == most[expected] and _fills(top, expected, most[expected]):
            return expected
        behind = top[counts[found].index(most[found]) + 1 :]
        is_table = any(line.count(found) == most[found] - 1 for line in behind)
        return found if is_table else expected
    if most[found] > 1:
        return found
    # There are no names: it is another mark only where the expected one is nowhere.
    times = {mark: sum(line.count(mark) for line in top) for mark in marks}
    return expected if times[expected] else max(times, key=lambda mark: times[mark])


def _names(mark: str, line: str) -> int:
    """How many names a line has between the marks, 0 where one is no name."""
    if mark not in line:
        return 0
    cells = [cell.strip() for cell in next(csv.reader([line[:_LONGEST_LINE]], delimiter=mark), ())]
    return len(cells) if all(cell[0].isalpha() for cell in cells if cell) else 0


def _fills(top: Sequence[str], mark: str, cells: int) -> bool:
    """Whether every line has enough of a mark to be parted into so many cells."""
    return all(line.count(mark) >= cells - 1 for line in top if line.strip())


def _parted(top: Sequence[str], mark: str, cells: int) -> int:
    """How many lines a mark parts into so many cells."""
    return sum(line.count(mark) == cells - 1 for line in top)


def _taken_apart(
    text: Iterable[str], delimiter: str, *, is_a_line: bool
) -> Iterator[Row | Problem]:
    # An open quote swallows the rest of the file: strictness would not find it sooner.
    for line, cells in _each(text, delimiter) if is_a_line else _whole(text, delimiter):
        if cells is None:
            yield Problem(f"line={line}", "the row cannot be taken apart into cells")
            continue
        broken = _broken(cells)
        bare = tuple(map(str.strip, cells))
        if broken and is_a_line:
            yield Problem(f"line={line}", "a quote in this row does not end")
        elif any(bare):
            yield Row(line, bare, broken)


def _each(text: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """The cells of each line, with its number; None where it cannot be taken apart."""
    for number, line in enumerate(text, 1):
        # Most lines have no quote, and a curve has many of them.
        if '"' not in line and len(line) < _LONGEST_LINE:
            yield number, line[:-1].split(delimiter)
            continue
        for _, cells in _whole((line,), delimiter):
            yield number, cells


def _whole(text: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """The cells of each row, with the number of its first line."""
    reader = csv.reader(text, delimiter=delimiter)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, None
        else:
            yield line, cells
        line = reader.line_num + 1


def _broken(cells: Sequence[str]) -> frozenset[int]:
    # Before blanks go: a quote that is open at the end may have no line end but the last one.
    if "\n" not in "".join(cells):
        return _NONE
    return frozenset(place for place, cell in enumerate(cells) if "\n" in cell)
