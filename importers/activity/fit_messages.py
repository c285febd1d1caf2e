"""What the messages of a FIT file become: workouts and their parts, and what was measured."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from importers.activity.figures import scaled
from importers.activity.fit_beats import Beats
from importers.activity.fit_frames import Frame
from importers.activity.fit_measures import NAMES, Measured
from importers.activity.quantities import measured
from importers.activity.tracks import ONLY_TIMES, device_key, moments_of, point, track_of
from importers.activity.workout import Workout, record_of
from importers.contract import Item, Problem, Sample, Sensor, Stated

_KILO: Final = Decimal("0.001")
_GENERIC: Final = frozenset({"", "generic"})
_FOREIGN: Final = "fields that applications on the watch add are not kept"
# FIT profile, type `file`; a number that it does not name, as of nights, is none of these.
_PLANNED: Final = frozenset(
    {
        *("device", "settings", "sport", "workout", "course", "schedules", "totals", "goals"),
        *("activity_summary", "segment", "segment_list", "exd_configuration"),
    }
)
_OTHER_FILE: Final = (
    "this FIT file is of what is set, planned or added up (settings, a course, totals), and of "
    "nothing that was measured: not kept"
)
# What a workout holds beside itself: the device, its settings, and what repeats the rest.
_BESIDE: Final = frozenset(
    {
        *("file_creator", "software", "capabilities", "file_capabilities", "field_capabilities"),
        *("device_info", "device_settings", "device_aux_battery_info", "user_profile"),
        *("sport", "training_settings", "zones_target", "hr_zone", "power_zone", "met_zone"),
        *("speed_zone", "cadence_zone", "time_in_zone", "hrm_profile", "bike_profile"),
        *("sdm_profile", "ohr_settings", "hrv", "timestamp_correlation", "gps_metadata"),
        *("developer_data_id", "field_description", "workout", "workout_step"),
    }
)
_LEFT_OUT: Final = "messages of the kind `{}` are not kept"
# Fields of a point, for each of our names; the first that is there.
_POINT: Final = (
    ("alt", ("enhanced_altitude", "altitude")),
    ("heartRate", ("heart_rate",)),
    ("cadence", ("cadence",)),
    ("power", ("power",)),
    ("speed", ("enhanced_speed", "speed")),
    ("distance", ("distance",)),
    ("temperature", ("temperature",)),
    ("accuracy", ("gps_accuracy",)),
)
# The same for a lap or a length.
_SPAN: Final = (
    ("seconds", ("total_timer_time", "total_elapsed_time")),
    ("distance", ("total_distance",)),
    ("energy", ("total_calories",)),
    ("averageHeartRate", ("avg_heart_rate",)),
    ("maximumHeartRate", ("max_heart_rate",)),
    ("strokes", ("total_strokes", "total_cycles")),
)


class Messages:
    """Reads messages in the order of the file, and knows the device that wrote them."""

    def __init__(self) -> None:
        self._device = "FIT"
        self._is_read = True
        self._is_remarked = False
        self._left_out: set[str] = set()
        self._only_times = 0
        self._beats = Beats()
        self._measured = Measured()
        self._readers: Final[Mapping[str, Callable[[Frame], Iterable[Item]]]] = {
            "record": self._point,
            "hr": self._heart,
            "lap": self._span,
            "length": self._span,
            "event": self._event,
            "session": _session,
            "activity": lambda frame: _count(frame, "sessions", "num_sessions"),
            **dict.fromkeys(NAMES, lambda frame: self._measured.read(frame, self._device)),
        }

    def read(self, frame: Frame) -> Iterable[Item]:
        """Raises ValueError, with a sentence, for what cannot be read."""
        if frame.name == "file_id":
            return self._file(frame)
        if not self._is_read:
            return ()
        read = self._readers.get(frame.name, self._other)
        return (*self._foreign(frame), *read(frame))

    def end(self) -> Iterator[Item]:
        """What is to be said of a file when all of it is read."""
        if self._only_times:
            yield Problem("/", ONLY_TIMES.format(self._only_times), row=False)
        yield from self._measured.end()

    def _file(self, frame: Frame) -> Iterator[Item]:
        kind = frame.text("type")
        self._is_read = kind not in _PLANNED
        product = frame.text("garmin_product") or str(frame.figure("product") or "")
        self._device = " ".join(("FIT", frame.text("manufacturer"), product))
        if not self._is_read:
            yield Problem(frame.locator, _OTHER_FILE)

    def _foreign(self, frame: Frame) -> Iterator[Item]:
        if not self._is_remarked and frame.is_row() and frame.has_foreign_fields():
            self._is_remarked = True
            yield Problem(frame.locator, _FOREIGN, row=False)

    def _other(self, frame: Frame) -> Iterator[Item]:
        """A kind of message that is not read: told once, unless it is none of what was done."""
        is_data = frame.name not in _BESIDE and not frame.name.startswith("unknown_")
        if is_data and frame.name not in self._left_out:
            self._left_out.add(frame.name)
            yield Problem(frame.locator, _LEFT_OUT.format(frame.name), row=False)

    def _point(self, frame: Frame) -> Iterator[Item]:
        more = {name: frame.figure(*fields) for name, fields in _POINT}
        lat, lon = frame.degrees("position_lat"), frame.degrees("position_long")
        start = frame.moment("timestamp")
        if {lat, lon, *more.values()} == {None}:
            # In a pool a watch writes these by the thousand.
            self._only_times += 1
            return
        yield Sample(
            sensor=track_of(self._device),
            start=start,
            values=point(lat, lon, more),
            locator=frame.locator,
        )

    def _heart(self, frame: Frame) -> Iterator[Item]:
        """The heart rates that a strap kept under water and gave the watch later, some at once."""
        rates = frame.several("filtered_bpm")
        times = self._beats.moments(frame)
        told = [pair for pair in zip(times, rates, strict=False) if isinstance(pair[1], int)]
        if not told or len(times) != len(rates):
            raise ValueError("the message does not say a moment for each heart rate")
        sensor = Sensor(
            name="heart-rate",
            quantity=measured("heart-rate"),
            unit="BEAT-PER-MIN",
            device=device_key(self._device),
        )
        for time, rate in told:
            yield Sample(
                sensor=sensor,
                start=time,
                values=(("value", Decimal(rate)),),
                locator=frame.locator,
            )

    def _span(self, frame: Frame) -> Iterator[Item]:
        start = frame.moment("start_time")
        said = ((name, frame.amount(*fields)) for name, fields in _SPAN)
        values = tuple((name, value) for name, value in said if value is not None)
        if not values:
            raise ValueError("the lap says nothing")
        yield Sample(
            sensor=moments_of(frame.name, self._device),
            start=start,
            end=_end(frame, start),
            values=values,
            locator=frame.locator,
        )

    def _event(self, frame: Frame) -> Iterator[Item]:
        if frame.text("event") != "timer":
            return
        yield Sample(
            sensor=moments_of("workout-event", self._device),
            start=frame.moment("timestamp"),
            values=(("value", frame.text("event_type") or "unknown"),),
            locator=frame.locator,
        )


def _session(frame: Frame) -> Iterator[Item]:
    start = frame.moment("start_time")
    sport, kind = frame.text("sport"), frame.text("sub_sport")
    distance = frame.amount("total_distance")
    record = record_of(
        Workout(
            start=start,
            end=_end(frame, start),
            locator=frame.locator,
            sport=kind if sport in _GENERIC and kind not in _GENERIC else sport,
            seconds=frame.amount("total_timer_time", "total_elapsed_time"),
            distance=None if distance is None else scaled(distance, _KILO),
            energy=frame.amount("total_calories"),
            average_heart_rate=frame.amount("avg_heart_rate"),
            maximum_heart_rate=frame.amount("max_heart_rate"),
            ascent=frame.amount("total_ascent"),
        )
    )
    yield from _count(frame, "laps", "num_laps")
    yield record


def _count(frame: Frame, what: str, field: str) -> Iterator[Item]:
    number = frame.amount(field)
    if number is not None:
        yield Stated(name="count", scope=what, value=number, locator=frame.locator)


def _end(frame: Frame, start: datetime) -> datetime | None:
    """When it ended, pauses included; None where the device does not say."""
    elapsed = frame.amount("total_elapsed_time")
    return None if elapsed is None else start + timedelta(milliseconds=int(elapsed * 1000))
