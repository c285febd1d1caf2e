"""Tables whose first row names the columns, and whose rows are each on a line, with all cells."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeVar

from importers.contract import Problem
from importers.table import Columns, Row, check_width, first_rows, folded, rows, width_of
from importers.text import Readable

Value = TypeVar("Value")

_AS_THEY_ARE: Final[Mapping[str, str]] = MappingProxyType({})

_NO_NAMES: Final = "the row with the names of the columns is missing before this"
_CUT: Final = (
    "the file ends in the middle of this row, or does not end its line: end it if it is whole"
)


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A row, and the names of its columns."""

    row: Row
    columns: Columns

    @property
    def locator(self) -> str:
        return self.row.locator

    def text(self, name: str) -> str:
        """The cell under a column, "" where the table has no such column."""
        return self.columns.cell(self.row, name) if self.columns.have(name) else ""

    def read(self, name: str, read: Callable[[str], Value]) -> Value:
        """The cell under a column, read. Raises ValueError that names the column."""
        return self.columns.read(self.row, name, read)

    def read_or_none(self, name: str, read: Callable[[str], Value]) -> Value | None:
        """The cell under a column, read, None where it is empty or there is no such column."""
        return self.read(name, read) if self.text(name) else None


def is_headed(head: bytes, names: tuple[str, ...], *, delimiter: str = ",") -> bool:
    """Whether a table begins with a row that has these names among those of its columns."""
    return any(Columns.of(row).have(*names) for row in first_rows(head, 1, delimiter=delimiter))


def headed(
    export: Readable,
    names: tuple[str, ...],
    *,
    delimiter: str = ",",
    called: Mapping[str, str] = _AS_THEY_ARE,
) -> Iterator[HeadedRow | Problem]:
    """The rows of a table behind the row that names its columns, these among them.

    `called` has the names of columns in other languages, folded, and what they are called here.
    There is a Problem for each row that has too few or too many cells, goes over the end of a line
    or may be cut off, and for all rows of a table that does not begin with these names.
    """
    columns, width = None, 0
    found = rows(export, delimiter=delimiter, is_a_line=True)
    first = next(found, None)
    if isinstance(first, Row):
        cells = tuple(called.get(folded(cell), cell) for cell in first.cells)
        columns, width = Columns.of(replace(first, cells=cells)), width_of(first)
    if columns is None or not columns.have(*names):
        yield first if isinstance(first, Problem) else Problem("line=1", _NO_NAMES)
        yield from (Problem(row.locator, _NO_NAMES) for row in found)
        return
    for row in found:
        yield row if isinstance(row, Problem) else _checked(row, columns, width)


def _checked(row: Row, columns: Columns, width: int) -> HeadedRow | Problem:
    try:
        check_width(row, width)
    except ValueError as error:
        return Problem(row.locator, str(error))
    return Problem(row.locator, _CUT) if row.is_cut else HeadedRow(row, columns)
