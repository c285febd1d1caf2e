"""Meters as Green Button: ESPI in an Atom feed, which programs for energy read.

Format: NAESB REQ.21 (ESPI), "Download My Data". Moments are seconds since 1970 in UTC; a figure is
its value times ten to the power of the multiplier, in the unit of its ReadingType; a cost is in
hundred-thousandths of the currency. What a register showed (indexes) is no interval and not in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from importers.energy.espi_reading import CURRENCIES
from pod.extract.clocks import Clocks, clocks_of
from pod.extract.meters import Course, Interval, Meter

MEDIA_TYPE = "application/atom+xml"
# ServiceKind and CommodityKind.
_SERVICES = {"electricity": ("0", "1"), "gas": ("1", "7"), "water": ("2", "9"), "heat": ("4", "0")}
_OTHER = ("0", "0")
_ENERGY, _VOLUME = "12", "58"  # kind: energy, volume
# Units that the schema knows, with what a value is multiplied by to be in them.
UNITS = {
    "W": ("72", None),
    "W-HR": ("72", Decimal(1)),
    "KiloW-HR": ("72", Decimal(1000)),
    "J": ("31", Decimal(1)),
    "BTU_IT": ("132", Decimal(1)),
    "THERM_US": ("169", Decimal(1)),
    "M3": ("42", Decimal(1)),
    "FT3": ("119", Decimal(1)),
    "L": ("134", Decimal(1)),
    "GAL_US": ("128", Decimal(1)),
    "GAL_UK": ("130", Decimal(1)),
}
_VOLUMES = frozenset({"M3", "FT3", "L", "GAL_US", "GAL_UK"})
_FLOWS = {"in": "1", "out": "19"}
_QUALITIES = {
    "measured": "17",
    "remote": "17",
    "selfread": "17",
    "estimated": "8",
    "corrected": "7",
}
_TIMES_OF_USE = {"peak": "1", "offpeak": "2"}
_NUMBERS = {code: number for number, code in CURRENCIES.items()}
_COST = Decimal(100_000)
_FINEST = -6
_LONGEST_BLOCK = 3000


def green_button(meters: Iterable[Meter], now: datetime) -> bytes:
    """The feed of some meters; `now`, in UTC, is when it is made."""
    entries = (entry for number, meter in enumerate(meters, 1) for entry in _meter(number, meter))
    made = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    whole = "".join(entry.replace("{updated}", made) for entry in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:espi="http://naesb.org/espi">\n'
        f"<id>urn:uuid:{uuid5(NAMESPACE_URL, whole)}</id><title>Green Button</title>"
        f"<updated>{made}</updated>\n{whole}</feed>\n"
    ).encode()


def _meter(number: int, meter: Meter) -> Iterator[str]:
    place, clock = f"UsagePoint/{number}", f"LocalTimeParameters/{number}"
    service, _ = _SERVICES.get(meter.commodity, _OTHER)
    yield _entry(
        place,
        meter.number,
        f"<espi:UsagePoint><espi:ServiceCategory><espi:kind>{service}</espi:kind>"
        "</espi:ServiceCategory></espi:UsagePoint>",
        related=(f"{place}/MeterReading", clock),
    )
    shown = (moment for course in meter.courses for moment in course.shown)
    yield _entry(clock, "", _clock(clocks_of(shown)))
    for at, course in enumerate(meter.courses, 1):
        yield from _course(
            f"{place}/MeterReading/{at}", f"ReadingType/{number}-{at}", course, meter
        )


def _course(place: str, kind: str, course: Course, meter: Meter) -> Iterator[str]:
    figures = [_figure(one, course.unit) for one in course.intervals]
    power = min((_exponent(figure) for figure in figures), default=0)
    related = (kind, f"{place}/IntervalBlock")
    yield _entry(place, course.name, "<espi:MeterReading/>", related=related)
    yield _entry(kind, course.name, _reading_type(course, meter, power))
    pairs = list(zip(course.intervals, figures, strict=True))
    for at in range(0, len(pairs), _LONGEST_BLOCK):
        block = pairs[at : at + _LONGEST_BLOCK]
        yield _entry(f"{place}/IntervalBlock/{at // _LONGEST_BLOCK + 1}", "", _block(block, power))


def _figure(interval: Interval, unit: str) -> Decimal:
    factor = UNITS[unit][1]
    if factor is None:  # a mean power over the interval, which comes to an energy
        return interval.value * interval.seconds / 3600
    return interval.value * factor


def _exponent(figure: Decimal) -> int:
    exponent = figure.normalize().as_tuple().exponent
    return max(min(int(exponent), 0), _FINEST)


def _reading_type(course: Course, meter: Meter, power: int) -> str:
    _, commodity = _SERVICES.get(meter.commodity, _OTHER)
    said = {
        "accumulationBehaviour": "4",  # what was delivered in the interval
        "commodity": commodity,
        "currency": _NUMBERS.get(course.currency, "") if _has_costs(course) else "",
        "dataQualifier": "12",
        "flowDirection": _FLOWS[course.flow],
        "intervalLength": str(course.seconds or ""),
        "kind": _VOLUME if course.unit in _VOLUMES else _ENERGY,
        "powerOfTenMultiplier": str(power),
        "timeAttribute": "0",
        "uom": UNITS[course.unit][0],
    }
    tags = "".join(f"<espi:{name}>{text}</espi:{name}>" for name, text in said.items() if text)
    return f"<espi:ReadingType>{tags}</espi:ReadingType>"


def _block(block: Sequence[tuple[Interval, Decimal]], power: int) -> str:
    first, last = block[0][0], block[-1][0]
    start, end = _epoch(first.start), _epoch(last.start) + last.seconds
    readings = "".join(f"{_reading(one, figure, power)}\n" for one, figure in block)
    return (
        f"<espi:IntervalBlock><espi:interval><espi:duration>{end - start}</espi:duration>"
        f"<espi:start>{start}</espi:start></espi:interval>\n{readings}</espi:IntervalBlock>"
    )


def _reading(one: Interval, figure: Decimal, power: int) -> str:
    quality, tou = _QUALITIES.get(one.quality), _TIMES_OF_USE.get(one.tariff)
    cost = "" if one.cost is None else f"<espi:cost>{int(one.cost * _COST)}</espi:cost>"
    said = (
        f"<espi:ReadingQuality><espi:quality>{quality}</espi:quality></espi:ReadingQuality>"
        if quality
        else ""
    )
    times = f"<espi:tou>{tou}</espi:tou>" if tou else ""
    return (
        f"<espi:IntervalReading>{cost}{said}"
        f"<espi:timePeriod><espi:duration>{one.seconds}</espi:duration>"
        f"<espi:start>{_epoch(one.start)}</espi:start></espi:timePeriod>"
        f"<espi:value>{round(figure.scaleb(-power))}</espi:value>{times}</espi:IntervalReading>"
    )


def _has_costs(course: Course) -> bool:
    return any(one.cost is not None for one in course.intervals)


def _clock(clocks: Clocks) -> str:
    """How the clocks of the place go (LocalTimeParameters)."""
    return (
        f"<espi:LocalTimeParameters><espi:dstEndRule>{clocks.end}</espi:dstEndRule>"
        f"<espi:dstOffset>3600</espi:dstOffset><espi:dstStartRule>{clocks.start}</espi:dstStartRule>"
        f"<espi:tzOffset>{clocks.offset}</espi:tzOffset></espi:LocalTimeParameters>"
    )


def _entry(place: str, title: str, content: str, related: Sequence[str] = ()) -> str:
    links = [("self", place), ("up", place.rpartition("/")[0]), *(("related", r) for r in related)]
    said = "".join(f"<link rel={quoteattr(rel)} href={quoteattr(href)}/>" for rel, href in links)
    return (
        f"<entry><id>urn:uuid:{uuid5(NAMESPACE_URL, place + title)}</id>{said}"
        f"<title>{escape(title)}</title><content>{content}</content>"
        "<updated>{updated}</updated></entry>\n"
    )


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())
