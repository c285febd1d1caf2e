"""What the exports of energy and water have in common: a meter, and what came through it."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from importers.contract import Code, Key, Problem, Reading, Record, Ref, Series, Value
from importers.series import at, moment
from importers.totals import Period, total
from importers.units import UNITS, Unit, measured

# A day has 23 hours when the clocks go forward; what is shorter is part of a series.
SHORTEST_DAY = 23 * 3600
NO_VALUE = "the row has no value: a gap is left there"
OFF_STEP = "the time is not at the end of a whole step"
_NAMES = {"mean-power": "load", "energy": "energy", "volume": "volume"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What a row says of [start, end); of two rows of one interval that of higher `priority` holds.

    `value` is in the unit of the series, and None is a gap.
    """

    start: datetime
    end: datetime
    value: Decimal | None
    locator: str
    quality: str | None = None
    priority: int = 0


def meter_point(meter: Key, commodity: str, locator: str) -> Record:
    """The record of a meter, which stands beside the rows and is not counted."""
    return Record(
        kind="MeterPoint",
        key=meter,
        fields=(
            ("sd:recordId", meter.stable or ""),
            ("sd:commodity", Code(commodity)),
        ),
        locator=locator,
        counted=False,
    )


def series_of(meter: Key, commodity: str, unit: Unit, flow: str = "in") -> Series:
    """The series of what flows in, or out, in a unit; its days are those of France."""
    name = _NAMES[unit.energy]
    return Series(
        name=name if flow == "in" else f"{name}-{flow}",
        meter=meter,
        commodity=commodity,
        quantity=unit.quantity,
        unit=unit.name,
        energy=unit.energy,
        flow=flow,
    )


def item(series: Series, interval: Interval) -> Reading | Record | Problem:
    """A row of less than a day as a reading, of a day or more as a record.

    Where a row of a day or more has no value, there is a remark.
    """
    start, end = moment(interval.start), moment(interval.end)
    if end - start < SHORTEST_DAY:
        return Reading(
            series=series,
            start=at(start, series.zone),
            end=at(end, series.zone),
            value=interval.value,
            locator=interval.locator,
            quality=interval.quality if interval.value is not None else None,
            priority=interval.priority,
        )
    if interval.value is None:
        return Problem(interval.locator, NO_VALUE, row=False)
    size = interval.value * (end - start if series.energy == "mean-power" else 1)
    more: list[tuple[str, Value]] = [measured(UNITS[series.unit], size)]
    if interval.quality:
        more.append(("sd:quality", Code(interval.quality)))
    period = Period.between(at(start, series.zone), at(end, series.zone))
    return replace(total(series, period, more, interval.locator), counted=True)


def account_of(meter: Key) -> tuple[str, Value]:
    """The field by which a record hangs on its meter."""
    return ("sd:account", Ref("MeterPoint", meter))
