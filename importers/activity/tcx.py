"""TCX: workouts as Garmin's Training Center writes them (.tcx), and many applications since.

Format: TrainingCenterDatabase v1 and v2, https://www8.garmin.com/xmlschemas. An `Activity` is a
workout; its laps and its points are samples. Distances of laps and points are metres, energies
kilocalories. The speed, cadence and power of a point stand in extensions of any namespace. The
totals of a workout are the sums of its laps. Courses and plans are of no past, and are told.
Not kept: the highest speeds, the device with its serial number, notes.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import BinaryIO, Final

from importers.activity.figures import figure, scaled
from importers.activity.packed import begun, head_of
from importers.activity.recorders import ANY
from importers.activity.tracks import (
    ONLY_TIMES,
    Values,
    is_of_root,
    moments_of,
    point,
    rooted,
    some,
    strays,
    track_of,
)
from importers.activity.workout import Workout, record_of
from importers.clock import instant
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Match,
    Options,
    Problem,
    Record,
    Sample,
)
from importers.markup import Element, elements
from importers.rows import convert

_ROOT: Final = "/TrainingCenterDatabase"
_ACTIVITIES: Final = tuple(
    f"{_ROOT}/Activities/{within}Activity"
    for within in ("", "MultiSportSession/FirstSport/", "MultiSportSession/NextSport/")
)
_LAPS: Final = frozenset(f"{path}/Lap" for path in _ACTIVITIES)
_TRACKS: Final = frozenset(f"{lap}/Track" for lap in _LAPS)
_POINTS: Final = frozenset(f"{track}/Trackpoint" for track in _TRACKS)
_PLANS: Final = frozenset({f"{_ROOT}/Courses/Course", f"{_ROOT}/Workouts/Workout"})
_PATHS: Final = frozenset({_ROOT, *_ACTIVITIES}) | _LAPS | _TRACKS | _POINTS | _PLANS
_WITHIN: Final = frozenset({"Folders", "Activities", "Workouts", "Courses", "Author", "Extensions"})
_DEVICE: Final = "TCX"
_KILO: Final = Decimal("0.001")
_TOLERATED: Final = Decimal("0.01")


class Tcx:
    """TCX files of any application."""

    format = "tcx"
    title = "TCX: workouts with laps and track (Garmin Training Center)"
    domain = "health"
    extensions = (".tcx", ".tcx.gz")
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        return Match(confidence=95) if is_of_root(head_of(head), _ROOT[1:]) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return ANY

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The points, then each lap, then each workout, as they end. Takes no options."""
        del options
        _, plain = begun(export, 0)
        return some(convert(rooted(elements(plain, _PATHS), _ROOT), _Activities().read))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """For each workout: the distance of its laps is that of its last point, to one in 100."""
        checks, far = [], Decimal(0)
        for item in items:
            if isinstance(item, Sample) and item.sensor.name == "track":
                far = max(far, _distance(item))
            elif isinstance(item, Record):
                laps = dict(item.fields).get("sd:distance")
                if isinstance(laps, Decimal) and laps and far:
                    checks.append(_check(laps, scaled(far, _KILO)))
                far = Decimal(0)
        return tuple(checks)


def _distance(sample: Sample) -> Decimal:
    found = dict(sample.values).get("distance")
    return found if isinstance(found, Decimal) else Decimal(0)


def _check(laps: Decimal, track: Decimal) -> Check:
    ok = abs(laps - track) <= laps * _TOLERATED
    name = "kilometres of the laps against the last point"
    return Check(name=name, expected=str(laps), got=str(track), ok=ok)


