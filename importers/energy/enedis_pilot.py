"""MesInfos: load curves, daily energy and highest powers, as Enedis gave them in the pilot (2017).

A load curve is mean power in W, daily energy is in Wh. Values are numbered from 1, step by step
from the midnight that begins the period, by the clocks of France. The highest power of a day is
said to be in W, where a meter tells VA: it is taken as that, and there is a remark.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import BinaryIO, Final

from importers.clock import PARIS
from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem
from importers.document import Element, elements, has_marks
from importers.energy.enedis import ENEDIS
from importers.energy.enedis_peaks import in_watts, peak, volt_amperes
from importers.energy.meters import NO_VALUE, Interval, item, meter_point, series_of
from importers.pilot_set import Accounts, day, parts_of, required
from importers.rows import convert
from importers.series import at, moment
from importers.text import lines
from importers.totals import Period
from importers.units import WATT, WATT_HOUR

_ROWS: Final = "/*/usage_point/*"
_UNITS: Final = {("CDC", "W"): WATT, ("ENERGIEGLO", "Wh"): WATT_HOUR}
_FLOWS: Final = {"forward": "in", "reverse": "out"}
_STEP: Final = re.compile(r"([1-9]\d?)mn", re.ASCII)
_NUMBER: Final = re.compile(r"[1-9]\d{0,5}", re.ASCII)
_OUTSIDE: Final = "`reading_number` lies outside of the period"
_DIGITS: Final = 14
_SHORT: Final = "the number of the meter does not have its 14 digits"
_TYPE: Final = "meter_reading/reading_type"
_HIGHEST, _DAY = "PMAX", "day"
_NO_UNIT: Final = "only load curves in W, energy in Wh and the highest power of days are imported"

Value = Callable[[Period, Decimal | None, str], Iterator[Item]]
"""What makes an item of a period, its value and where that stands."""


class EnedisPilot:
    format = "mesinfos-enedis"
    title = "MesInfos: courbe de charge, énergie et puissance maximale par jour Enedis (JSON)"
    domain = "energy"
    extensions = (".json",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By names that only this set has."""
        del filename
        marks = ('"usage_point"', '"measurement_kind"', '"interval_block"')
        return Match(confidence=90) if has_marks(head, marks, opens="[") else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return ENEDIS

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A reading or a day for each value, beside its meter. Takes no options."""
        del options
        return convert(elements("".join(lines(export)), _ROWS), _points())

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the set states no sum of itself."""
        del items
        return ()


def _points() -> Callable[[Element], Iterator[Item]]:
    """What reads the usage points of one file."""
    meters = Accounts("MeterPoint")

    def read(found: Element) -> Iterator[Item]:
        number = required(found, "usage_point_id")
        meter = meter_point(Key(stable=number), "electricity", found.locator)
        values = _values(found, meter.key)
        yield from meters.new(meter.key, meter.fields, meter.locator)
        if len(number) != _DIGITS:
            yield Problem(found.locator, _SHORT, row=False)
        yield from convert(parts_of(found, "meter_reading/interval_block"), values)

    return read


def _values(found: Element, meter: Key) -> Callable[[Element], Iterator[Item]]:
    """What reads the values of a usage point. Raises ValueError where they cannot be read."""
    kind, unit = (found.text(f"{_TYPE}/{name}") for name in ("measurement_kind", "unit"))
    flow = _FLOWS.get(found.text(f"{_TYPE}/flow_direction"))
    if flow is None:
        raise ValueError("it is not said whether energy came in or went out")
    if kind == _HIGHEST and found.text(f"{_TYPE}/time_attribute") == _DAY:
        return _reader(found, _peak(found, meter, flow))
    measured = _UNITS.get((kind, unit))
    if measured is None:
        raise ValueError(_NO_UNIT)
    series = series_of(meter, "electricity", measured, flow)

    def value(when: Period, size: Decimal | None, locator: str) -> Iterator[Item]:
        yield item(series, Interval(start=when.start, end=when.end, value=size, locator=locator))

    return _reader(found, value)


def _peak(found: Element, meter: Key, flow: str) -> Value:
    """What makes of each value the highest power of its day. Raises ValueError for no power."""
    unit = found.text(f"{_TYPE}/unit")
    volts, remarks = volt_amperes(unit), [in_watts(unit, found.locator)]

    def value(when: Period, size: Decimal | None, locator: str) -> Iterator[Item]:
        yield from remarks.pop() if remarks else ()
        if size is None:
            yield Problem(locator, NO_VALUE, row=False)
        else:
            yield peak(meter, flow, when.day, size * volts, locator)

    return value


def _reader(found: Element, value_of: Value) -> Callable[[Element], Iterator[Item]]:
    """What reads the values of a period. Raises ValueError where its step is not told."""
    first = day(required(found, f"{_TYPE}/start_measurement_period"))
    after = day(required(found, f"{_TYPE}/end_measurement_period"))
    begin, end = (Period.of_day(one, PARIS).start for one in (first, after))
    length = found.text(f"{_TYPE}/time_attribute")
    step = _STEP.fullmatch(length)
    if step is None and length != _DAY:
        raise ValueError("it is not said how long a step is")

    def period(number: int) -> Period:
        if step is None:
            return Period.of_day(first + timedelta(days=number - 1), PARIS)
        seconds = int(step[1]) * 60
        start = moment(begin) + (number - 1) * seconds
        return Period.between(at(start, PARIS), at(start + seconds, PARIS))

    def read(value: Element) -> Iterator[Item]:
        number = value.text("reading_number")
        if not _NUMBER.fullmatch(number):
            raise ValueError("`reading_number` is missing or is no number")
        try:
            when = period(int(number))
        except (OverflowError, ValueError):
            raise ValueError(_OUTSIDE) from None
        if when.end > end:
            raise ValueError(_OUTSIDE)
        yield from value_of(when, value.number_or_none("value"), value.locator)

    return read
