"""What the figures of a Green Button file are: how much of what, over which time, at what cost.

The codes are those of the ESPI schema (NAESB REQ.21). A figure is its value times ten to the
power of the multiplier, in the unit of its ReadingType; a cost is in hundred-thousandths of the
currency.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from importers.contract import Problem
from importers.energy.espi_feed import Interval, Resource
from importers.units import (
    BTU,
    CUBIC_FOOT,
    CUBIC_METRE,
    JOULE,
    LITRE,
    THERM,
    UK_GALLON,
    US_GALLON,
    WATT,
    WATT_HOUR,
    Unit,
    plain,
)

_UNITS = {
    "31": JOULE,
    "38": WATT,
    "72": WATT_HOUR,
    "42": CUBIC_METRE,
    "119": CUBIC_FOOT,
    "128": US_GALLON,
    "130": UK_GALLON,
    "132": BTU,
    "134": LITRE,
    "169": THERM,
}
# AccumulationBehaviour: 1 "bulk quantity" and 3 "cumulative" are what a register shows; 4 is
# "delta data". Power is also given as 6 "indicating" and 12 "instantaneous".
_REGISTERS = frozenset({"1", "3"})
_DELTAS = {WATT.name: frozenset({"", "0", "4", "6", "12"})}
_DELTA = frozenset({"", "0", "4"})
# FlowDirection: 1 "forward" is delivered to the customer, 19 "reverse" received from her; 4 "net"
# and 20 "total" are made of both.
_FLOWS = {"": "in", "0": "in", "1": "in", "19": "out", "4": "net", "20": "total"}
_COMMODITIES = {"1": "electricity", "2": "electricity", "7": "gas", "9": "water"}
_SERVICES = {"0": "electricity", "1": "gas", "2": "water", "4": "heat"}
_QUALITIES = {
    **dict.fromkeys(("0", "17", "18", "19"), "measured"),
    **dict.fromkeys(("8", "9", "11", "12"), "estimated"),
    "7": "corrected",
}
# ISO 4217, the currencies of the countries that have Green Button or its like.
CURRENCIES = {"840": "USD", "124": "CAD", "978": "EUR", "826": "GBP", "36": "AUD", "036": "AUD"}

# "The amount of the bill […] in hundred-thousandths of the currency", and so is a cost.
COST = Decimal("0.00001")
_SECONDS = re.compile(r"(\d{1,10})(?:\.0+)?", re.ASCII)
_FIGURE = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_LAST_MOMENT = 4_102_444_800  # the first second of 2100
_LONGEST = 400 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a ReadingType says: unit, size of a figure, way of the flow, and the rest.

    `tou` is the number of the time of use that its readings are for, "" where it is for all times.
    """

    unit: Unit
    power_of_ten: int
    is_register: bool
    flow: str
    commodity: str
    length: int | None
    currency: str | None
    tou: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An interval that was read. `value` is as it stands, without the multiplier; None is a gap.

    `tou` is the number of its time of use, 1 and more, as the utility numbers its tariff's times.
    """

    start: int
    duration: int
    value: Decimal | None
    cost: Decimal | None
    quality: str | None
    tou: str
    locator: str

    @property
    def end(self) -> int:
        return self.start + self.duration


def measure(kind: Resource | None, point: Resource | None) -> Measure:
    """What the readings of a ReadingType at a usage point are. Raises ValueError."""
    if kind is None:
        raise ValueError("the file does not say what the readings of this meter are")
    unit = unit_of(kind.get("uom"))
    behaviour, flow = kind.get("accumulationBehaviour"), kind.get("flowDirection")
    register = behaviour in _REGISTERS
    if not register and behaviour not in _DELTAS.get(unit.name, _DELTA):
        raise ValueError(
            f"readings with the accumulation behaviour {behaviour[:9]} are not imported"
        )
    if flow not in _FLOWS:
        raise ValueError(f"readings with the flow direction {flow[:9]} are not imported")
    service = _SERVICES.get(point.get("ServiceCategory/kind")) if point else None
    usual = "electricity" if unit in (WATT, WATT_HOUR) else "gas"
    length = kind.get("intervalLength")
    return Measure(
        unit=unit,
        power_of_ten=power_of_ten(kind.get("powerOfTenMultiplier")),
        is_register=register,
        flow=_FLOWS[flow],
        commodity=service or _COMMODITIES.get(kind.get("commodity")) or usual,
        length=int(length) if re.fullmatch(r"[1-9]\d{0,7}", length) else None,
        currency=CURRENCIES.get(kind.get("currency")),
        tou=_tou(kind.get("tou")),
    )


def unit_of(code: str) -> Unit:
    """The unit of a UnitSymbol. Raises ValueError for one that is not imported."""
    if not code:
        raise ValueError("the file does not say in what unit the readings are")
    unit = _UNITS.get(code)
    if unit is None:
        raise ValueError(f"readings in the unit {code[:9]} are not imported")
    return unit


def power_of_ten(text: str) -> int:
    """A multiplier, 0 where there is none. Raises ValueError."""
    if not re.fullmatch(r"-?\d{0,2}", text, re.ASCII) or text == "-":
        raise ValueError("the power of ten of the readings is no number")
    return int(text or "0")


def figures(blocks: Sequence[Resource], kind: Measure | None) -> Iterator[Figure | Problem]:
    """The intervals of the blocks of one meter reading, those without a usable period told of."""
    read = [_figure(i, block, n, kind) for block in blocks for n, i in enumerate(block.intervals)]
    said: dict[int, set[tuple[int, Decimal | None]]] = {}
    for one in read:
        if isinstance(one, Figure):
            said.setdefault(one.start, set()).add((one.duration, one.value))
    rows = Counter(one.start for one in read if isinstance(one, Figure))
    for one in read:
        if isinstance(one, Problem) or len(said[one.start]) == 1:
            yield one
        else:
            shared = f"{rows[one.start]} readings that differ share one start"
            yield Problem(one.locator, f"no usable period: {shared}")


def _figure(
    interval: Interval, block: Resource, place: int, kind: Measure | None
) -> Figure | Problem:
    try:
        duration = _duration(interval, kind)
        start = _start(interval, block, place * duration)
        cost = _number(interval.cost)
        if cost is not None:
            cost = plain(cost.scaleb(power_of_ten(interval.multiplier)) * COST)
        return Figure(
            start=start,
            duration=duration,
            value=_number(interval.value),
            cost=cost,
            quality=_QUALITIES.get(interval.quality),
            tou=_tou(interval.tou) or (kind.tou if kind else ""),
            locator=interval.locator,
        )
    except ValueError as error:
        return Problem(interval.locator, str(error))


def _tou(text: str) -> str:
    """The number of a time of use; "" for 0, which is all times, and for what is no number."""
    return text.lstrip("0") if re.fullmatch(r"\d{1,3}", text, re.ASCII) else ""


def _duration(interval: Interval, kind: Measure | None) -> int:
    """In seconds: that of the interval, else the one of its ReadingType.

    What a register shows at an instant may have none.
    """
    length = kind.length if kind else None
    duration = _seconds(interval.duration) if interval.duration else length
    if duration is None or duration > _LONGEST or not (duration or (kind and kind.is_register)):
        raise ValueError("no usable period: it says no duration")
    return duration


def _start(interval: Interval, block: Resource, behind: int) -> int:
    """The moment an interval begins.

    Without a timePeriod it follows on the one before, `behind` seconds from the start of the block.
    """
    start = _seconds(interval.start or block.get("interval/start"))
    if start >= _LAST_MOMENT:
        raise ValueError("no usable period: it lies beyond this century")
    return start if interval.start else start + behind


def _seconds(text: str) -> int:
    found = _SECONDS.fullmatch(text)
    if found is None:
        raise ValueError("no usable period: its times are not whole seconds")
    return int(found[1])


def _number(text: str) -> Decimal | None:
    if text and not _FIGURE.fullmatch(text):
        raise ValueError("the figure of this reading is no number")
    return Decimal(text) if text else None
