"""GPX 1.0 and 1.1: tracks and waypoints (.gpx), as GPS devices and nearly all applications write.

Format: https://www.topografix.com/GPX/1/1. A point of a track that says its time is a sample; a
track with such points is a workout from its first to its last. The format states no distance, no
duration without pauses and no energy, and none is made up. A point without a time is not kept and
told, and so is a route, which is a plan. Heart rate, cadence, power and temperature come from
extensions of any namespace (Garmin's TrackPointExtension and others). Waypoints with a time are
samples by their name. A route of Apple Health belongs to a workout of its export.xml, so it is no
workout once more. Not kept: symbols, comments, links, precision, the number of satellites.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.activity.figures import figure
from importers.activity.packed import begun, head_of
from importers.activity.recorders import BEGINNING, is_of_apple, recorder
from importers.activity.tracks import (
    is_of_root,
    moments_of,
    point,
    rooted,
    some,
    strays,
    track_of,
)
from importers.activity.workout import Workout, record_of
from importers.clock import instant, wall_time
from importers.contract import Check, HolderHint, Item, Match, Options, Problem, Sample
from importers.markup import Element, elements
from importers.rows import convert

_POINT: Final = "/gpx/trk/trkseg/trkpt"
_SEGMENT: Final = "/gpx/trk/trkseg"
_TRACK: Final = "/gpx/trk"
_ROUTE: Final = "/gpx/rte"
_WAYPOINT: Final = "/gpx/wpt"
_FILE: Final = "/gpx"
_PATHS: Final = frozenset({_POINT, _SEGMENT, _TRACK, _ROUTE, _WAYPOINT, _FILE})
_BESIDE: Final = frozenset(
    {"metadata", "extensions", "time", "bounds", "name", "desc", "author", "email"}
    | {"url", "urlname", "keywords"}
)
_DEVICE: Final = "GPX"
# Elements of a point and of its extensions, for each of our names; the first that is there.
_MORE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "alt": ("ele",),
        "heartRate": ("hr", "heartrate"),
        "cadence": ("cad", "cadence"),
        "power": ("power", "PowerInWatts"),
        "temperature": ("atemp", "temp"),
        "speed": ("speed",),
        "course": ("course",),
        "distance": ("distance",),
    }
)
# The schema of GPX 1.1 of `time`: "Date and time in are in Univeral Coordinated Time (UTC)".
_OFFSET: Final = re.compile(r"(?:[Zz]|[+-]\d{2}:?\d{2})\s*$", re.ASCII)
_NO_TIME: Final = "this point says no time, and is not kept"


class Gpx:
    """GPX files of any application."""

    format = "gpx"
    title = "GPX: tracks and waypoints (1.0 and 1.1)"
    domain = "health"
    extensions = (".gpx", ".gpx.gz")
    version = "3"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        plain = head_of(head)
        return Match(confidence=95) if is_of_root(plain, "gpx") else None

    def holder(self, head: bytes) -> HolderHint:
        return recorder(head_of(head))

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The points of each track, then the track. Takes no options."""
        del options
        head, again = begun(export, BEGINNING)
        tracks = _Tracks(are_workouts=not is_of_apple(head))
        return some(convert(rooted(elements(again, _PATHS), _FILE), tracks.read))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the format states neither count nor sum."""
        del items
        return ()


class _Tracks:
    """Reads elements in the order in which they end: a track comes after its points."""

    def __init__(self, *, are_workouts: bool) -> None:
        self._are_workouts = are_workouts
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._timeless: list[str] = []
        self._is_timed = False

    def read(self, element: Element) -> Iterable[Item]:
        """Raises ValueError, with a sentence, for what cannot be read."""
        match element.path:
            case "/gpx/trk/trkseg/trkpt":
                return self._point(element)
            case "/gpx/trk/trkseg":
                return self._segment(element)
            case "/gpx/trk":
                return self._track(element)
            case "/gpx/wpt":
                return (_waypoint(element),)
            case "/gpx/rte":
                raise ValueError("a route is a plan and no track of somebody, and is not kept")
            case _:
                return strays(element, _BESIDE)

    def _point(self, element: Element) -> Iterator[Item]:
        if not element.get("time"):
            self._timeless.append(element.locator)
            if self._is_timed:
                yield from self._told()
            return
        sample = _sample(element)
        self._is_timed = True
        yield from self._told()
        self._first = min(self._first or sample.start, sample.start)
        self._last = max(self._last or sample.start, sample.start)
        yield sample

    def _told(self) -> Iterator[Problem]:
        """A problem for each point without time of a segment that has others."""
        timeless, self._timeless = self._timeless, []
        yield from (Problem(locator, _NO_TIME) for locator in timeless)

    def _segment(self, element: Element) -> Iterator[Item]:
        if self._timeless:
            said = f"its points say no time: none of the {len(self._timeless)} is kept"
            yield Problem(element.locator, said)
        self._timeless, self._is_timed = [], False
        yield from strays(element, frozenset({"extensions"}))

    def _track(self, element: Element) -> Iterator[Item]:
        start, end = self._first, self._last
        self._first = self._last = None
        if start is None:
            yield Problem(element.locator, "this track has no point with a time", row=False)
            return
        if not self._are_workouts:
            return
        sport = element.get("type")
        yield record_of(
            Workout(
                start=start.astimezone(UTC),
                end=end,
                locator=element.locator,
                sport="" if sport.isdigit() else sport,  # a number is of an older Strava
                name=element.get("name"),
            )
        )


def _sample(element: Element) -> Sample:
    lat, lon = _position(element)
    return Sample(
        sensor=track_of(_DEVICE),
        start=_moment(element.get("time")),
        values=point(lat, lon, _more(element)),
        locator=element.locator,
    )


def _moment(text: str) -> datetime:
    """An instant; without an offset it is in UTC, as the schema has it. Raises ValueError."""
    if not _OFFSET.search(text):
        return wall_time(text).replace(tzinfo=UTC)
    return instant(text)


def _waypoint(element: Element) -> Sample:
    lat, lon = _position(element)
    if not element.get("time"):
        raise ValueError("this waypoint says no time, and is not kept")
    here = point(lat, lon, _more(element))
    name = element.get("name")
    return Sample(
        sensor=moments_of("waypoint", _DEVICE),
        start=_moment(element.get("time")),
        values=(*here, ("name", name)) if name else here,
        locator=element.locator,
    )


def _position(element: Element) -> tuple[Decimal, Decimal]:
    try:
        return figure(element.attributes["lat"]), figure(element.attributes["lon"])
    except KeyError:
        raise ValueError("the point has no position") from None


def _more(element: Element) -> dict[str, Decimal | None]:
    texts: dict[str, str] = {}
    for child in _within(element):
        texts.setdefault(child.name, child.text.strip())
    found = {
        name: next((texts[each] for each in names if texts.get(each)), "")
        for name, names in _MORE.items()
    }
    return {name: figure(text) if text else None for name, text in found.items()}


def _within(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _within(child)
