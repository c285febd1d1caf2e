"""Where something is, in degrees (WGS 84), as holders of positions write it."""

import re
from decimal import Decimal
from typing import Final

from importers.contract import Iri
from importers.document import Element
from importers.units import plain

Place = tuple[Decimal, Decimal]
"""Latitude and longitude."""

_E7: Final = Decimal(10) ** -7
_NORTHMOST: Final = 90
_EASTMOST: Final = 180
_WRAP: Final = 1 << 32
_WHOLE: Final = re.compile(r"-?[0-9]{1,11}", re.ASCII)
_NUMBER: Final = r"\s*([-+]?[0-9]{1,3}(?:\.[0-9]{1,18})?)\s*"
_DEGREES: Final = re.compile(f"{_NUMBER}°?,{_NUMBER}°?", re.ASCII)
_GEO: Final = re.compile(f"geo:{_NUMBER},{_NUMBER}", re.ASCII)


def e7(element: Element, latitude: str, longitude: str) -> Place | None:
    """A position in ten millionths of a degree, at two paths; None where neither is there.

    Some of them went over the end of 32 bits and came out on the other side (Google). Raises
    ValueError for half a position, and for one that is not on Earth.
    """
    if element.get(latitude) is None and element.get(longitude) is None:
        return None
    lat, lon = _unwrapped(element, latitude), _unwrapped(element, longitude)
    return on_earth(lat, lon)


def _unwrapped(element: Element, path: str) -> Decimal:
    text = element.text(path)
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"`{path}` is missing or is no whole number")
    value = int(text)
    if value * _E7 > _EASTMOST:
        value -= _WRAP
    return value * _E7


def degrees(text: str) -> Place:
    """`50.05°, 14.34°`, as Android writes it, or `geo:50.05,14.34` (RFC 5870), as on an iPhone.

    Raises ValueError for anything else.
    """
    found = (_GEO if text.startswith("geo:") else _DEGREES).fullmatch(text)
    if found is None:
        raise ValueError("this is not a position in degrees")
    return on_earth(Decimal(found[1]), Decimal(found[2]))


def degrees_or_none(text: str) -> Place | None:
    """The same, None for an empty text."""
    return degrees(text) if text else None


def on_earth(lat: Decimal, lon: Decimal) -> Place:
    """Raises ValueError for a position that is not on Earth."""
    if abs(lat) > _NORTHMOST or abs(lon) > _EASTMOST:
        raise ValueError("the position is not on Earth")
    return plain(lat) + 0, plain(lon) + 0  # no -0


def geo_iri(place: Place) -> Iri:
    """The IRI of a position: `geo:50.05,14.34` (RFC 5870)."""
    return Iri(f"geo:{place[0]:f},{place[1]:f}")
