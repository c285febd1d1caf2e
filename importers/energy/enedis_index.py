"""The daily indexes that Enedis gives its customers: what the registers of a meter show, in Wh.

A register only ever goes up, and what was consumed is a difference. The registers of the supplier
(`EAS F1`…) and those of the distributor (`EAS D1`…) each add up to the total (`EAS T`), so only
the differences of the total become consumption. A day goes from midnight to midnight of a clock
that may stay on winter time: in summer it is stamped 01:00+02:00.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO

from importers.clock import instant
from importers.contract import Check, HolderHint, Item, Match, Options, Problem, Record
from importers.energy.enedis import ENEDIS, Subject, heading, load_curve, meter_points, subject
from importers.energy.enedis_calendar import Calendar, calendar, is_calendar
from importers.energy.enedis_checks import checks
from importers.energy.registers import Shown, day_of, differences, is_midnight, meter_reading
from importers.money import decimal_comma
from importers.table import Columns, Row, check_width, first_rows, folded, rows, width_of
from importers.totals import Period, total
from importers.units import WATT_HOUR, measured, plain

_WATT_HOURS = {"": 1, "wh": 1, "kwh": 1000}
_REGISTER = re.compile(r"EA\w? (?:[FD]\d{1,2}|T)", re.ASCII)
_TOTAL = " T"
_TITLE, _HEADER, _CALENDARS = (folded(name) for name in ("Identifiant PRM", "Horodate", "Periode"))
_BESIDE = frozenset({_HEADER, folded("Type de releve"), ""})
_UNKNOWN = "a column is not known, and not kept"
_REPEATS = "another row says the same of this time"
_CONFLICT = "another row says something else of this time, and neither is taken"
_EMPTY = "no register of this row shows anything"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of data: what each register shows, in Wh."""

    about: Subject
    stamp: datetime
    registers: Mapping[str, Decimal]
    locator: str


class EnedisIndex:
    format = "enedis-index"
    title = "Enedis: index quotidiens (CSV)"
    domain = "energy"
    extensions = (".csv",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns; the name of the file says nothing sure."""
        del filename
        top = [[folded(cell) for cell in row.cells] for row in first_rows(head, 2)]
        if not top or top[0][0] != _TITLE or "typededonnees" not in top[0]:
            return None
        return Match(confidence=95) if "index" in top[-1] else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return ENEDIS

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A MeterReading for each register of each row; beside them meters and days. No options."""
        del options
        lines: list[_Line] = []
        calendars: list[Calendar] = []
        for found in _Reader().read(rows(export, is_a_line=True)):
            if isinstance(found, Problem):
                yield found
            elif isinstance(found, Calendar):
                calendars.append(found)
            else:
                lines.append(found)
        yield from meter_points({line.about.meter: line.locator for line in reversed(lines)})
        by_subject: dict[Subject, dict[datetime, list[_Line]]] = {}
        for line in lines:
            by_subject.setdefault(line.about, {}).setdefault(line.stamp, []).append(line)
        for about, stamps in by_subject.items():
            kept = []
            for same in stamps.values():
                yield from _set_aside(same)
                kept += same[:1] if _agree(same) else []
            for line in kept:
                yield from _meter_readings(line, calendars)
            yield from _days(about, kept)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Whether what came through the registers of each grid is what came through the total."""
        return checks(item for item in items if isinstance(item, Record))


class _Reader:
    """Where in a file a row stands decides what it is."""

    def __init__(self) -> None:
        self._titles: Columns | None = None
        self._about: Subject | None = None
        self._header = Columns({})
        self._registers: tuple[str, ...] = ()
        self._calendars = Columns({})
        self._width = 0

    def read(self, table: Iterable[Row | Problem]) -> Iterator[_Line | Calendar | Problem]:
        for row in table:
            if isinstance(row, Problem):
                yield row
                continue
            try:
                found = self._row(row)
            except ValueError as error:
                found = Problem(row.locator, str(error))
            if found is not None:
                yield found

    def _row(self, row: Row) -> _Line | Calendar | Problem | None:
        name = heading(row)
        if name == _TITLE:
            self._titles, self._about = Columns.of(row), None
        elif name == _HEADER:
            self._header = Columns.of(row)
            self._registers = tuple(name for name in row.cells if _REGISTER.fullmatch(name))
            self._width = width_of(row)
            if {folded(name) for name in row.cells if name not in self._registers} - _BESIDE:
                return Problem(row.locator, _UNKNOWN, row=False)
        elif name == _CALENDARS:
            self._calendars = Columns.of(row)
        elif is_calendar(row):
            return calendar(self._calendars, row)
        elif self._titles is not None:
            titles, self._titles = self._titles, None
            self._about = subject(titles, row)
        else:
            return self._line(row)
        return None

    def _line(self, row: Row) -> _Line | Problem:
        if self._about is None:
            raise ValueError("nothing before this row says what it is about")
        size = _WATT_HOURS.get(folded(self._about.unit))
        if size is None:
            raise ValueError("the unit is neither Wh nor kWh: this is no energy")
        check_width(row, self._width)
        stamp = instant(self._header.cell(row, "Horodate"))
        registers = {
            register: plain(self._header.read(row, register, decimal_comma) * size)
            for register in self._registers
            if self._header.cell(row, register)
        }
        if not registers:
            return Problem(row.locator, _EMPTY, row=False)
        return _Line(about=self._about, stamp=stamp, registers=registers, locator=row.locator)


def _agree(lines: Sequence[_Line]) -> bool:
    return all(line.registers == lines[0].registers for line in lines)


def _set_aside(lines: Sequence[_Line]) -> Iterator[Problem]:
    """What there is to say of the rows of one time beyond the first one."""
    if not _agree(lines):
        yield from (Problem(line.locator, _CONFLICT, conflict=True) for line in lines)
    else:
        yield from (Problem(line.locator, _REPEATS, row=False) for line in lines[1:])


def _meter_readings(line: _Line, calendars: Sequence[Calendar]) -> Iterator[Record]:
    known = next((one.registers for one in calendars if one.holds(line.stamp)), {})
    for register, value in line.registers.items():
        shown = Shown(stamp=line.stamp, value=value, unit=WATT_HOUR, locator=line.locator)
        more = (("sd:sourceLabel", register), *known.get(register, ()))
        yield meter_reading(line.about.meter, register, shown, more)


def _days(about: Subject, lines: Sequence[_Line]) -> Iterator[Record | Problem]:
    """What came through the total register from each row to the next."""
    shown = [
        Shown(stamp=line.stamp, value=value, unit=WATT_HOUR, locator=line.locator)
        for line in lines
        for register, value in line.registers.items()
        if register.endswith(_TOTAL)
    ]
    for found in differences(shown):
        if isinstance(found, Problem):
            yield found
            continue
        before, after, difference = found
        energy = measured(WATT_HOUR, difference)
        period = _period(before.stamp, after.stamp)
        yield total(load_curve(about), period, (energy,), after.locator)


def _period(start: datetime, end: datetime) -> Period:
    if not (is_midnight(start) and is_midnight(end)):
        return Period.between(start, end)
    day = day_of(start)
    span = (day.isoformat(), day_of(end).isoformat())
    return Period(start=start, end=end, day=day, span=span)
