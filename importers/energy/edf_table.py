"""The tables that EDF gives its customers (suiviconso.edf.fr), each row read by itself.

Four tables: power at each half hour, indexes of the meter, consumption of days, and of months.
Above each stand a title and an empty line. Which meter they are about is said in the name of the
file only.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from importers.clock import french_date
from importers.contract import Problem
from importers.money import decimal_comma
from importers.table import Row, check_width, folded, width_of
from importers.units import CUBIC_METRE, WATT, WATT_HOUR, Unit

# What the first column of each table is called, and how long its rows are about.
_TABLES: Final = (
    ("dateetheurederele", "power"),
    ("datederele", "index"),
    ("datedeconsommation", "day"),
    ("periodedeconsommation", "month"),
)
_UNITS: Final = {
    "w": (WATT, 1),
    "wh": (WATT_HOUR, 1),
    "kwh": (WATT_HOUR, 1000),
    "m3": (CUBIC_METRE, 1),
}
_QUALITIES: Final = (
    ("reel", "measured"),
    ("mesure", "measured"),
    ("indextransmis", "measured"),
    ("estim", "estimated"),
    ("corrig", "corrected"),
    ("autorele", "selfread"),
)
TITLE = folded("Récapitulatif")
_UNIT = re.compile(r"\(([^()]+)\)\s*$")
_TIME = re.compile(r"\d{1,2}:\d{2}:\d{2}", re.ASCII)
_MONTH = re.compile(r"(\d{2})/(\d{4})", re.ASCII)
_YEAR = re.compile(r"annee(\d{4})", re.ASCII)
_NO_TABLE = "nothing before this row says what its columns are"
_NO_DAY = "nothing before this row says on which day it is"
_UNKNOWN = "a column is not known, and not kept"
_OTHER = "this table is not imported: it holds neither consumption nor indexes"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: its name, its unit, and what a figure has to be multiplied with."""

    name: str
    unit: Unit
    size: int
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row: of which table, about when, and what it says in each column that has a figure.

    `table` is "power", "index", "day", "month" or "year". `when` is a civil date, the first of a
    month or year; for power it is a time of day under `block`, the number of its day's header.
    """

    table: str
    when: date
    figures: tuple[tuple[Column, Decimal], ...]
    quality: str | None
    locator: str
    time: time = time()
    block: int = 0

    @property
    def gas(self) -> bool:
        """Whether a figure is in m³: electricity never is."""
        return any(column.unit is CUBIC_METRE for column, _ in self.figures)

    @property
    def wall(self) -> datetime:
        return datetime.combine(self.when, self.time)


def table_of(name: str) -> str | None:
    """The table whose first column has this name, None for any other text."""
    found = folded(name)
    return next((table for mark, table in _TABLES if found.startswith(mark)), None)


def read(table: Iterable[Row | Problem]) -> Iterator[Line | Problem]:
    """Every row of a file, in order."""
    reader = _Reader()
    for row in table:
        if isinstance(row, Problem):
            yield row
            continue
        try:
            found = reader.line(row)
        except ValueError as error:
            yield Problem(row.locator, str(error))
        else:
            if found:
                yield found


class _Reader:
    """What was said before a row decides what it is."""

    def __init__(self) -> None:
        self._table = ""
        self._columns: tuple[Column, ...] = ()
        self._quality: int | None = None
        self._day: date | None = None
        self._block = 0
        self._width = 0

    def line(self, row: Row) -> Line | Problem | None:
        """Raises ValueError for a row that cannot be read; None for one that is about others."""
        table = table_of(row.cells[0])
        if table:
            return self._begin(table, row)
        if not folded(row.cells[0]).startswith(TITLE):
            if not self._table:
                raise ValueError(_NO_TABLE)
            return self._power(row) if self._table == "power" else self._total(row)
        return None

    def _begin(self, table: str, row: Row) -> Problem | None:
        self._table, self._day = table, None
        self._width = width_of(row)
        self._columns = tuple(_columns(row))
        names = [folded(cell) for cell in row.cells]
        marks = ("nature", "typed'index", "typed\u2019index")
        found = (place for place, name in enumerate(names) if name.startswith(marks))
        self._quality = next(found, None)
        if not self._columns:
            self._table = ""
            raise ValueError(_OTHER)
        known = {0, self._quality, *(column.place for column in self._columns)}
        if any(name and place not in known for place, name in enumerate(row.cells)):
            return Problem(row.locator, _UNKNOWN, row=False)
        return None

    def _power(self, row: Row) -> Line | None:
        found = _TIME.fullmatch(row.cells[0])
        if found is None:
            self._day = french_date(row.cells[0])
            self._block += 1
            return None
        if self._day is None:
            raise ValueError(_NO_DAY)
        try:
            moment = time.fromisoformat(row.cells[0].zfill(8))
        except ValueError:
            raise ValueError("this time of day does not exist") from None
        return self._said(row, "power", self._day, moment)

    def _total(self, row: Row) -> Line:
        month, year = _MONTH.fullmatch(row.cells[0]), _YEAR.fullmatch(folded(row.cells[0]))
        if self._table == "month" and year:
            return self._said(row, "year", french_date(f"1/1/{year[1]}"))
        if self._table == "month" and month:
            return self._said(row, "month", french_date(f"1/{month[1]}/{month[2]}"))
        if self._table == "month":
            raise ValueError("this is neither a month nor a year")
        return self._said(row, self._table, french_date(row.cells[0]))

    def _said(self, row: Row, table: str, when: date, moment: time = time()) -> Line:
        check_width(row, self._width)
        cells = dict(enumerate(row.cells))
        figures = tuple(
            (column, decimal_comma(cells[column.place]) * column.size)
            for column in self._columns
            if cells.get(column.place)
        )
        said = "" if self._quality is None else folded(cells.get(self._quality, ""))
        return Line(
            table=table,
            when=when,
            figures=figures,
            quality=next((code for mark, code in _QUALITIES if said.startswith(mark)), None),
            locator=row.locator,
            time=moment,
            block=self._block,
        )


def _columns(row: Row) -> Iterator[Column]:
    for place, name in enumerate(row.cells):
        unit = _UNIT.search(name)
        known = _UNITS.get(folded(unit[1]).replace("\u00b3", "3")) if unit else None
        if known and place:
            yield Column(name.partition("(")[0].strip(), *known, place)
