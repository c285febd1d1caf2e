"""What a watch or a scale measured beside workouts: weights, pressures, days and nights (FIT).

FIT profile: messages 30, 51, 55, 103, 211, 227, 229, 269, 275, 297, 371; made after the profile,
with made-up files. What `monitoring` counts (steps, distance, energy) goes up all day long, by kind
of activity: it is kept as a state at its moment, and never to be added up. Its moments are mostly
the lower 16 bits of a time, behind one that is whole. Not kept: distances in a unit that the
profile leaves open, and values by which a device says that it measured nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.activity.fit_frames import Frame
from importers.activity.quantities import measured
from importers.activity.tracks import Values, device_key, moments_of
from importers.contract import Problem, Sample, Sensor

_EPOCH: Final = datetime(1989, 12, 31, tzinfo=UTC)
_LOW: Final = 0xFFFF
_STAMP: Final = "timestamp"
_DAY: Final = "activity-so-far"
_AFOOT: Final = frozenset({"walking", "running"})
_NOT_MEASURED: Final = "messages by which the device says that it measured nothing are not kept: {}"

_Figures = tuple[tuple[str, str, str], ...]

# Of each message the field of its moment; then its fields, what they measure, and the QUDT unit.
_MEASURES: Final[Mapping[str, tuple[str, _Figures]]] = MappingProxyType(
    {
        "weight_scale": (
            _STAMP,
            (
                ("weight", "body-mass", "KiloGM"),
                ("bmi", "body-mass-index", "KiloGM-PER-M2"),
                ("percent_fat", "body-fat-percentage", "PERCENT"),
                ("percent_hydration", "body-water-percentage", "PERCENT"),
                ("visceral_fat_mass", "visceral-fat-mass", "KiloGM"),
                ("bone_mass", "bone-mass", "KiloGM"),
                ("muscle_mass", "muscle-mass", "KiloGM"),
                ("basal_met", "basal-energy-per-day", "KiloCAL"),
                ("active_met", "active-energy-per-day", "KiloCAL"),
                ("metabolic_age", "metabolic-age", "YR"),
                ("visceral_fat_rating", "visceral-fat-rating", ""),
                ("physique_rating", "physique-rating", ""),
            ),
        ),
        "blood_pressure": (
            _STAMP,
            (
                ("systolic_pressure", "blood-pressure-systolic", "MilliM_HG"),
                ("diastolic_pressure", "blood-pressure-diastolic", "MilliM_HG"),
                ("mean_arterial_pressure", "blood-pressure-mean", "MilliM_HG"),
                ("heart_rate", "heart-rate", "BEAT-PER-MIN"),
            ),
        ),
        "monitoring_info": (
            _STAMP,
            (("resting_metabolic_rate", "basal-energy-per-day", "KiloCAL"),),
        ),
        "monitoring_hr_data": (
            _STAMP,
            (
                ("current_day_resting_heart_rate", "resting-heart-rate", "BEAT-PER-MIN"),
                ("resting_heart_rate", "resting-heart-rate-of-week", "BEAT-PER-MIN"),
            ),
        ),
        "stress_level": ("stress_level_time", (("stress_level_value", "stress-level", ""),)),
        "max_met_data": ("update_time", (("vo2_max", "vo2-max", ""),)),
        "spo2_data": (_STAMP, (("reading_spo2", "oxygen-saturation", "PERCENT"),)),
        "respiration_rate": (
            _STAMP,
            (("respiration_rate", "respiratory-rate", "BREATH-PER-MIN"),),
        ),
        "hrv_value": (_STAMP, (("value", "heart-rate-variability-rmssd", "MilliSEC"),)),
    }
)
# What is said of a day so far: our name, and the fields of which the first that is there holds.
_SO_FAR: Final = (
    ("steps", ("steps",)),
    ("strokes", ("strokes",)),
    ("cycles", ("cycles",)),
    ("distance", ("distance",)),
    ("seconds", ("active_time", "active_time_16")),
    ("energy", ("calories",)),
    ("activeEnergy", ("active_calories",)),
    ("ascent", ("ascent",)),
    ("descent", ("descent",)),
    ("minutes", ("duration_min",)),
    ("moderateMinutes", ("moderate_activity_minutes",)),
    ("vigorousMinutes", ("vigorous_activity_minutes",)),
    ("intensity", ("intensity",)),
    ("temperature", ("temperature",)),
)
NAMES: Final = frozenset({*_MEASURES, "monitoring", "sleep_level"})
"""The messages that are read here."""


class Measured:
    """Reads messages in the order of the file, and knows the last whole time of a day."""

    def __init__(self) -> None:
        self._last: datetime | None = None
        self._empty = 0

    def read(self, frame: Frame, device: str) -> Iterable[Sample]:
        """The samples of one message. Raises ValueError where it says no moment."""
        if frame.name == "monitoring":
            found = self._monitored(frame, device)
        elif frame.name == "sleep_level":
            found = _stage(frame, device)
        else:
            found = self._figures(frame, device)
        samples = tuple(found)
        self._empty += not samples and frame.is_row()
        return samples

    def end(self) -> Iterator[Problem]:
        """What is to be said of a file when all of it is read."""
        if self._empty:
            yield Problem("/", _NOT_MEASURED.format(self._empty), row=False)

    def _figures(self, frame: Frame, device: str) -> Iterator[Sample]:
        stamp, figures = _MEASURES[frame.name]
        start = self._whole(frame, stamp)
        said = ((_sensor(name, unit, device), frame.figure(field)) for field, name, unit in figures)
        # Devices write 0 and negative figures for what they could not measure.
        found = [(sensor, value) for sensor, value in said if value is not None and value > 0]
        for place, (sensor, value) in enumerate(found):
            yield _sample(frame, start, sensor, (("value", value),), counted=place == 0)

    def _monitored(self, frame: Frame, device: str) -> Iterator[Sample]:
        start = self._moment(frame)
        activity = frame.text("activity_type")
        values = tuple(_so_far(frame, activity))
        rate = frame.figure("heart_rate")
        if values:
            said: Values = (("activity", activity),) if activity else ()
            yield _sample(frame, start, moments_of(_DAY, device), (*said, *values))
        if rate:
            sensor = _sensor("heart-rate", "BEAT-PER-MIN", device)
            yield _sample(frame, start, sensor, (("value", rate),), counted=not values)

    def _moment(self, frame: Frame) -> datetime:
        """The moment of a message of a day. Raises ValueError where it cannot be known."""
        low = frame.figure("timestamp_16")
        if frame.several(_STAMP) or low is None or self._last is None:
            return self._whole(frame, _STAMP)
        before = int((self._last - _EPOCH).total_seconds())
        since = (int(low) - before) & _LOW
        self._last += timedelta(seconds=since)
        return self._last

    def _whole(self, frame: Frame, name: str) -> datetime:
        self._last = frame.moment(name)
        return self._last


def _so_far(frame: Frame, activity: str) -> Iterator[tuple[str, Decimal]]:
    found = {name: frame.figure(*fields) for name, fields in _SO_FAR}
    if found["steps"] is not None or found["strokes"] is not None:
        found["cycles"] = None  # the same figure, of which the profile has no name
    # FIT profile, monitoring: field 9 is "2*cycles or steps".
    many = frame.figure("cycles_16")
    if many is not None:
        afoot = activity in _AFOOT
        name = "steps" if afoot else "cycles"
        found[name] = found[name] if found[name] is not None else many / (1 if afoot else 2)
    return ((name, value) for name, value in found.items() if value is not None)


def _stage(frame: Frame, device: str) -> Iterator[Sample]:
    stage = frame.text("sleep_level")
    if stage:
        sensor = moments_of("sleep-stage", device)
        yield _sample(frame, frame.moment(_STAMP), sensor, (("value", stage),))


def _sensor(name: str, unit: str, device: str) -> Sensor:
    return Sensor(name=name, quantity=measured(name), unit=unit, device=device_key(device))


def _sample(
    frame: Frame, start: datetime, sensor: Sensor, values: Values, *, counted: bool = True
) -> Sample:
    return Sample(sensor=sensor, start=start, values=values, locator=frame.locator, counted=counted)
