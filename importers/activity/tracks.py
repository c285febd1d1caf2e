"""Tracks: positions one after another, each with what was measured at that moment.

A point has `lat` and `lon` in degrees (WGS 84), then as far as the device says it `alt` (m),
`heartRate` (beats a minute), `cadence` (turns or strides a minute), `power` (W), `speed` (m/s),
`distance` since the start (m), `temperature` (°C), `course` (degrees) and `accuracy` (m). The
tracks of several devices and files of one ride stay apart, as sensors of several devices: their
points differ in digits and would stand there two and three times.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from importers.contract import Item, Key, Problem, Sensor
from importers.markup import Element, without_comments
from importers.text import decode, for_key

_POSITION: Final = "http://www.w3.org/2003/01/geo/wgs84_pos#lat_long"
_OURS: Final = "urn:sd:measure:"
_NORTHMOST = 90
_EASTMOST = 180
_ORDER: Final = (
    "alt",
    "heartRate",
    "cadence",
    "power",
    "speed",
    "distance",
    "temperature",
    "course",
    "accuracy",
)

ONLY_TIMES: Final = "points that say nothing but their time are not kept: {}"
_NO_TRACK: Final = "nothing that was done is in this file"
_OPENING: Final = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")

Values = tuple[tuple[str, Decimal | str], ...]


@lru_cache(maxsize=256)
def track_of(device: str) -> Sensor:
    """The sensor of the positions of a device or application, "" where the file names none."""
    return Sensor(name="track", quantity=_POSITION, device=device_key(device))


@lru_cache(maxsize=256)
def moments_of(name: str, device: str) -> Sensor:
    """A sensor of what has several values or a text at a moment: "lap", "workout-event"."""
    return Sensor(name=name, quantity=_OURS + name, device=device_key(device))


def device_key(device: str) -> Key | None:
    """The key of a device by its name."""
    plain = for_key(device)
    return Key(natural=(plain,)) if plain else None


def point(lat: Decimal | None, lon: Decimal | None, more: Mapping[str, Decimal | None]) -> Values:
    """The values of a point; without a position what was measured there.

    Raises ValueError for a position that is not on Earth, half a position, or nothing at all.
    """
    if (lat is None) != (lon is None):
        raise ValueError("the point has half a position")
    here: Values = ()
    if lat is not None and lon is not None:
        if abs(lat) > _NORTHMOST or abs(lon) > _EASTMOST:
            raise ValueError("the position is not on Earth")
        here = (("lat", lat), ("lon", lon))
    found = ((name, more.get(name)) for name in _ORDER)
    values = here + tuple((name, value) for name, value in found if value is not None)
    if not values:
        raise ValueError("the point says nothing but its time")
    return values


def strays(container: Element, known: frozenset[str]) -> Iterator[Problem]:
    """What stands among the points of a container and is none: a damaged point, mostly."""
    if container.text.strip():
        yield Problem(container.locator, "a text stands here among the points")
    for child in container.children:
        if child.name not in known:
            yield Problem(child.locator, "this element is not known, and not kept")


def is_of_root(head: bytes, root: str) -> bool:
    """Whether the first octets of an XML document say that this is its root, in any namespace."""
    text = decode(head).lstrip("\ufeff \r\n\t\0")
    found = _OPENING.search(without_comments(text)) if text.startswith("<") else None
    return found is not None and found[1] == root


def some(items: Iterable[Item]) -> Iterator[Item]:
    """The items of a file; a remark where it has none, so that no file is read without a word."""
    is_empty = True
    for item in items:
        is_empty = False
        yield item
    if is_empty:
        yield Problem("/", _NO_TRACK, row=False)


def rooted(found: Iterable[Element | Problem], root: str) -> Iterator[Element | Problem]:
    """Elements as they come; a Problem at the end of a document that is another, without a word."""
    is_told = False
    for element in found:
        is_told = is_told or isinstance(element, Problem) or element.path == root
        yield element
    if not is_told:
        yield Problem("/", "the document is another than its beginning says, and nothing is read")
