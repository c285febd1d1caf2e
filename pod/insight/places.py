"""Places on Earth where records were, put together where they are about the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

PLACED: Final = frozenset({"Trip", "Position", "Communication"})
"""The classes, by their local names, whose records say where they were."""
_GEO: Final = re.compile(r"geo:(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?:[,;].*)?", re.ASCII)
_PLACES: Final = 3  # decimal places of a degree: a hundred metres


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place (WGS 84, degrees), what it is called ("" where nothing says), and how often."""

    latitude: float
    longitude: float
    name: str
    count: int


def read_geo(uri: str) -> tuple[float, float] | None:
    """Latitude and longitude of a `geo:` URI (RFC 5870); None where it is none."""
    found = _GEO.fullmatch(uri)
    return _on_earth(float(found[1]), float(found[2])) if found else None


def _on_earth(latitude: float, longitude: float) -> tuple[float, float] | None:
    is_one = abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if is_one else None


def together(found: Iterable[Place]) -> tuple[Place, ...]:
    """Places that are within about a hundred metres as one, those that come most often first."""
    merged: dict[tuple[float, float], Place] = {}
    for one in found:
        if _on_earth(one.latitude, one.longitude) is None:
            continue
        spot = round(one.latitude, _PLACES), round(one.longitude, _PLACES)
        known = merged.get(spot)
        merged[spot] = Place(
            latitude=spot[0],
            longitude=spot[1],
            name=(known.name if known and known.name else one.name),
            count=one.count + (known.count if known else 0),
        )
    return tuple(sorted(merged.values(), key=lambda one: (-one.count, one.latitude)))
