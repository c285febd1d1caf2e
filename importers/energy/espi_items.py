"""From the figures of one Green Button meter reading to readings, records and problems."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from decimal import Decimal

from importers.contract import Code, Item, Key, Problem, Reading, Record, Series, Value
from importers.energy.espi_reading import Figure, Measure
from importers.energy.meters import SHORTEST_DAY
from importers.energy.registers import Shown, differences, meter_reading
from importers.series import at, moment
from importers.totals import Period, total
from importers.units import CUBIC_METRE, UNITS, WATT, WATT_HOUR, measured, plain

_NAMES = {WATT.name: "load", WATT_HOUR.name: "energy", CUBIC_METRE.name: "volume"}
_PRIORITIES = {"corrected": 2, "measured": 1}
_NO_VALUE = "this reading has no value"
_REPEATS = "another reading says the same of this time"
_CONFLICT = "another reading says something else of this time, and that one is taken"
_MADE_OF_BOTH = "what flows net or in total is made of what flows in and out: it adds to no day"
_NOT_A_DAY = "what flows net or in total over a day or more is not imported"
_PART = "this is the part of one time of use, and its whole is told too: it is not counted twice"
_NO_CURRENCY = "the costs of these readings are not kept, as their currency is not known"

Told = dict[tuple[str, Key, int, int], Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What the figures of one meter reading are: of which series, and how they are written.

    `told` has what was said so far of whole days and by registers, in all meter readings: by
    series, meter, and the moments from and to which it is said. `part` is whether another meter
    reading has the whole, of which this one is a part by time of use.
    """

    measure: Measure
    series: Series
    told: Told
    part: bool = False

    @property
    def adds_up(self) -> bool:
        return self.series.energy != "none"

    @property
    def times(self) -> Series:
        """The series of the times of use, by the utility's numbers."""
        name = f"{self.series.name}-tou"
        return replace(self.series, name=name, quantity="Dimensionless", unit="NUM", energy="none")

    @property
    def costs(self) -> Series | None:
        """The series of what the readings cost, where the currency is known."""
        currency = self.measure.currency
        if currency is None:
            return None
        return replace(
            self.series,
            name=f"{self.series.name}-cost",
            quantity="Currency",
            unit=f"CCY_{currency}",
            energy="none",
        )

    def scaled(self, value: Decimal) -> Decimal:
        """A figure in the unit of the series."""
        return plain(value.scaleb(self.measure.power_of_ten))

    def again(self, figure: Figure, value: Decimal) -> Problem | None:
        """What there is to say where something was said of this time already."""
        name = f"{self.series.name} {figure.tou}"
        key = (name, self.series.meter, figure.start, figure.end)
        if key not in self.told:
            self.told[key] = value
            return None
        agrees = self.told[key] == value
        return Problem(figure.locator, _REPEATS if agrees else _CONFLICT, row=not agrees)


def series_of(meter: Key, kind: Measure, zone: tzinfo, *, part: bool = False) -> Series:
    """The series of readings at a meter.

    What flows net or in total adds to no day, and neither does a part by time of use.
    """
    unit, one_way = kind.unit, kind.flow in {"in", "out"} and not part
    name = _NAMES.get(unit.name, f"{unit.energy}-{unit.name.lower()}")
    name = name if kind.flow == "in" else f"{name}-{kind.flow}"
    return Series(
        name=f"{name}-tou-{kind.tou}" if part or (kind.tou and kind.is_register) else name,
        meter=meter,
        commodity=kind.commodity,
        quantity=unit.quantity,
        unit=unit.name,
        energy=unit.energy if one_way else "none",
        flow="out" if kind.flow == "out" else "in",
        zone=zone,
    )


def items_of(flow: Flow, figures: Iterable[Figure | Problem]) -> Iterator[Item]:
    """Every figure of a meter reading as a reading, a record or a problem."""
    shown: list[Shown] = []
    costs = False
    for figure in figures:
        if isinstance(figure, Problem):
            yield figure
            continue
        costs = costs or figure.cost is not None
        if flow.measure.is_register:
            yield from _register(flow, figure, shown)
        else:
            yield from _interval(flow, figure)
    yield from _passed(flow, shown)
    if not flow.adds_up and not flow.part:
        yield Problem(f"series={flow.series.name}", _MADE_OF_BOTH, row=False)
    if costs and not flow.measure.currency:
        yield Problem(f"series={flow.series.name}", _NO_CURRENCY, row=False)


