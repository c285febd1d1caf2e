"""Google location history, the months: `Semantic Location History/2021/2021_MARCH.json`.

No format is published; members are as observed. An `activitySegment` is a journey, a `placeVisit` a
stay, both made by Google out of positions (`sd:dataOrigin sdc:derived`); visits within a visit are
stays too, and where a car was left (`parkingEvent`) is one. Of several candidates the one that
Google put first is taken: the place of the visit, and of the activities the `activityType` or else
the likeliest, where any of them has a probability. A start or an end without a position stays
unknown. The points of a `simplifiedRawPath` have times, and are samples. Not kept: the other
candidates, waypoints and stops of lines (which have no time), and what the person confirmed.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO, Final

from importers.activity.tracks import some
from importers.contract import Check, HolderHint, Item, Match, Options
from importers.document import Element, has_marks, parts
from importers.mobility.google import (
    GOOGLE,
    PATH,
    kilometres,
    listed,
    moment,
    moment_or_none,
    page_of,
    share,
    spot,
    strangers,
)
from importers.mobility.journeys import Journey, Stay, journey_of, stay_of
from importers.mobility.places import Place, e7
from importers.rows import convert
from importers.text import lines

_LIST: Final = "/timelineObjects"
_PERCENT: Final = 100
_DEEPEST: Final = 8
_OF_SEGMENT: Final = frozenset(
    {"startLocation", "endLocation", "duration", "distance", "activityType", "confidence"}
    | {"activities", "waypointPath", "simplifiedRawPath", "transitPath", "parkingEvent"}
    | {"editConfirmationStatus", "lastEditedTimestamp", "editActionMetadata"}
)
_OF_VISIT: Final = frozenset(
    {"location", "duration", "placeConfidence", "centerLatE7", "centerLngE7", "visitConfidence"}
    | {"otherCandidateLocations", "editConfirmationStatus", "lastEditedTimestamp", "sectionId"}
    | {"locationConfidence", "placeVisitType", "placeVisitImportance", "childVisits", "checkin"}
    | {"simplifiedRawPath", "editActionMetadata"}
)
_OF_PATH: Final = frozenset({"points", "source", "distanceMeters"})


class GoogleSemantic:
    """A month of journeys and visits of Google location history."""

    format = "google-location-months"
    title = "Google: journeys and visits of a month (Semantic Location History)"
    domain = "mobility"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        return Match(confidence=90) if has_marks(head, ('"timelineObjects"',)) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return GOOGLE

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """Each journey and visit, and the points of its path. Takes no options."""
        del options
        return some(convert(parts(lines(export), ("", _LIST)), _read))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states neither count nor sum."""
        del items
        return ()


def _read(element: Element) -> Iterator[Item]:
    if not element.locator.startswith(_LIST + "/"):
        raise ValueError("this is not known, and not kept")
    for name, read in (("activitySegment", _segment), ("placeVisit", _visit)):
        value = element.get(name)
        if isinstance(value, dict):
            yield from read(Element(f"{element.locator}/{name}", value))
            return
    raise ValueError("this is neither a journey nor a visit, and is not kept")


def _segment(element: Element) -> Iterator[Item]:
    way, probability = _way(element)
    yield journey_of(
        Journey(
            start=moment(element, "duration/startTimestamp"),
            end=moment_or_none(element, "duration/endTimestamp"),
            origin=e7(element, "startLocation/latitudeE7", "startLocation/longitudeE7"),
            target=e7(element, "endLocation/latitudeE7", "endLocation/longitudeE7"),
            way=way,
            kilometres=kilometres(element, "distance"),
            confidence=probability,
            is_derived=True,
            locator=element.locator,
        )
    )
    yield from _path(element)
    yield from _parking(element)
    yield from strangers(element, _OF_SEGMENT)


def _way(element: Element) -> tuple[str, Decimal | None]:
    """How somebody moved, in Google's word, and how sure it is; "" where nothing tells."""
    found = [
        (share(one, "probability", _PERCENT) or Decimal(0), one.text("activityType"))
        for one in listed(element, "activities")
    ]
    said = element.text("activityType")
    for probability, way in found:
        if way == said and probability:
            return way, probability
    likeliest = max(found, key=lambda one: one[0], default=(Decimal(0), ""))
    return (said, None) if said or not likeliest[0] else (likeliest[1], likeliest[0])


def _parking(element: Element) -> Iterator[Item]:
    if element.get("parkingEvent") is None:
        return
    said = Element(f"{element.locator}/parkingEvent", element.get("parkingEvent"))
    yield from convert((said,), _parked)


def _parked(said: Element) -> Iterator[Item]:
    place = e7(said, "location/latitudeE7", "location/longitudeE7")
    if place is None:
        raise ValueError("where the car was left is not said")
    at = moment(said, "timestamp")
    yield stay_of(Stay(start=at, place=place, nature="parking", locator=said.locator))


def _visit(element: Element, depth: int = 0) -> Iterator[Item]:
    if depth > _DEEPEST:
        raise ValueError("visits lie within each other more deeply than any")
    yield stay_of(
        Stay(
            start=moment(element, "duration/startTimestamp"),
            end=moment_or_none(element, "duration/endTimestamp"),
            place=_place(element),
            name=element.text("location/name"),
            address=element.text("location/address"),
            page=page_of(element.text("location/placeId")),
            label=element.text("location/semanticType").replace("TYPE_UNKNOWN", ""),
            level=str(depth or ""),
            confidence=share(element, "visitConfidence", _PERCENT),
            locator=element.locator,
        )
    )
    yield from _path(element)
    for child in listed(element, "childVisits"):
        yield from _visit(child, depth + 1)
    yield from strangers(element, _OF_VISIT)


def _place(element: Element) -> Place:
    place = e7(element, "location/latitudeE7", "location/longitudeE7")
    place = place or e7(element, "centerLatE7", "centerLngE7")
    if place is None:
        raise ValueError("the visit says no position, and is not kept")
    return place


def _path(element: Element) -> Iterator[Item]:
    if element.get("simplifiedRawPath") is None:
        return
    raw = Element(f"{element.locator}/simplifiedRawPath", element.get("simplifiedRawPath"))
    yield from convert(listed(raw, "points"), _point)
    yield from strangers(raw, _OF_PATH)


def _point(each: Element) -> Iterator[Item]:
    place = e7(each, "latE7", "lngE7")
    if place is None:
        raise ValueError("the point of the path says no position")
    accuracy = {"accuracy": each.number_or_none("accuracyMeters")}
    yield spot(PATH, moment(each, "timestamp"), place, accuracy, each.locator)
