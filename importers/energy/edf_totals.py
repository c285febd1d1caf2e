"""EDF's totals: what was consumed in each day and month, and what the registers showed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby

from importers.clock import PARIS
from importers.contract import Code, Item, Key, Problem, Record, Stated, Value
from importers.energy.edf_table import Column, Line
from importers.energy.meters import NO_VALUE, series_of
from importers.energy.registers import Shown, differences, meter_reading
from importers.energy.repeats import agreed
from importers.energy.sums import Stretch
from importers.series import moment
from importers.table import folded
from importers.totals import Period, total
from importers.units import measured, plain

_IN_PART = "days tell of a part of this month: it is not counted twice"
_TARIFFS = (("pleines", "peak"), ("creuses", "offpeak"), ("base", "base"))


@dataclass(frozen=True, slots=True)
class Meter:
    """The meter that a table is about, and what comes through it."""

    key: Key
    commodity: str


def days(lines: Iterable[Line], meter: Meter) -> Iterator[Item]:
    """A record for each day and column; a remark where a day has no figure."""
    yield from _each(lines, lambda line: _records(line, meter, line.when + timedelta(days=1)))


def months(lines: Iterable[Line], meter: Meter, told: frozenset[date]) -> Iterator[Item]:
    """A record for each month of which no day is in `told`; else what it states of its days."""

    def read(line: Line) -> Iterator[Item]:
        after = (line.when + timedelta(days=31)).replace(day=1)
        inside = [line.when + timedelta(days=n) for n in range((after - line.when).days)]
        there = sum(day in told for day in inside)
        if not there:
            yield from _records(line, meter, after)
        elif there == len(inside):
            yield from _stated(line, meter, after)
        else:
            yield Problem(line.locator, _IN_PART)

    yield from _each(lines, read)


def years(lines: Iterable[Line], meter: Meter) -> Iterator[Item]:
    """What each year is stated to come to: it is never a record beside those of its months."""
    for line in lines:
        yield from _stated(line, meter, line.when.replace(year=line.when.year + 1))


def indexes(lines: Iterable[Line], meter: Meter, *, alone: bool) -> Iterator[Item]:
    """A record for each register and day, and what came through all of them from each to the next.

    That is a record where the indexes stand `alone`, and else what they state of the consumption.
    """
    kept: list[Line] = []

    def read(line: Line) -> Iterator[Item]:
        kept.append(line)
        for column, value in line.figures:
            stamp = _stamp(line.when)
            shown = Shown(stamp=stamp, value=plain(value), unit=column.unit, locator=line.locator)
            more = [("sd:sourceLabel", column.name), *_tariff(column), *_quality(line)]
            yield meter_reading(meter.key, column.name, shown, more)

    yield from _each(lines, read)
    for step in _passed(kept):
        if isinstance(step, Problem):
            yield step
            continue
        before, after, passed = step
        stretch = moment(before.stamp), moment(after.stamp)
        name, value = measured(after.unit, passed)
        if alone:
            series = series_of(meter.key, meter.commodity, after.unit)
            period = Period.between(before.stamp, after.stamp)
            yield total(series, period, ((name, value),), after.locator)
        else:
            about = Stretch(meter=meter.key, name=name, start=stretch[0], end=stretch[1])
            yield about.stated(value, PARIS, after.locator)


def _passed(lines: Iterable[Line]) -> Iterator[tuple[Shown, Shown, Decimal] | Problem]:
    """What came through all registers together, but for where one of them begins or ends."""
    ordered = sorted(lines, key=lambda line: line.when)
    for _, same in groupby(ordered, key=_registers):
        yield from differences(
            [
                Shown(
                    stamp=_stamp(line.when),
                    value=sum((value for _, value in line.figures), Decimal(0)),
                    unit=line.figures[0][0].unit,
                    locator=line.locator,
                )
                for line in same
            ]
        )


def _registers(line: Line) -> list[Column]:
    return [column for column, _ in line.figures]


def _each(lines: Iterable[Line], read: Callable[[Line], Iterator[Item]]) -> Iterator[Item]:
    """What `read` makes of each line that has a figure, those that say the same taken once."""
    for found in agreed(lines, lambda line: line.when, lambda line: line.figures):
        if isinstance(found, Problem):
            yield found
        elif not found.figures:
            yield Problem(found.locator, NO_VALUE, row=False)
        else:
            yield from read(found)


def _records(line: Line, meter: Meter, after: date) -> Iterator[Record]:
    """A record of each column, which has the name of its tariff where there are several."""
    period = Period.between(_stamp(line.when), _stamp(after))
    for column, value in line.figures:
        series = series_of(meter.key, meter.commodity, column.unit)
        more = [measured(column.unit, value), *_quality(line)]
        found = replace(total(series, period, more, line.locator), counted=True)
        if len(line.figures) > 1:
            fields = (*found.fields, ("sd:sourceLabel", column.name), *_tariff(column))
            key = Key(natural=(*found.key.natural, column.name))
            found = replace(found, key=key, fields=fields)
        yield found


def _stated(line: Line, meter: Meter, after: date) -> Iterator[Stated]:
    if line.figures:
        name, value = measured(
            line.figures[0][0].unit, sum((value for _, value in line.figures), Decimal(0))
        )
        start, end = moment(_stamp(line.when)), moment(_stamp(after))
        stretch = Stretch(meter=meter.key, name=name, start=start, end=end)
        yield stretch.stated(value, PARIS, line.locator)


def _stamp(day: date) -> datetime:
    """The midnight with which a day begins."""
    return Period.of_day(day, PARIS).start


def _tariff(column: Column) -> Iterator[tuple[str, Value]]:
    name = folded(column.name)
    yield from (("sd:tariffPeriod", Code(code)) for mark, code in _TARIFFS if mark in name)


def _quality(line: Line) -> Iterator[tuple[str, Value]]:
    if line.quality:
        yield "sd:quality", Code(line.quality)
