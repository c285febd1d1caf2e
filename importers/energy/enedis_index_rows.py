"""The rows of the indexes and highest powers of Enedis: where a row stands decides what it is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from importers.clock import instant
from importers.contract import Problem, Record
from importers.energy.enedis import Subject, heading, subject
from importers.energy.enedis_calendar import Calendar, calendar, is_calendar
from importers.energy.enedis_peaks import in_watts, peak, volt_amperes
from importers.energy.meters import NO_VALUE
from importers.money import decimal_comma
from importers.table import Columns, Row, check_width, folded, width_of
from importers.units import plain

_WATT_HOURS: Final = {"": 1, "wh": 1, "kwh": 1000}
_REGISTER: Final = re.compile(r"EA\w? (?:[FD]\d{1,2}|T)", re.ASCII)
TITLE: Final = folded("Identifiant PRM")
_HEADER, _CALENDARS = folded("Horodate"), folded("Periode")
_TYPE: Final = "Type de donnees"
INDEX: Final = folded("Index")
HIGHEST_POWER: Final = folded("Puissance maximale quotidienne")
_BESIDE: Final = frozenset({_HEADER, folded("Type de releve"), folded("Valeur"), ""})
_UNKNOWN: Final = "a column is not known, and not kept"
_ORPHAN: Final = "nothing before this row says what it is about"
_NO_ENERGY: Final = "the unit is neither Wh nor kWh: this is no energy"
_EMPTY: Final = "no register of this row shows anything"
_OTHER: Final = "only indexes and the highest power of each day are imported, and this is neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of data: what each register shows, in Wh."""

    about: Subject
    stamp: datetime
    registers: Mapping[str, Decimal]
    locator: str


def read(table: Iterable[Row | Problem]) -> Iterator[Line | Calendar | Record | Problem]:
    """Each row of a file: its registers, the highest power of a day, or when a register counts."""
    reader = _Reader()
    for row in table:
        if isinstance(row, Problem):
            yield row
            continue
        try:
            yield from reader.row(row)
        except ValueError as error:
            yield Problem(row.locator, str(error))


class _Reader:
    """What the rows before the next one said."""

    def __init__(self) -> None:
        self._titles: Columns | None = None
        self._about: Subject | None = None
        self._type = ""
        self._header = Columns({})
        self._registers: tuple[str, ...] = ()
        self._calendars = Columns({})
        self._width = 0

    def row(self, row: Row) -> Iterator[Line | Calendar | Record | Problem]:
        name = heading(row)
        if name == TITLE:
            self._titles, self._about = Columns.of(row), None
        elif name == _HEADER:
            yield from self._columns(row)
        elif name == _CALENDARS:
            self._calendars = Columns.of(row)
        elif is_calendar(row):
            yield calendar(self._calendars, row)
        elif self._titles is not None:
            yield from self._subject(row)
        else:
            yield self._of_day(row)

    def _columns(self, row: Row) -> Iterator[Problem]:
        self._header, self._width = Columns.of(row), width_of(row)
        self._registers = tuple(name for name in row.cells if _REGISTER.fullmatch(name))
        if {folded(name) for name in row.cells if name not in self._registers} - _BESIDE:
            yield Problem(row.locator, _UNKNOWN, row=False)

    def _subject(self, row: Row) -> Iterator[Problem]:
        titles, self._titles = self._titles or Columns({}), None
        self._about = subject(titles, row)
        self._type = folded(titles.cell(row, _TYPE))
        if self._type == HIGHEST_POWER:
            yield from in_watts(self._about.unit, row.locator)

    def _of_day(self, row: Row) -> Line | Record | Problem:
        if self._about is None:
            raise ValueError(_ORPHAN)
        check_width(row, self._width)
        if self._type == HIGHEST_POWER:
            return self._peak(row, self._about)
        if not self._registers:
            raise ValueError(_OTHER)
        return self._line(row, self._about)

    def _peak(self, row: Row, about: Subject) -> Record | Problem:
        size, stamp = volt_amperes(about.unit), instant(self._header.cell(row, "Horodate"))
        if not self._header.cell(row, "Valeur"):
            return Problem(row.locator, NO_VALUE, row=False)
        power = self._header.read(row, "Valeur", decimal_comma) * size
        return peak(about.meter, about.flow, stamp, power, row.locator)

    def _line(self, row: Row, about: Subject) -> Line | Problem:
        size = _WATT_HOURS.get(folded(about.unit))
        if size is None:
            raise ValueError(_NO_ENERGY)
        stamp = instant(self._header.cell(row, "Horodate"))
        registers = {
            register: plain(self._header.read(row, register, decimal_comma) * size)
            for register in self._registers
            if self._header.cell(row, register)
        }
        if not registers:
            return Problem(row.locator, _EMPTY, row=False)
        return Line(about=about, stamp=stamp, registers=registers, locator=row.locator)
