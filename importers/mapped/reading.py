"""Which tables of a mapping a source is for, and its rows by the names of its columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import chain, islice
from pathlib import PurePosixPath
from typing import Final

from importers.contract import Problem
from importers.document import Element
from importers.endings import Endings
from importers.mapped.declared import Table
from importers.mapped.entries import Entry, Header, flat
from importers.mapped.sources import Grid, Objects, Source
from importers.table import Row, check_end, check_width, folded

_FIRST_ROWS: Final = 40
_NOTHING: Final = "nothing is in this table"
_ABOVE: Final = "this stands above the names of the columns, and is not kept"
_OPEN: Final = (
    "a quote in this row does not end, and takes in the rows after it; where the texts of a column "
    "have several lines, say `lines: yes` of it"
)


@dataclass(frozen=True, slots=True)
class Read:
    """A source for which there are tables: those, its columns, and its rows.

    Without tables `entries` are problems.
    """

    tables: tuple[Table, ...]
    names: tuple[str, ...]
    entries: Iterable[Entry | Problem]
    where: str
    is_exact: bool = False


def read(source: Source, tables: Sequence[Table], *, is_alone: bool) -> Read:
    """A source, with the tables that it is for.

    `is_alone` says that it is the whole export: which file it was is not known then.
    """
    where = f"{source.name}!" if source.name and not is_alone else ""
    wanted = tuple(one for one in tables if is_alone or _is_called(one, source.name))
    if isinstance(source, Grid):
        return _grid(source, wanted, where)
    return _objects(source, wanted, where)


def _is_called(table: Table, name: str) -> bool:
    """Whether a table is for a file, sheet or member of this name."""
    if not table.file:
        return True
    names = (name, PurePosixPath(name).name, PurePosixPath(name).stem)
    return any(fnmatchcase(one.casefold(), table.file.casefold()) for one in names)


def _chosen(tables: Sequence[Table], names: frozenset[str]) -> tuple[Table, ...]:
    """The table whose columns are all there, of several the one with most, and those beside it."""
    fitting = [one for one in tables if {*map(folded, one.needed)} <= names]
    if not fitting:
        return ()
    best = max(fitting, key=lambda one: len({*map(folded, one.named)} & names))
    beside = (one for one in fitting if one is not best and one.file and one.file == best.file)
    return tuple(sorted((best, *beside), key=tables.index))


def _grid(source: Grid, tables: Sequence[Table], where: str) -> Read:
    found = iter(source.rows)
    first = list(islice(found, _FIRST_ROWS))
    for place, row in enumerate(first):
        # In a row that takes in others there are rows, and not names alone.
        if isinstance(row, Problem) or row.broken:
            continue
        header = Header.of(row.cells)
        chosen = _chosen(tables, header.folded)
        if chosen:
            above = (_above(one, where) for one in first[:place])
            rows = _Rows(source, header, chosen, where)
            entries = chain(above, map(rows.entry, chain(first[place + 1 :], found)))
            return Read(chosen, header.names, entries, where + row.locator, source.is_exact)
    if not first:
        # Of a dump a table may be empty.
        return Read((), (), (Problem(f"{where}/", _NOTHING, row=not where),), where)
    rest = (_unread(one, _missing(tables, first), where) for one in chain(first, found))
    return Read((), (), rest, where)


def _above(row: Row | Problem, where: str) -> Problem:
    if isinstance(row, Problem):
        return Problem(where + row.locator, row.message)
    return Problem(where + row.locator, _ABOVE, row=False)


def _unread(row: Row | Problem, reason: str, where: str) -> Problem:
    return Problem(where + row.locator, row.message if isinstance(row, Problem) else reason)


def _missing(tables: Sequence[Table], first: Sequence[Row | Problem]) -> str:
    """Why no row is the one with the names of the columns."""
    if not tables:
        return "no table of the mapping is for this file"
    rows = [Header.of(row.cells).folded for row in first if isinstance(row, Row)]
    left = [
        (len(missing), one.name, missing)
        for one in tables
        for names in rows
        if (missing := [name for name in one.needed if folded(name) not in names])
    ]
    if not left:
        return "this table has no row with the names of its columns"
    _, name, columns = min(left, key=lambda one: one[:2])
    shown = ", ".join(f"`{column}`" for column in sorted(columns)[:8])
    return f"no row names the columns of `{name}`: {shown} are missing"


class _Rows:
    """Rows below the names of their columns."""

    def __init__(self, source: Grid, header: Header, tables: Sequence[Table], where: str) -> None:
        self._source = source
        self._header = header
        self._width = len(header.names)
        self._where = where
        self._endings = Endings()
        self._long = {
            place
            for place, name in enumerate(header.names)
            if any(
                c.has_lines and folded(c.column) == folded(name) for t in tables for c in t.columns
            )
        }

    def entry(self, row: Row | Problem) -> Entry | Problem:
        if isinstance(row, Problem):
            return Problem(self._where + row.locator, row.message)
        try:
            self._check(row)
        except ValueError as error:
            return Problem(self._where + row.locator, str(error))
        if not self._source.is_exact:
            self._endings.add(row)
        return self._header.entry(row, self._where + row.locator)

    def _check(self, row: Row) -> None:
        if any(self._swallows(row.cells[place], place) for place in row.broken):
            raise ValueError(_OPEN)
        if row.is_cut:
            self._endings.check(row)
        # In a workbook the empty cells at the end of a row are not there.
        if self._source.is_exact:
            check_end(row, self._width)
        else:
            check_width(row, self._width)

    def _swallows(self, cell: str, place: int) -> bool:
        """Whether a cell of several lines has rows in it."""
        mark = self._source.delimiter
        if place not in self._long:
            return mark in cell or place in {0, self._width - 1}
        return any(line.count(mark) >= max(1, self._width - 1) for line in cell.splitlines())


def _objects(source: Objects, tables: Sequence[Table], where: str) -> Read:
    found = iter(source.found)
    first = list(islice(found, _FIRST_ROWS))
    names: dict[str, str] = {}
    for one in first:
        if isinstance(one, Element) and isinstance(one.value, dict):
            names |= {folded(name): name for name, _ in flat(one.value)}
    chosen = _chosen(tables, frozenset(names))
    entries = (_of_object(one, where) for one in chain(first, found))
    if chosen:
        return Read(chosen, tuple(names.values()), entries, f"{where}/", is_exact=True)
    reason = _missing(tables, [Row(1, tuple(names.values()))])
    problems = (
        one if isinstance(one, Problem) else Problem(one.locator, reason) for one in entries
    )
    return Read((), (), problems, where)


def _of_object(found: Element | Problem, where: str) -> Entry | Problem:
    if isinstance(found, Problem):
        return Problem(where + found.locator, found.message)
    if not isinstance(found.value, dict):
        return Problem(where + found.locator, "this is no object, which a row would be")
    cells: dict[str, str] = {}
    for name, text in flat(found.value):
        # Two names that only differ in case or blanks are two columns all the same.
        cells[name if folded(name) in cells else folded(name)] = text
    return Entry(where + (found.locator or "/"), cells)
