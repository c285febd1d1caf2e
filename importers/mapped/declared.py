"""What a mapping declares: whose tables these are, and what their rows and columns say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from zoneinfo import ZoneInfo

from importers.contract import HolderHint
from vocab.kinds import Kind
from vocab.shacl import Property


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How cells are written.

    `dates` is "day-first", "month-first" or "year-first", "" where only dates that begin with the
    year are read. `decimals` is "comma" or "point", "" where only a number that can be read in one
    way is. With `is_exact` numbers have a point, and days may be the numbers of a workbook. `zone`
    has the clocks that times without offset were read from. `unit` stands behind each figure.
    `empty` are the texts of cells that say nothing.
    """

    dates: str = ""
    decimals: str = ""
    zone: ZoneInfo | None = None
    unit: str = ""
    empty: frozenset[str] = frozenset()
    is_exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One property of a record, and where its values stand.

    `name` is its prefixed name and `rule` what its values must be. The value is in the cell under
    `column`, or it is `constant`. `codes` tells what the texts of cells mean. With `to` it is the
    record of that table whose key stands in the cell, and in those under `beside`. `separator`
    stands between several values of a cell. `has_lines` says that a text may have several lines.
    `is_negated` turns the sign of a number round.
    """

    name: str
    rule: Property
    column: str = ""
    constant: str = ""
    to: str = ""
    beside: tuple[str, ...] = ()
    kind: str = ""
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    separator: str = ""
    language: str = ""
    has_lines: bool = False
    is_negated: bool = False
    form: Form = field(default_factory=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a row of a table becomes: a record of a class.

    `file` is the name of the file, sheet or member that has the rows, in which `*` stands for
    anything. `own` is the class of the holder where ours is only `sd:Record`. The key is `key`,
    columns whose values stay from export to export, or `natural`, columns that tell a record
    apart; without either all cells do. `day` is the column of the day that a record is kept by.
    `left` are columns that are left out on purpose. Only the first table of a file is counted.
    """

    name: str
    line: int
    kind: Kind
    columns: tuple[Column, ...]
    file: str = ""
    own: str = ""
    key: tuple[str, ...] = ()
    natural: tuple[str, ...] = ()
    only: str = ""
    day: str = ""
    left: frozenset[str] = frozenset()
    form: Form = field(default_factory=Form)

    @property
    def needed(self) -> frozenset[str]:
        """The columns without which no row can be read; all of them where none stands out."""
        required = {one.column for one in self.columns if one.rule.at_least and one.column}
        found = {*self.key, *self.natural, *required} - {""}
        return frozenset(found) or self.named

    @property
    def named(self) -> frozenset[str]:
        """Every column that is read."""
        own = {one.column for one in self.columns if one.column}
        beside = {name for one in self.columns for name in one.beside}
        return frozenset({*own, *beside, *self.key, *self.natural, self.day} - {""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A whole mapping. `domain` is for those of its classes that are of no domain alone."""

    holder: HolderHint
    domain: str
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """The table of a name."""
        return next(one for one in self.tables if one.name == name)
