"""A workout as a record, the same from every format, so that one ride in three files is one.

Its key is the second at which it started, in UTC, and the application where an export holds those
of several. So the FIT, TCX and GPX files of one ride are one record of their holder as long as
they agree on the first second; a track that begins later (a GPX file whose first position came
after the start) is a workout of its own, and so is the ride in the export of another holder.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.activity.figures import seconds_of, utc_second
from importers.activity.quantities import hyphened
from importers.contract import Key, Record, Value
from importers.text import for_key

# The same sport under the names of several holders.
_SPORTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "biking": "cycling",
        "bike": "cycling",
        "road-biking": "cycling",
        "outdoor-bike": "cycling",
        "ride": "cycling",
        "run": "running",
        "treadmill": "running",
        "treadmill-running": "running",
        "walk": "walking",
        "hike": "hiking",
        "swim": "swimming",
        "": "",
        "generic": "other",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workout:
    """A workout as an export says it; what it does not say is None, or "" for texts.

    `sport` is the holder's word. `seconds` is how long it lasted, without pauses where the holder
    leaves them out; `distance` is in km, `energy` in kcal, heart rates in beats a minute, `ascent`
    in m. `source` is the application that recorded it, where an export has several.
    """

    start: datetime
    locator: str
    end: datetime | None = None
    sport: str = ""
    name: str = ""
    source: str = ""
    seconds: Decimal | None = None
    distance: Decimal | None = None
    energy: Decimal | None = None
    average_heart_rate: Decimal | None = None
    maximum_heart_rate: Decimal | None = None
    ascent: Decimal | None = None


def sport_of(word: str) -> str:
    """The sport in our spelling: `Biking`, `cycling` and `Ride` are "cycling"."""
    name = hyphened(word.strip().replace("_", "-").replace(" ", "-"))
    return _SPORTS.get(name, name)


def record_of(workout: Workout) -> Record:
    """The record of a workout, dated by the calendar of its own offset."""
    source = (for_key(workout.source),) if workout.source else ()
    said: tuple[tuple[str, Value | None], ...] = (
        ("sd:date", workout.start.date()),
        ("schema:startTime", workout.start),
        ("schema:endTime", workout.end),
        ("schema:exerciseType", sport_of(workout.sport) or None),
        ("sd:sourceLabel", workout.sport or None),
        ("schema:name", workout.name or None),
        ("sd:durationSeconds", None if workout.seconds is None else seconds_of(workout.seconds)),
        ("sd:distance", workout.distance),
        ("sd:energyExpended", workout.energy),
        ("sd:averageHeartRate", workout.average_heart_rate),
        ("sd:maximumHeartRate", workout.maximum_heart_rate),
        ("sd:ascent", workout.ascent),
    )
    return Record(
        kind="Workout",
        key=Key(natural=(utc_second(workout.start), *source)),
        fields=tuple((name, value) for name, value in said if value is not None),
        on=workout.start.date(),
        locator=workout.locator,
    )