def _interval(flow: Flow, figure: Figure) -> Iterator[Item]:
    if figure.duration >= SHORTEST_DAY:
        yield _days(flow, figure)
        return
    has_value = figure.value is not None
    reading = Reading(
        series=flow.series,
        start=at(figure.start, flow.series.zone),
        end=at(figure.end, flow.series.zone),
        value=None if figure.value is None else flow.scaled(figure.value),
        locator=figure.locator,
        quality=figure.quality if has_value else None,
        priority=_PRIORITIES.get(figure.quality or "", 0) if has_value else 0,
    )
    yield reading
    if figure.cost is not None and flow.costs:
        yield replace(reading, series=flow.costs, value=figure.cost, counted=False)
    if figure.tou and not flow.part:
        yield replace(reading, series=flow.times, value=Decimal(figure.tou), counted=False)


def _days(flow: Flow, figure: Figure) -> Record | Problem:
    """What flowed over one or more days."""
    if figure.value is None:
        return Problem(figure.locator, _NO_VALUE, row=False)
    if not flow.adds_up:
        return Problem(figure.locator, _PART if flow.part else _NOT_A_DAY)
    again = flow.again(figure, figure.value)
    if again:
        return again
    more: list[tuple[str, Value]] = []
    if figure.quality:
        more.append(("sd:quality", Code(figure.quality)))
    if figure.cost is not None and flow.measure.currency:
        more += [("sd:total", figure.cost), ("sd:currency", flow.measure.currency)]
    value = flow.scaled(figure.value)
    found = _total(flow, figure.start, figure.end, value, figure.locator)
    if figure.tou:
        found = _of_time(found, figure.tou)
    return replace(found, fields=(*found.fields, *more), counted=True)


def _of_time(record: Record, tou: str) -> Record:
    """The same for one time of use only. What its number means is in the utility's tariff."""
    name = f"TOU {tou}"
    fields = (*record.fields, ("sd:sourceLabel", name))
    return replace(record, key=Key(natural=(*record.key.natural, name)), fields=fields)


def _total(flow: Flow, start: int, end: int, value: Decimal, locator: str) -> Record:
    """What flowed between two moments, as a record that is not counted."""
    period = Period.between(at(start, flow.series.zone), at(end, flow.series.zone))
    size = value * (end - start if flow.series.energy == "mean-power" else 1)
    return total(flow.series, period, (measured(UNITS[flow.series.unit], size),), locator)


def _register(flow: Flow, figure: Figure, shown: list[Shown]) -> Iterator[Record | Problem]:
    """What a register shows at the end of an interval."""
    if figure.value is None:
        yield Problem(figure.locator, _NO_VALUE, row=False)
        return
    stamp = at(figure.end, flow.series.zone)
    again = flow.again(replace(figure, start=figure.end, duration=0), figure.value)
    if again:
        yield again
        return
    unit = UNITS[flow.series.unit]
    index = flow.scaled(figure.value)
    read = Shown(stamp=stamp, value=index, unit=unit, locator=figure.locator)
    shown.append(read)
    yield meter_reading(flow.series.meter, flow.series.name, read)


def _passed(flow: Flow, shown: Sequence[Shown]) -> Iterator[Item]:
    """What came through a register from each figure to the next; it is derived, so not counted."""
    for found in differences(shown):
        if isinstance(found, Problem):
            yield found
            continue
        start, end = moment(found[0].stamp), moment(found[1].stamp)
        locator = found[1].locator
        if end - start < SHORTEST_DAY:
            # Of the registers of several times of use each would be the total of the day.
            adds = "none" if flow.measure.tou else flow.series.energy
            yield Reading(
                series=replace(flow.series, energy=adds),
                start=at(start, flow.series.zone),
                end=at(end, flow.series.zone),
                value=found[2],
                locator=locator,
                counted=False,
            )
        elif flow.adds_up:
            passed = _total(flow, start, end, found[2], locator)
            yield _of_time(passed, flow.measure.tou) if flow.measure.tou else passed
