"""What came through a water meter, month by month: Green Button (NAESB ESPI in an Atom feed)."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Final

from pod.people.events_besides import WaterReading
from pod.people.everyday import at
from pod.people.files.written import HOLDERS, HolderFile
from pod.people.holidays import DAY

_BASE: Final = HOLDERS["water"] + "espi/1_1/resource/"
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:espi="http://naesb.org/espi">\n'
)
# LocalTimeParameters: an hour from UTC, and one more from the last Sunday of March at two to that
# of October at three, as a rule in hex says each.
_TIME: Final = (
    "<espi:LocalTimeParameters><espi:dstEndRule>AE0E3000</espi:dstEndRule>"
    "<espi:dstOffset>3600</espi:dstOffset><espi:dstStartRule>3E0E2000</espi:dstStartRule>"
    "<espi:tzOffset>3600</espi:tzOffset></espi:LocalTimeParameters>"
)
# In m³ (42), as the difference of two readings (4), delivered (1).
_KIND: Final = (
    "<espi:ReadingType><espi:accumulationBehaviour>4</espi:accumulationBehaviour>"
    "<espi:commodity>9</espi:commodity><espi:flowDirection>1</espi:flowDirection>"
    "<espi:powerOfTenMultiplier>0</espi:powerOfTenMultiplier><espi:uom>42</espi:uom>"
    "</espi:ReadingType>"
)
_POINT: Final = (
    "<espi:UsagePoint><espi:ServiceCategory><espi:kind>2</espi:kind></espi:ServiceCategory>"
    "</espi:UsagePoint>"
)


def water_readings(readings: tuple[WaterReading, ...]) -> Iterator[HolderFile]:
    """The readings of each meter, a file for each."""
    for meter, group in groupby(readings, key=lambda one: one.meter):
        several = list(group)
        yield HolderFile(
            path=f"eau/releves-{meter}.xml",
            media_type="application/atom+xml",
            holder=HOLDERS["water"],
            title="readings of the water meter (Green Button)",
            format="green-button",
            content=_feed(meter, several).encode(),
            rows=len(several),
            places={one.id: one.first.isoformat() for one in several},
        )


def _feed(meter: str, readings: list[WaterReading]) -> str:
    customer, _, number = meter.partition("-")
    point = f"RetailCustomer/{customer}/UsagePoint/{number}"
    reading = f"{point}/MeterReading/1"
    first, last = readings[0].first, readings[-1].last
    block = "".join(
        (
            f"<espi:IntervalBlock><espi:interval>{_period(first, last)}</espi:interval>\n",
            *map(_interval, readings),
            "</espi:IntervalBlock>",
        )
    )
    return "".join(
        (
            _HEAD,
            _entry(point, _POINT, f"{point}/MeterReading", "LocalTimeParameters/1"),
            _entry("LocalTimeParameters/1", _TIME),
            _entry(reading, "<espi:MeterReading/>", f"{reading}/IntervalBlock", "ReadingType/1"),
            _entry("ReadingType/1", _KIND),
            _entry(f"{reading}/IntervalBlock/1", block, up=f"{reading}/IntervalBlock"),
            "</feed>\n",
        )
    )


def _entry(here: str, content: str, *related: str, up: str = "") -> str:
    links = [("self", here), ("up", up or here.rpartition("/")[0])]
    links += [("related", one) for one in related]
    said = "".join(f'<link rel="{name}" href="{_BASE}{href}"/>' for name, href in links)
    return f"<entry>{said}<content>{content}</content></entry>\n"


def _interval(one: WaterReading) -> str:
    return (
        f"<espi:IntervalReading><espi:timePeriod>{_period(one.first, one.last)}</espi:timePeriod>"
        f"<espi:value>{one.volume}</espi:value></espi:IntervalReading>\n"
    )


def _period(first: date, last: date) -> str:
    begin, end = (int(at(day, 0).timestamp()) for day in (first, last + DAY))
    return f"<espi:duration>{end - begin}</espi:duration><espi:start>{begin}</espi:start>"
