"""Green Button, "Download My Data": the meter readings of North American utilities (NAESB ESPI).

Electricity, gas and water, in the unit the utility gives them in, with their cost and time of use.
Readings of less than a day are series; of a day or more, records. What a register shows is
differenced, never summed. Days are those of the offset and the rules for daylight saving that the
file gives for the usage point. The total that a summary states for a billing period is held
against the readings, where they cover it, and its bill is an invoice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, tzinfo
from typing import BinaryIO
from urllib.parse import urlsplit

from importers.clock import day_found
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Series,
)
from importers.energy.espi_feed import Resource, linked, resources
from importers.energy.espi_items import Flow, Told, items_of, series_of
from importers.energy.espi_reading import Measure, figures, measure
from importers.energy.espi_summary import bill, stated
from importers.energy.espi_time import zone
from importers.energy.meters import meter_point
from importers.energy.sums import Told as Consumed
from importers.energy.sums import checks
from importers.text import decode

_LINK = re.compile(r"<[\w:]*link\b[^>]*\bhref\s*=\s*[\"']([^\"']+)", re.ASCII)
_MADE = re.compile(r"<(?:\w+:)?updated>\s*(\d{4}-\d\d-\d\d)", re.ASCII)
_ENTRY = re.compile(r"<(?:\w+:)?entry\b", re.ASCII)
_SUMMARIES = ("UsageSummary", "ElectricPowerUsageSummary")
_NO_ZONE = "the file does not say the local time of the place: its days are taken to be UTC's"
_NO_METER_READING = "the file does not say which meter reading this belongs to"

Found = Mapping[str, Sequence[Resource]]


class GreenButton:
    format = "green-button"
    title = "Green Button: meter readings (ESPI, XML)"
    domain = "energy"
    extensions = (".xml",)
    version = "3"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the namespace of ESPI, whatever prefix stands for it."""
        del filename
        return Match(confidence=95) if b"http://naesb.org/espi" in head else None

    def holder(self, head: bytes) -> HolderHint:
        """The utility, or who keeps its data for it, by the host of the first link."""
        found = _LINK.search(decode(head))
        try:
            host = urlsplit(found.group(1)).hostname if found else None
        except ValueError:
            host = None
        if not host or not re.fullmatch(r"[a-z0-9.-]+", host):
            return HolderHint(iri="urn:sd:holder:utility", name="utility", sector="energy")
        return HolderHint(iri=f"https://{host}/", name=host, sector="energy")

    def made(self, head: bytes) -> date | None:
        """`updated` of the feed; those of its entries are when they were changed."""
        return day_found(_MADE, _ENTRY.split(decode(head))[0])

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """An item for each IntervalReading; beside them meters, and what summaries state."""
        del options
        found: dict[str, list[Resource]] = {}
        for resource in resources(export):
            if isinstance(resource, Problem):
                yield resource
            else:
                found.setdefault(resource.kind, []).append(resource)
        places = [*_places(found)]
        items = tuple(_readings(found, places))
        yield from (place.problem for place in places if place.problem)
        yield from items
        consumed = Consumed.of(items if any(map(found.get, _SUMMARIES)) else ())
        for kind in _SUMMARIES:
            for summary in found.get(kind, ()):
                place = _place(summary, places)
                yield stated(summary, place.meter, place.zone, consumed)
                yield from bill(summary, place.meter, place.zone)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The total that a summary states for a period against the readings in it."""
        return checks(items)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A usage point, the key of its meter, and its local time; `problem` is what is wrong there."""

    point: Resource | None
    meter: Key
    zone: tzinfo
    problem: Problem | None


def _places(found: Found) -> Iterator[_Place]:
    """Every usage point of a file; one without an address where the file has none."""
    points = found.get("UsagePoint", ())
    times = found.get("LocalTimeParameters", ())
    for point in points or (None,):
        parameters = linked(point, times) if point else next(iter(times), None)
        where, problem = _zone(parameters)
        locator = point.locator if point else "/feed"
        yield _Place(
            point=point,
            meter=Key(stable=point.name if point and point.name else "usage-point"),
            zone=where,
            problem=Problem(locator, problem, row=False) if problem else None,
        )


def _zone(parameters: Resource | None) -> tuple[tzinfo, str]:
    """The local time that the parameters tell, and what is wrong if they tell none."""
    if parameters is None:
        return UTC, _NO_ZONE
    names = ("tzOffset", "dstOffset", "dstStartRule", "dstEndRule")
    try:
        return zone(*(parameters.get(name) for name in names)), ""
    except ValueError:
        return UTC, _NO_ZONE


def _place(resource: Resource, places: Sequence[_Place]) -> _Place:
    """The place a resource is linked to, or else the first one."""
    point = linked(resource, [place.point for place in places if place.point])
    return next((place for place in places if place.point is point), places[0])


def _readings(found: Found, places: Sequence[_Place]) -> Iterator[Item]:
    """The items of every meter reading, in the order of the file."""
    kinds = found.get("ReadingType", ())
    # The first files, of 2012, have neither meter readings nor links: all of them is of one kind.
    meter_readings = found.get("MeterReading") or (kinds if len(kinds) == 1 else ())
    blocks: dict[str, list[Resource]] = {}
    for block in found.get("IntervalBlock", ()):
        owner = linked(block, meter_readings)
        if owner is None:
            yield from (Problem(i.locator, _NO_METER_READING) for i in block.intervals)
        else:
            blocks.setdefault(owner.locator, []).append(block)
    known: list[_Kind] = []
    for reading in meter_readings:
        place, mine = _place(reading, places), blocks.get(reading.locator, ())
        try:
            kind = measure(linked(reading, kinds), place.point)
        except ValueError as error:
            for figure in figures(mine, None):
                wrong = figure if isinstance(figure, Problem) else None
                yield wrong or Problem(figure.locator, str(error))
        else:
            known.append(_Kind(place, kind, mine, reading.locator))
    yield from _of_kinds(known)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A meter reading: of what place, what its figures are, and where they stand."""

    place: _Place
    measure: Measure
    blocks: Sequence[Resource]
    locator: str

    @property
    def series(self) -> Series:
        return series_of(self.place.meter, self.measure, self.place.zone)


def _of_kinds(known: Sequence[_Kind]) -> Iterator[Item]:
    told: Told = {}
    meters: set[Key] = set()
    whole = {(one.series, one.measure.is_register) for one in known if not one.measure.tou}
    for one in known:
        place, kind = one.place, one.measure
        if place.meter not in meters:
            meters.add(place.meter)
            locator = place.point.locator if place.point else one.locator
            yield meter_point(place.meter, kind.commodity, locator)
        plain = replace(kind, tou="")
        part = bool(kind.tou) and (
            (series_of(place.meter, plain, place.zone), kind.is_register) in whole
        )
        series = series_of(place.meter, kind, place.zone, part=part)
        flow = Flow(measure=kind, series=series, told=told, part=part)
        yield from items_of(flow, figures(one.blocks, kind))
