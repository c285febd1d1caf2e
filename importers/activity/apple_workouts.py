"""Workouts of Apple Health: their totals in attributes until iOS 15, in WorkoutStatistics since.

Of the statistics the distance, the active energy and the heart rate are kept; the others repeat
what the Records of the export say.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.activity.apple_elements import Start
from importers.activity.apple_samples import required, stamp
from importers.activity.apple_units import kilocalories, kilometres, seconds
from importers.activity.figures import figure
from importers.activity.tracks import moments_of, point, track_of
from importers.activity.workout import Workout, record_of
from importers.contract import Item, Problem, Record, Sample

_SPORT = "HKWorkoutActivityType"
_EVENT = "HKWorkoutEventType"
_DISTANCE = "HKQuantityTypeIdentifierDistance"
_ENERGY = "HKQuantityTypeIdentifierActiveEnergyBurned"
_PULSE = "HKQuantityTypeIdentifierHeartRate"
# The attribute of a Location for each of our names.
_POINT: Final[Mapping[str, str]] = MappingProxyType(
    {"alt": "altitude", "speed": "speed", "course": "course", "accuracy": "horizontalAccuracy"}
)

Convert = Callable[[Decimal, str], Decimal]


class Workouts:
    """Reads the workouts of one export: what stands within one belongs to the one that is open."""

    def __init__(self) -> None:
        self._open: Start | None = None
        self._source = ""
        self._route = ""
        self._statistics: list[Start] = []

    def begin(self, element: Start) -> Iterator[Item]:
        """What an element of a workout says; raises ValueError, with a sentence."""
        match element.name:
            case "Workout":
                self._open, self._statistics = element, []
                self._source = element.attributes.get("sourceName", "")
            case "WorkoutStatistics" if element.around == "Workout":
                self._statistics.append(element)
            case "WorkoutRoute":
                self._route = element.attributes.get("sourceName", "")
            case "WorkoutEvent":
                yield _event(element, self._source)
            case "WorkoutActivity":
                yield _part(element, self._source)
            case "Location":
                yield _location(element, self._route)
            case _:
                pass

    def end(self) -> Iterator[Item]:
        """The record of the workout that ends."""
        element, self._open = self._open, None
        if element is None:
            return
        try:
            yield _record(element, self._statistics)
        except ValueError as error:
            yield Problem(f"line={element.line}", str(error))


def _record(element: Start, statistics: list[Start]) -> Record:
    said = element.attributes.get
    start, end = stamp(required(element, "startDate")), stamp(required(element, "endDate"))
    if end < start:
        raise ValueError("the workout ends before it begins")
    pulse = _statistic(statistics, _PULSE)
    return record_of(
        Workout(
            start=start,
            end=end,
            locator=f"line={element.line}",
            sport=required(element, "workoutActivityType").removeprefix(_SPORT),
            source=said("sourceName") or "",
            seconds=_amount(element, "duration", "durationUnit", seconds),
            distance=_amount(element, "totalDistance", "totalDistanceUnit", kilometres)
            or _amount(_statistic(statistics, _DISTANCE), "sum", "unit", kilometres),
            energy=_amount(element, "totalEnergyBurned", "totalEnergyBurnedUnit", kilocalories)
            or _amount(_statistic(statistics, _ENERGY), "sum", "unit", kilocalories),
            average_heart_rate=_amount(pulse, "average", "unit", _as_it_is),
            maximum_heart_rate=_amount(pulse, "maximum", "unit", _as_it_is),
        )
    )


def _statistic(statistics: list[Start], kind: str) -> Start | None:
    """The first statistic of a type, or of the types that begin like it (distances)."""
    return next((s for s in statistics if s.attributes.get("type", "").startswith(kind)), None)


def _amount(element: Start | None, name: str, unit: str, convert: Convert) -> Decimal | None:
    value = element.attributes.get(name) if element else None
    if element is None or value is None:
        return None
    return convert(figure(value), element.attributes.get(unit, ""))


def _as_it_is(value: Decimal, unit: str) -> Decimal:
    if unit != "count/min":
        raise ValueError("a heart rate is in an unknown unit")
    return value


def _event(element: Start, source: str) -> Sample:
    """A pause, a lap, a segment: a moment, or what lasts as long as it says."""
    begun = stamp(required(element, "date"))
    lasted = _amount(element, "duration", "durationUnit", seconds)
    return Sample(
        sensor=moments_of("workout-event", source),
        start=begun,
        end=begun + timedelta(seconds=float(lasted)) if lasted else None,
        values=(("value", required(element, "type").removeprefix(_EVENT)),),
        locator=f"line={element.line}",
    )


def _part(element: Start, source: str) -> Sample:
    """One of the sports of a workout that has several."""
    ended = element.attributes.get("endDate")
    lasted = _amount(element, "duration", "durationUnit", seconds)
    return Sample(
        sensor=moments_of("workout-part", source),
        start=stamp(required(element, "startDate")),
        end=stamp(ended) if ended else None,
        values=(("seconds", lasted or Decimal(0)),),
        locator=f"line={element.line}",
    )


def _location(element: Start, source: str) -> Sample:
    found = element.attributes.get
    more = {
        name: figure(value)
        for name, attribute in _POINT.items()
        if (value := found(attribute)) is not None
    }
    here = figure(required(element, "latitude")), figure(required(element, "longitude"))
    return Sample(
        sensor=track_of(source),
        start=stamp(required(element, "date")),
        values=point(*here, more),
        locator=f"line={element.line}",
    )
