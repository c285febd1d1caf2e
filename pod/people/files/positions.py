"""Where a telephone was on rides and journeys: the location history of Google (Records.json)."""

from collections.abc import Iterator
from datetime import datetime

from pod.people.events import Ride
from pod.people.events_besides import Journey
from pod.people.files.written import HOLDERS, HolderFile, in_json

_ON_THE_WAY = 3  # stretches of equal length, at whose ends the telephone told where it was
_E7 = 1000  # ten-millionths of a degree in the ten-thousandths of places
Moved = tuple[datetime, datetime, tuple[int, int], tuple[int, int]]


def positions(rides: tuple[Ride, ...], journeys: tuple[Journey, ...]) -> HolderFile:
    """The positions of all of them, in the order of time.

    The telephone goes along on a journey: somebody else took a ride at that time.
    """
    ways: list[Moved] = [
        (one.start, one.end, one.places[0], one.places[1])
        for one in rides
        if not any(one.start <= away.end and away.start <= one.end for away in journeys)
    ]
    ways += [(one.start, one.end, one.origin.place, one.target.place) for one in journeys]
    found = [position for way in sorted(ways) for position in _positions(*way)]
    return HolderFile(
        path="positions/Records.json",
        media_type="application/json",
        holder=HOLDERS["positions"],
        title="positions of the telephone (JSON of Google)",
        format="google-location-records",
        content=in_json({"locations": found}, 2),
        rows=len(found),
    )


def _positions(
    start: datetime, end: datetime, origin: tuple[int, int], target: tuple[int, int]
) -> Iterator[dict[str, object]]:
    for step in range(_ON_THE_WAY + 1):
        latitude, longitude = (
            (a * (_ON_THE_WAY - step) + b * step) * _E7 // _ON_THE_WAY
            for a, b in zip(origin, target, strict=True)
        )
        when = start + (end - start) * step / _ON_THE_WAY
        yield {
            "latitudeE7": latitude,
            "longitudeE7": longitude,
            "accuracy": 20,
            "source": "GPS",
            "timestamp": f"{when:%Y-%m-%dT%H:%M:%SZ}",
        }
