"""The daily indexes that Enedis gives its customers: what the registers of a meter show, in Wh.

A register only ever goes up, and what was consumed is a difference. The registers of the supplier
(`EAS F1`…) and those of the distributor (`EAS D1`…) each add up to the total (`EAS T`), so only
the differences of the total become consumption. A day goes from midnight to midnight of a clock
that may stay on winter time: in summer it is stamped 01:00+02:00.

The highest power of each day stands in a file of its own, or in a section behind the indexes that
has its own rows of title.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem, Record
from importers.energy.enedis import ENEDIS, Subject, load_curve, meter_points
from importers.energy.enedis_calendar import Calendar
from importers.energy.enedis_checks import checks
from importers.energy.enedis_index_rows import HIGHEST_POWER, INDEX, TITLE, Line, read
from importers.energy.registers import Shown, day_of, differences, is_midnight, meter_reading
from importers.energy.repeats import agreed
from importers.table import first_rows, folded, rows
from importers.totals import Period, total
from importers.units import WATT_HOUR, measured

_TOTAL: Final = " T"
_REPEATS: Final = "another row says the same of this time"
_CONFLICT: Final = "another row says something else of this time, and neither is taken"


class EnedisIndex:
    format = "enedis-index"
    title = "Enedis: index quotidiens et puissances maximales (CSV)"
    domain = "energy"
    extensions = (".csv",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns; the name of the file says nothing sure."""
        del filename
        top = [[folded(cell) for cell in row.cells] for row in first_rows(head, 2)]
        if not top or top[0][0] != TITLE or "typededonnees" not in top[0]:
            return None
        return Match(confidence=95) if {INDEX, HIGHEST_POWER} & set(top[-1]) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return ENEDIS

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A MeterReading for each register of each row, a Consumption for each highest power.

        Beside them stand the meters, and the days between the readings. No options.
        """
        del options
        lines: list[Line] = []
        calendars: list[Calendar] = []
        peaks: list[Record] = []
        for found in read(rows(export, is_a_line=True)):
            match found:
                case Problem():
                    yield found
                case Calendar():
                    calendars.append(found)
                case Record():
                    peaks.append(found)
                case Line():
                    lines.append(found)
        yield from meter_points(_meters(lines, peaks))
        yield from agreed(peaks, lambda one: (one.account, one.on), lambda one: one.fields)
        yield from _of_indexes(lines, calendars)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Whether what came through the registers of each grid is what came through the total."""
        return checks(item for item in items if isinstance(item, Record))


def _meters(lines: Iterable[Line], peaks: Iterable[Record]) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for line in lines:
        found.setdefault(line.about.meter, line.locator)
    for one in peaks:
        if one.account:
            found.setdefault(one.account, one.locator)
    return found


def _of_indexes(lines: Iterable[Line], calendars: Sequence[Calendar]) -> Iterator[Record | Problem]:
    by_subject: dict[Subject, dict[datetime, list[Line]]] = {}
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


def _agree(lines: Sequence[Line]) -> bool:
    return all(line.registers == lines[0].registers for line in lines)


def _set_aside(lines: Sequence[Line]) -> Iterator[Problem]:
    """What there is to say of the rows of one time beyond the first one."""
    if not _agree(lines):
        yield from (Problem(line.locator, _CONFLICT, conflict=True) for line in lines)
    else:
        yield from (Problem(line.locator, _REPEATS, row=False) for line in lines[1:])


def _meter_readings(line: Line, calendars: Sequence[Calendar]) -> Iterator[Record]:
    known = next((one.registers for one in calendars if one.holds(line.stamp)), {})
    for register, value in line.registers.items():
        shown = Shown(stamp=line.stamp, value=value, unit=WATT_HOUR, locator=line.locator)
        more = (("sd:sourceLabel", register), *known.get(register, ()))
        yield meter_reading(line.about.meter, register, shown, more)


def _days(about: Subject, lines: Sequence[Line]) -> Iterator[Record | Problem]:
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
