"""Reading tables of text: rows with their line numbers, and cells by the names of their columns."""

import csv
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO, TypeVar

from importers.contract import Problem
from importers.text import lines

Value = TypeVar("Value")

_LONGEST_NAME = 80
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc\u00b4`", "'''''")
# Accents apart from their letters, blanks and line ends, and what only steers how text is shown.
_UNSEEN = frozenset({"Mn", "Zs", "Zl", "Zp", "Cf", "Cc"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of the line where it begins, from 1, and its cells without blanks.

    `broken` has the places of the cells that went over the end of a line: in a label that is one
    cell of several lines, elsewhere it is a quote that does not end and takes in rows.
    """

    line: int
    cells: tuple[str, ...]
    broken: frozenset[int] = field(default=frozenset(), compare=False)

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


def rows(export: BinaryIO, *, delimiter: str = ";") -> Iterator[Row | Problem]:
    """Every row of an export that has a cell with something in it, in order.

    A row that cannot be taken apart (a cell of more than 128 KiB) is a Problem at its line.
    """
    # An open quote swallows the rest of the file: strictness would not find it sooner.
    reader = csv.reader(lines(export), delimiter=delimiter)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Problem(f"line={line}", "the row cannot be taken apart into cells")
        else:
            if any(cell.strip() for cell in cells):
                yield Row(line, _stripped(cells), _broken(cells))
        line = reader.line_num + 1


def _broken(cells: Sequence[str]) -> frozenset[int]:
    # Before blanks go: a quote that is open at the end may have no line end but the last one.
    return frozenset(place for place, cell in enumerate(cells) if "\n" in cell)


def _stripped(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells)