class _Activities:
    """Reads elements in the order in which they end: a workout comes after its laps."""

    def __init__(self) -> None:
        self._laps: list[Sample] = []
        self._starts: list[datetime] = []
        self._only_times = 0

    def read(self, element: Element) -> Iterator[Item]:
        """Raises ValueError, with a sentence, for what cannot be read."""
        if element.path == _ROOT:
            yield from strays(element, _WITHIN)
            return
        if element.path in _PLANS:
            raise ValueError("a course or a plan is nothing that was done, and is not kept")
        if element.path in _POINTS:
            yield from self._point(element)
        elif element.path in _TRACKS:
            yield from strays(element, frozenset())
        elif element.path in _LAPS:
            yield from self._lap(element)
        else:
            yield from self._activity(element)

    def _point(self, element: Element) -> Iterator[Item]:
        start, values = instant(element.get("Time")), _values(element)
        if values:
            yield Sample(
                sensor=track_of(_DEVICE), start=start, values=values, locator=element.locator
            )
        else:
            self._only_times += 1

    def _lap(self, element: Element) -> Iterator[Item]:
        start = instant(element.attributes.get("StartTime", ""))
        lap = _lap(element, start)
        self._starts.append(start)
        if lap.values:
            self._laps.append(lap)
            yield lap
        else:
            yield Problem(element.locator, "the lap says nothing but its beginning", row=False)

    def _activity(self, element: Element) -> Iterator[Item]:
        laps, self._laps = self._laps, []
        starts, self._starts = self._starts, []
        if self._only_times:
            yield Problem(element.locator, ONLY_TIMES.format(self._only_times), row=False)
            self._only_times = 0
        if not starts:
            raise ValueError("the workout has no lap that can be read")
        yield record_of(_workout(element, starts[0], laps))


def _workout(element: Element, begun_at: datetime, laps: list[Sample]) -> Workout:
    said = element.get("Id")
    pulses = _stated(laps, "maximumHeartRate")
    means = _stated(laps, "averageHeartRate")
    return Workout(
        start=(instant(said) if said else begun_at).astimezone(UTC),
        end=laps[-1].end if laps else None,
        locator=element.locator,
        sport=element.attributes.get("Sport", ""),
        seconds=_sum(laps, "seconds", Decimal(1)),
        distance=_sum(laps, "distance", _KILO),
        energy=_sum(laps, "energy", Decimal(1)),
        # The mean of several laps would be ours and not the holder's.
        average_heart_rate=means[0] if means and len(laps) == 1 else None,
        maximum_heart_rate=max(pulses, default=None),
    )


def _stated(laps: list[Sample], name: str) -> list[Decimal]:
    found = (value for lap in laps for key, value in lap.values if key == name)
    return [value for value in found if isinstance(value, Decimal)]


def _sum(laps: list[Sample], name: str, factor: Decimal) -> Decimal | None:
    found = _stated(laps, name)
    return scaled(sum(found, Decimal(0)), factor) if found else None


def _lap(element: Element, start: datetime) -> Sample:
    seconds = _amount(element, "TotalTimeSeconds")
    said = {
        "seconds": seconds,
        "distance": _amount(element, "DistanceMeters"),
        "energy": _amount(element, "Calories"),
        "averageHeartRate": _amount(element, "AverageHeartRateBpm/Value"),
        "maximumHeartRate": _amount(element, "MaximumHeartRateBpm/Value"),
    }
    return Sample(
        sensor=moments_of("lap", _DEVICE),
        start=start,
        end=None if seconds is None else _after(start, seconds),
        values=tuple((name, value) for name, value in said.items() if value is not None),
        locator=element.locator,
    )


def _after(start: datetime, seconds: Decimal) -> datetime:
    try:
        return start + timedelta(milliseconds=int(seconds * 1000))
    except OverflowError:
        raise ValueError("the lap lasts longer than any") from None


def _values(element: Element) -> Values:
    """The values of a point, () where it says nothing but its time. Raises ValueError."""
    more = {
        "alt": _figure(element, "AltitudeMeters"),
        "heartRate": _figure(element, "HeartRateBpm/Value"),
        "cadence": _figure(element, "Cadence"),
        "distance": _figure(element, "DistanceMeters"),
    }
    for tpx in element.all("Extensions/TPX"):
        more["speed"] = _figure(tpx, "Speed")
        more["power"] = _figure(tpx, "Watts")
        more["cadence"] = more["cadence"] or _figure(tpx, "RunCadence")
    lat = _figure(element, "Position/LatitudeDegrees")
    lon = _figure(element, "Position/LongitudeDegrees")
    return () if {lat, lon, *more.values()} == {None} else point(lat, lon, more)


def _figure(element: Element, path: str) -> Decimal | None:
    text = element.get(path)
    return figure(text) if text else None


def _amount(element: Element, path: str) -> Decimal | None:
    value = _figure(element, path)
    if value is not None and value < 0:
        raise ValueError(f"`{path}` is negative")
    return value
