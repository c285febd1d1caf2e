"""Google Timeline on the telephone: `Timeline.json` of Android, `location-history.json` of iOS.

No format is published; members are as observed since 2024. A `visit` is a stay and an `activity` a
journey, both with the first candidate (`topCandidate`) and its probability; Google made them out of
positions. The points of a `timelinePath`, at a time or at minutes after the start of its segment,
are samples of the series `path`; the positions of `rawSignals` are samples of the series `track`.
On an iPhone numbers are texts, and positions `geo:50.05,14.34`. Each export repeats the history.
Not kept, and told with their number: scans of wireless access points (they tell where devices of
other people are), guesses of what the person was doing, summaries of journeys of several days, and
the places and habits of `userLocationProfile`, which the history tells anyhow.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import BinaryIO, Final

from importers.activity.tracks import some
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import Element, has_marks, parts
from importers.mobility.google import (
    GOOGLE,
    PATH,
    TRACK,
    kilometres,
    listed,
    moment,
    moment_or_none,
    page_of,
    share,
    spot,
)
from importers.mobility.journeys import Journey, Stay, journey_of, stay_of
from importers.mobility.places import degrees, degrees_or_none
from importers.rows import convert
from importers.text import decode, lines

_SEGMENTS: Final = "/semanticSegments"
_SIGNALS: Final = "/rawSignals"
_OF_ANDROID: Final = re.compile(r'"(?:semanticSegments|rawSignals)"')
_OF_IPHONE: Final = ('"startTime"', '"endTime"', '"geo:')
_LEFT_OUT: Final = {
    "wifiScan": "scans of wireless access points",
    "activityRecord": "guesses of what the person was doing",
    "timelineMemory": "summaries of journeys of several days",
    "userLocationProfile": "profiles of places and habits",
}
_UNKNOWN_PLACE: Final = frozenset({"", "UNKNOWN", "Unknown"})
_LONGEST: Final = 60 * 24 * 366


class GoogleTimeline:
    """Timeline of Google, as a telephone exports it."""

    format = "google-timeline"
    title = "Google: Timeline of a telephone (Timeline.json, location-history.json)"
    domain = "mobility"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        if has_marks(head, ()) and _OF_ANDROID.search(decode(head)):
            return Match(confidence=90, variant="android")
        is_of_iphone = has_marks(head, _OF_IPHONE, opens="[")
        return Match(confidence=90, variant="ios") if is_of_iphone else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return GOOGLE

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """Journeys, stays and points, one segment at a time. Takes no options."""
        del options
        return some(_Reader().items(export))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states neither count nor sum."""
        del items
        return ()


class _Reader:
    def __init__(self) -> None:
        self._left_out: Counter[str] = Counter()

    def items(self, export: BinaryIO) -> Iterator[Item]:
        yield from convert(parts(lines(export), ("", _SEGMENTS, _SIGNALS)), self._read)
        for name, count in sorted(self._left_out.items()):
            yield Problem("/", f"{_LEFT_OUT[name]} are not kept: {count}", row=False)

    def _read(self, element: Element) -> Iterator[Item]:
        if element.locator.startswith(_SIGNALS + "/"):
            return self._signal(element)
        name, *within = element.locator[1:].split("/")
        if name in _LEFT_OUT and not within:
            return self._without(name)
        if not within and not name.isdigit():
            raise ValueError("this is not known, and not kept")
        return self._segment(element)

    def _without(self, name: str) -> Iterator[Item]:
        self._left_out[name] += 1
        return iter(())

    def _signal(self, element: Element) -> Iterator[Item]:
        if isinstance(element.get("position"), dict):
            return iter((_position(element),))
        for name in ("wifiScan", "activityRecord"):
            if element.get(name) is not None:
                return self._without(name)
        raise ValueError("this signal is not known, and not kept")

    def _segment(self, element: Element) -> Iterator[Item]:
        if isinstance(element.get("visit"), dict):
            return iter((stay_of(_visit(element)),))
        if isinstance(element.get("activity"), dict):
            return iter((journey_of(_activity(element)),))
        if element.get("timelinePath"):
            return _points(element)
        if isinstance(element.get("timelineMemory"), dict):
            return self._without("timelineMemory")
        raise ValueError("this segment is not known, and not kept")


def _position(element: Element) -> Item:
    said = Element(f"{element.locator}/position", element.get("position"))
    more = {
        "alt": said.number_or_none("altitudeMeters"),
        "speed": said.number_or_none("speedMetersPerSecond"),
        "accuracy": said.number_or_none("accuracyMeters"),
    }
    place = degrees(said.text("LatLng") or said.text("latLng"))
    return spot(TRACK, moment(said, "timestamp"), place, more, said.locator)


def _visit(element: Element) -> Stay:
    best = "visit/topCandidate"
    label = element.text(f"{best}/semanticType")
    page = element.text(f"{best}/placeId") or element.text(f"{best}/placeID")
    here = element.get(f"{best}/placeLocation")
    path = f"{best}/placeLocation/latLng" if isinstance(here, dict) else f"{best}/placeLocation"
    return Stay(
        start=moment(element, "startTime"),
        end=moment_or_none(element, "endTime"),
        place=degrees(element.text(path)),
        page=page_of(page),
        label="" if label in _UNKNOWN_PLACE else label,
        level=element.text("visit/hierarchyLevel").removeprefix("0"),
        confidence=share(element, "visit/probability"),
        locator=element.locator,
    )


def _activity(element: Element) -> Journey:
    def place(name: str) -> str:
        is_object = isinstance(element.get(f"activity/{name}"), dict)
        return element.text(f"activity/{name}/latLng" if is_object else f"activity/{name}")

    return Journey(
        start=moment(element, "startTime"),
        end=moment_or_none(element, "endTime"),
        origin=degrees_or_none(place("start")),
        target=degrees_or_none(place("end")),
        way=element.text("activity/topCandidate/type"),
        kilometres=kilometres(element, "activity/distanceMeters"),
        confidence=share(element, "activity/topCandidate/probability"),
        is_derived=True,
        locator=element.locator,
    )


def _points(element: Element) -> Iterator[Item]:
    start = moment_or_none(element, "startTime")

    def read(each: Element) -> Iterator[Item]:
        yield spot(PATH, _time(each, start), degrees(each.text("point")), {}, each.locator)

    return convert(listed(element, "timelinePath"), read)


def _time(point: Element, start: datetime | None) -> datetime:
    """When somebody was at a point of a path: its own time, or minutes after the segment began."""
    minutes: Decimal | None = point.number_or_none("durationMinutesOffsetFromStartTime")
    if minutes is None:
        return moment(point, "time")
    if start is None or not 0 <= minutes <= _LONGEST:
        raise ValueError("the point of the path has no time that is known")
    return start + timedelta(seconds=float(minutes * 60))
