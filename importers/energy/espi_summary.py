"""What a Green Button summary states of a billing period, against the readings in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal

from importers.contract import (
    Check,
    Code,
    Item,
    Key,
    Problem,
    Reading,
    Record,
    Ref,
    Stated,
    Value,
)
from importers.energy.espi_feed import Resource
from importers.energy.espi_reading import COST, CURRENCIES, power_of_ten, unit_of
from importers.series import at, moment, settle
from importers.units import UNITS, measured, plain

_SAID = {"sd:energy": "energy in kWh", "sd:volume": "volume in m³"}
_CONSUMED = "overallConsumptionLastPeriod"
_NOTHING_STATED = "this summary states no consumption of a billing period"
_NOT_COVERED = "the readings do not cover the billing period of this summary: it is not compared"
_FIGURE = re.compile(r"-?\d{1,15}", re.ASCII)
_SECONDS = re.compile(r"\d{1,10}", re.ASCII)
_LAST_MOMENT = 4_102_444_800  # the first second of 2100


@dataclass(frozen=True, slots=True)
class _Part:
    """What was consumed from one moment to another: a property, and the value of it."""

    start: int
    end: int
    name: str
    value: Decimal


def stated(summary: Resource, meter: Key, zone: tzinfo, items: Sequence[Item]) -> Stated | Problem:
    """The consumption that a summary states, where readings among the items can be held to it."""
    try:
        start = _seconds(summary.get("billingPeriod/start"))
        end = start + _seconds(summary.get("billingPeriod/duration"))
        name, value = _consumption(summary)
    except ValueError:
        return Problem(summary.locator, _NOTHING_STATED, row=False)
    parts = _parts(items, meter, name, start, end)
    if end > _LAST_MOMENT or sum(part.end - part.start for part in parts) != end - start:
        return Problem(summary.locator, _NOT_COVERED, row=False)
    period = f"{at(start, zone).isoformat()}/{at(end, zone).isoformat()}"
    scope = f"{meter.stable} {name} {period}"
    return Stated(name="sum", scope=scope, value=value, locator=summary.locator)


def bill(summary: Resource, meter: Key, zone: tzinfo) -> Iterator[Record]:
    """The invoice of the billing period, where the summary says its amount; it is not counted."""
    amount = summary.get("billLastPeriod")
    currency = CURRENCIES.get(summary.get("currency"))
    try:
        start = _seconds(summary.get("billingPeriod/start"))
        end = start + _seconds(summary.get("billingPeriod/duration"))
    except ValueError:
        return
    if not _FIGURE.fullmatch(amount) or end > _LAST_MOMENT:
        return
    first, day = at(start, zone).date(), at(end, zone).date()
    fields: list[tuple[str, Value]] = [
        ("sd:account", Ref("MeterPoint", meter)),
        ("sd:date", day),
        ("sd:total", plain(Decimal(amount) * COST)),
        ("schema:startDate", first),
        ("schema:endDate", day),
        ("sd:category", Code("energyBills")),
    ]
    if currency:
        fields.append(("sd:currency", currency))
    yield Record(
        kind="Invoice",
        key=Key(stable=f"{meter.stable} {first.isoformat()} {day.isoformat()}"),
        fields=tuple(fields),
        locator=summary.locator,
        on=day,
        counted=False,
    )


def checks(items: Iterable[Item]) -> tuple[Check, ...]:
    """One check for each statement. It holds within one of the last digit that is stated."""
    known = tuple(items)
    return tuple(_check(item, known) for item in known if isinstance(item, Stated))


def _check(statement: Stated, items: Sequence[Item]) -> Check:
    meter, name, period = statement.scope.rsplit(" ", 2)
    start, end = (moment(datetime.fromisoformat(text)) for text in period.split("/"))
    parts = _parts(items, Key(stable=meter), name, start, end)
    got = plain(sum((part.value for part in parts), Decimal(0)))
    last_digit = Decimal(1).scaleb(int(statement.value.as_tuple().exponent))
    return Check(
        name=f"{_SAID[name]} of {period}",
        expected=str(statement.value),
        got=str(got),
        ok=abs(got - statement.value) < last_digit,
    )


def _consumption(summary: Resource) -> tuple[str, Decimal]:
    figure = summary.get(f"{_CONSUMED}/value")
    if not _FIGURE.fullmatch(figure):
        raise ValueError(_NOTHING_STATED)
    power = power_of_ten(summary.get(f"{_CONSUMED}/powerOfTenMultiplier"))
    return measured(unit_of(summary.get(f"{_CONSUMED}/uom")), Decimal(figure).scaleb(power))


def _seconds(text: str) -> int:
    if not _SECONDS.fullmatch(text):
        raise ValueError(_NOTHING_STATED)
    return int(text)


def _parts(items: Iterable[Item], meter: Key, name: str, start: int, end: int) -> list[_Part]:
    """What flowed in at a meter, told in the property of this name, wholly within a period."""
    known = tuple(items)
    found = [*_of_readings(known, meter), *_of_records(known, meter)]
    return [part for part in found if part.name == name and start <= part.start and part.end <= end]


def _of_readings(items: Sequence[Item], meter: Key) -> Iterable[_Part]:
    settled = settle(item for item in items if isinstance(item, Reading))
    for series, points in settled.kept.items():
        if series.meter != meter or series.flow != "in" or series.energy == "none":
            continue
        for start, step, reading in points:
            if reading.value is not None:
                size = step if series.energy == "mean-power" else 1
                name, value = measured(UNITS[series.unit], reading.value * size)
                yield _Part(start, start + step, name, value)


def _of_records(items: Sequence[Item], meter: Key) -> Iterable[_Part]:
    for item in items:
        if isinstance(item, Record) and item.kind == "Consumption" and item.account == meter:
            fields = dict(item.fields)
            start, end = fields["schema:startTime"], fields["schema:endTime"]
            for name in ("sd:energy", "sd:volume"):
                value = fields.get(name)
                if isinstance(value, Decimal) and isinstance(start, datetime):
                    yield _Part(moment(start), moment(end), name, value)  # type: ignore[arg-type]
