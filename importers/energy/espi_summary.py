"""What a Green Button summary states of a billing period, against the readings in it."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from decimal import Decimal

from importers.contract import Code, Key, Problem, Record, Ref, Stated, Value
from importers.energy.espi_feed import Resource
from importers.energy.espi_reading import COST, CURRENCIES, power_of_ten, unit_of
from importers.energy.sums import Stretch, Told
from importers.series import at
from importers.units import measured, plain

_CONSUMED = "overallConsumptionLastPeriod"
_NOTHING_STATED = "this summary states no consumption of a billing period"
_NOT_COVERED = "the readings do not cover the billing period of this summary: it is not compared"
_FIGURE = re.compile(r"-?\d{1,15}", re.ASCII)
_SECONDS = re.compile(r"\d{1,10}", re.ASCII)
_LAST_MOMENT = 4_102_444_800  # the first second of 2100


def stated(summary: Resource, meter: Key, zone: tzinfo, told: Told) -> Stated | Problem:
    """The consumption that a summary states, where readings of the file can be held to it."""
    try:
        start = _seconds(summary.get("billingPeriod/start"))
        end = start + _seconds(summary.get("billingPeriod/duration"))
        name, value = _consumption(summary)
    except ValueError:
        return Problem(summary.locator, _NOTHING_STATED, row=False)
    stretch = Stretch(meter=meter, name=name, start=start, end=end)
    if end > _LAST_MOMENT or not stretch.parts(told):
        return Problem(summary.locator, _NOT_COVERED, row=False)
    return stretch.stated(value, zone, summary.locator)


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
