"""Journeys and stays as records, the same from every format.

The key of a journey or a stay is the moment at which it began, in UTC: the next export has it at
the same moment, whatever the holder then makes of it. Its civil date is that of its own offset
where the export says one; of a time in UTC it is the date in Paris.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.clock import civil_date
from importers.contract import Code, Iri, Key, Record, Value
from importers.mobility.places import Place, geo_iri
from importers.text import for_key
from importers.units import plain

_BACKWARDS: Final = "it ends before it begins"
# What holders call the ways in which people move, without blanks, hyphens and case.
_NATURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "walking": "walk",
        "onfoot": "walk",
        "hiking": "walk",
        "cycling": "bike",
        "onbicycle": "bike",
        "inpassengervehicle": "car",
        "invehicle": "car",
        "driving": "car",
        "intaxi": "car",
        "inbus": "bus",
        "intrain": "train",
        "insubway": "metro",
        "intram": "tram",
        "flying": "plane",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A way of the person from a place to another; what the holder does not say is None or "".

    `way` is the holder's word for how it was done, `nature` our code where the word is none of
    those that are known. `kilometres` and `total` are as the holder states them, `total` in
    `currency`. `confidence` is from 0 to 1. `is_derived` says that the holder made it out of
    positions. `key` tells it from others of its day, where not its moment and origin do.
    """

    start: datetime
    locator: str
    end: datetime | None = None
    origin: Place | None = None
    target: Place | None = None
    origin_name: str = ""
    target_name: str = ""
    way: str = ""
    nature: str = ""
    kilometres: Decimal | None = None
    total: Decimal | None = None
    currency: str = ""
    confidence: Decimal | None = None
    is_derived: bool = False
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """That the person, or what is hers, was at a place from a moment to another.

    `name` and `address` are those of the place, `page` an address at which it is shown, `label`
    the holder's word for what it is to the person ("HOME"). `level` tells a place from the larger
    one in which it lies. `nature` is a code.
    """

    start: datetime
    place: Place
    locator: str
    end: datetime | None = None
    name: str = ""
    address: str = ""
    page: str = ""
    label: str = ""
    level: str = ""
    nature: str = ""
    confidence: Decimal | None = None


def nature_of(way: str) -> str:
    """Our code for a holder's word for how somebody moved, "" where there is none."""
    return _NATURES.get("".join(filter(str.isalpha, way)).casefold(), "")


def journey_of(journey: Journey) -> Record:
    """The record of a journey. Raises ValueError where it ends before it begins."""
    nature = journey.nature or nature_of(journey.way)
    said: tuple[tuple[str, Value | None], ...] = (
        ("sd:date", day_of(journey.start)),
        ("schema:departureTime", journey.start),
        ("schema:arrivalTime", journey.end),
        ("schema:fromLocation", geo_iri(journey.origin) if journey.origin else None),
        ("schema:toLocation", geo_iri(journey.target) if journey.target else None),
        ("sd:fromName", journey.origin_name or None),
        ("sd:toName", journey.target_name or None),
        ("sd:nature", Code(nature) if nature else None),
        ("sd:sourceLabel", journey.way or None),
        ("sd:distance", None if journey.kilometres is None else plain(journey.kilometres)),
        ("sd:durationSeconds", _seconds(journey.start, journey.end)),
        ("sd:total", journey.total),
        ("sd:currency", journey.currency or None),
        ("sd:confidence", journey.confidence),
        ("sd:dataOrigin", Code("derived") if journey.is_derived else None),
    )
    natural = (_moment(journey.start), for_key(journey.origin_name))
    return Record(
        kind="Trip",
        key=Key(natural=journey.key or natural),
        fields=tuple(_present(said)),
        on=day_of(journey.start),
        locator=journey.locator,
    )


def stay_of(stay: Stay) -> Record:
    """The record of a stay. Raises ValueError where it ends before it begins."""
    said: tuple[tuple[str, Value | None], ...] = (
        ("sd:date", day_of(stay.start)),
        ("schema:startTime", stay.start),
        ("schema:endTime", stay.end),
        ("geo:lat", stay.place[0]),
        ("geo:long", stay.place[1]),
        ("schema:name", stay.name or None),
        ("schema:address", stay.address or None),
        ("schema:location", Iri(stay.page) if stay.page else None),
        ("sd:nature", Code(stay.nature) if stay.nature else None),
        ("sd:sourceLabel", stay.label or None),
        ("sd:durationSeconds", _seconds(stay.start, stay.end)),
        ("sd:confidence", stay.confidence),
        ("sd:dataOrigin", Code("derived")),
    )
    return Record(
        kind="Position",
        key=Key(natural=(_moment(stay.start), stay.nature or "stay", stay.level)),
        fields=tuple(_present(said)),
        on=day_of(stay.start),
        locator=stay.locator,
    )


def day_of(moment: datetime) -> date:
    """The civil date of a moment: by its own offset, or in Paris where it is in UTC."""
    return moment.date() if moment.utcoffset() else civil_date(moment)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _seconds(start: datetime, end: datetime | None) -> int | None:
    if end is None:
        return None
    if end < start:
        raise ValueError(_BACKWARDS)
    return round((end - start).total_seconds())


def _present(said: tuple[tuple[str, Value | None], ...]) -> Iterator[tuple[str, Value]]:
    return ((name, value) for name, value in said if value is not None)
