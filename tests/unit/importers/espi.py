"""Green Button feeds in a few words, and what is read of them."""

import io
from datetime import UTC, datetime

from importers.contract import Options, Problem, Record
from importers.energy.green_button import GreenButton

BASE = "https://utility.example/espi/1_1/resource/"
POINT = "RetailCustomer/3/UsagePoint/1"
JANUARY = int(datetime(2024, 1, 1, 8, tzinfo=UTC).timestamp())  # midnight in California
HOUR = 3600
DAY = 86_400
TIME = {
    "tzOffset": -28800,
    "dstOffset": 3600,
    "dstStartRule": "360E2000",
    "dstEndRule": "B40E2000",
}


def element(name, **parts):
    return f"<e:{name}>" + "".join(f"<e:{k}>{v}</e:{k}>" for k, v in parts.items()) + f"</e:{name}>"


def entry(content, self=None, up=None, related=()):
    links = [("self", self), ("up", up), *(("related", href) for href in related)]
    found = "".join(f'<link rel="{r}" href="{BASE}{h}"/>' for r, h in links if h)
    return f"<entry><id>urn:uuid:same</id>{found}<content>{content}</content></entry>"


def feed(
    *entries, root='<feed xmlns="http://www.w3.org/2005/Atom" xmlns:e="http://naesb.org/espi">'
):
    return f'<?xml version="1.0"?>{root}{"".join(entries)}</feed>'


def point(kind="0", **links):
    return entry(
        element("UsagePoint", ServiceCategory=f"<e:kind>{kind}</e:kind>"), self=POINT, **links
    )


def times(**parts):
    return entry(element("LocalTimeParameters", **(TIME | parts)), self="LocalTimeParameters/1")


def kind(number=1, **parts):
    usual = {"accumulationBehaviour": 4, "flowDirection": 1, "powerOfTenMultiplier": 0, "uom": 72}
    return entry(element("ReadingType", **(usual | parts)), self=f"ReadingType/{number}")


def interval(start, duration, value, more=""):
    period = element("timePeriod", duration=duration, start=start)
    return f"<e:IntervalReading>{more}{period}<e:value>{value}</e:value></e:IntervalReading>"


def block(*intervals, number=1, start=JANUARY):
    content = element("IntervalBlock", interval=f"<e:start>{start}</e:start>")
    content = content.replace("</e:IntervalBlock>", "".join(intervals) + "</e:IntervalBlock>")
    return entry(content, self=f"{POINT}/MeterReading/{number}/IntervalBlock/1")


def meter_reading(number=1):
    here = f"{POINT}/MeterReading/{number}"
    related = (f"ReadingType/{number}", f"{here}/IntervalBlock/1")
    return entry("<e:MeterReading/>", self=here, up=f"{POINT}/MeterReading", related=related)


def house(*intervals, **parts):
    """One meter in California that gives these intervals as one kind of reading."""
    return feed(point(), times(), meter_reading(), kind(**parts), block(*intervals))


def items(text):
    return list(GreenButton().parse(io.BytesIO(text.encode()), Options()))


def of(text, wanted):
    return [item for item in items(text) if isinstance(item, wanted)]


def records(text, name):
    return [item for item in of(text, Record) if item.kind == name]


def messages(text):
    return [(problem.message, problem.row) for problem in of(text, Problem)]
