"""Google Fit in Takeout: the streams of "All Data" and the workouts of "All Sessions" (JSON).

There is no published format; names of members are as observed. A stream has points over a time in
nanoseconds since 1970 (kept to the microsecond), each with one number, in the unit that the data
type of Google has; positions have four. The same points stand in the stream of a device and in
those that Google merged from several; streams are apart, as sensors of several devices, and are not
to be added up. A stream is known by what Google calls its data source, without the number in it by
which the telephone can be found again: so two telephones of one model are one source. Energy
includes that of a body at rest. Not kept: other types, which are told, from which stream a merged
point came, and the segments of a workout, which the streams repeat.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.activity.figures import figure, scaled
from importers.activity.google_fit_columns import FIT
from importers.activity.quantities import measured
from importers.activity.tracks import device_key, moments_of, some, track_of
from importers.activity.tracks import point as track_point
from importers.activity.workout import Workout, record_of
from importers.clock import instant
from importers.contract import Check, HolderHint, Item, Match, Options, Problem, Sample, Sensor
from importers.document import Element, elements, first, has_marks
from importers.rows import convert
from importers.text import lines

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NANOSECONDS: Final = re.compile(r"[0-9]{1,19}")
_DURATION: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)s")
_SLEEP: Final = "sleep"
# In "derived:com.google.speed:com.google.android.fit:maker:model:557f82c0f6828d19:top_level".
_NUMBER_OF_DEVICE: Final = re.compile(r":[0-9a-fA-F]{8,64}(?=[:<]|$)")
_POSITION: Final = "com.google.location.sample"
_OF_POSITION: Final = ("lat", "lon", "accuracy", "alt")
_KILOMETRE: Final = Decimal("0.001")
# The data types that are known: what they measure, and the QUDT name of the unit.
_KNOWN: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "com.google.step_count.delta": ("step-count", "NUM"),
        "com.google.distance.delta": ("distance", "M"),
        "com.google.calories.expended": ("energy-expended", "KiloCAL"),
        "com.google.heart_rate.bpm": ("heart-rate", "BEAT-PER-MIN"),
        "com.google.weight": ("body-mass", "KiloGM"),
        "com.google.height": ("height", "M"),
        "com.google.body.fat.percentage": ("body-fat-percentage", "PERCENT"),
        "com.google.active_minutes": ("move-time", "MIN"),
        "com.google.heart_minutes": ("heart-points", "NUM"),
        "com.google.speed": ("speed", "M-PER-SEC"),
        "com.google.calories.bmr": ("basal-energy-per-day", "KiloCAL"),
        "com.google.activity.segment": ("activity-type", ""),  # by Google's own numbers
    }
)
_STAGE_TYPE: Final = "com.google.sleep.segment"
_STAGES: Final = ("", "awake", "asleep", "out-of-bed", "light", "deep", "rem")


class _GoogleFit:
    domain = "health"
    extensions = (".json",)
    version = "2"
    options = ()

    def holder(self, head: bytes) -> HolderHint:
        del head
        return FIT

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states neither count nor sum of its points."""
        del items
        return ()


class GoogleFitStream(_GoogleFit):
    """One stream of points."""

    format = "google-fit-stream"
    title = "Google Fit (Takeout): a stream of All Data (JSON)"

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        marks = ('"Data Source"', '"Data Points"')
        return Match(confidence=90) if has_marks(head, marks) else None

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A sample for each point. Takes no options."""
        del options
        text = "".join(lines(export))
        source = first(text, "/Data Source")
        device = _NUMBER_OF_DEVICE.sub("", source) if isinstance(source, str) else ""
        points = elements(text, "/Data Points/*")
        return some(convert(points, lambda point: (_point(point, device),)))


class GoogleFitSession(_GoogleFit):
    """One session: a workout, or a night."""

    format = "google-fit-session"
    title = "Google Fit (Takeout): a workout of All Sessions (JSON)"

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        marks = ('"fitnessActivity"', '"startTime"', '"endTime"')
        return Match(confidence=90) if has_marks(head, marks) else None

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A workout; of a night a sample that says from when to when. Takes no options."""
        del options
        return convert(elements("".join(lines(export)), ""), _session)


def _point(point: Element, device: str) -> Sample:
    kind = point.text("dataTypeName")
    start, end = _moment(point, "startTimeNanos"), _moment(point, "endTimeNanos")
    if end < start:
        raise ValueError("the point ends before it begins")
    values = point.get("fitValue")
    if not isinstance(values, list) or not values:
        raise ValueError("the point has no value, and is not kept")
    if kind == _POSITION:
        return _position(point, device, start)
    if len(values) > 1:
        raise ValueError("the point has several values, and is not kept")
    number = _number(point, values[0])
    sensor, said = _sensor(kind, device), number if kind != _STAGE_TYPE else _stage(number)
    return Sample(
        sensor=sensor,
        start=start,
        end=end if end > start else None,
        values=(("value", said),),
        locator=point.locator,
    )


def _number(point: Element, said: object) -> Decimal:
    value = Element(point.locator, said)
    return value.number("value/fpVal" if value.get("value/intVal") is None else "value/intVal")


def _position(point: Element, device: str, start: datetime) -> Sample:
    numbers = [_number(point, said) for said in point.get("fitValue")]
    found = dict(zip(_OF_POSITION, numbers, strict=False))
    lat, lon = found.pop("lat"), found.pop("lon", None)
    return Sample(
        sensor=track_of(device),
        start=start,
        values=track_point(lat, lon, found),
        locator=point.locator,
    )


def _sensor(kind: str, device: str) -> Sensor:
    if kind == _STAGE_TYPE:
        return moments_of("sleep-stage", device)
    if kind not in _KNOWN:
        raise ValueError("this type of data is not known, and not kept")
    name, unit = _KNOWN[kind]
    return Sensor(name=name, quantity=measured(name), unit=unit, device=device_key(device))


def _stage(number: Decimal) -> str:
    stages = dict(enumerate(_STAGES))
    stage = stages.get(int(number)) if number == int(number) else None
    if not stage:
        raise ValueError("this stage of sleep is not known")
    return stage


def _moment(point: Element, name: str) -> datetime:
    """Nanoseconds since 1970, as a number or a text."""
    text = point.text(name)
    if not _NANOSECONDS.fullmatch(text):
        raise ValueError(f"`{name}` is missing or is no time")
    return _EPOCH + timedelta(microseconds=int(text) // 1000)


def _session(session: Element) -> Iterator[Item]:
    activity = session.text("fitnessActivity")
    if not activity:
        raise ValueError("the session does not say what was done")
    start, end = (_instant(session, name) for name in ("startTime", "endTime"))
    if end < start:
        raise ValueError("the session ends before it begins")
    source = session.text("application/packageName")
    if activity == _SLEEP:
        night = moments_of("sleep-session", source)
        yield Sample(sensor=night, start=start, end=end, values=(("value", _SLEEP),), locator="/")
        return
    said = dict(_aggregates(session))
    metres = said.pop("com.google.distance.delta", None)
    yield record_of(
        Workout(
            start=start,
            end=end,
            locator="/",
            sport=activity,
            name=session.text("name"),
            source=source,
            seconds=_seconds(session),
            distance=None if metres is None else scaled(metres, _KILOMETRE),
            energy=said.pop("com.google.calories.expended", None),
        )
    )
    if said:
        yield Problem("/aggregate", "other totals of the workout are not kept", row=False)


def _instant(session: Element, name: str) -> datetime:
    try:
        return instant(session.text(name))
    except ValueError as error:
        raise ValueError(f"`{name}`: {error}") from error


def _seconds(session: Element) -> Decimal | None:
    """How long it lasted without pauses: `1800.5s`."""
    text = session.text("duration")
    found = _DURATION.fullmatch(text)
    if text and not found:
        raise ValueError("`duration` is not a number of seconds")
    return figure(found.group(1)) if found else None


def _aggregates(session: Element) -> Iterator[tuple[str, Decimal]]:
    found = session.get("aggregate")
    if not isinstance(found, list | None):
        raise ValueError("`aggregate` is no list")  # noqa: TRY004 - the file is wrong, not the call
    for each in found or ():
        total = Element(session.locator, each)
        name = "floatValue" if total.get("intValue") is None else "intValue"
        yield total.text("metricName"), total.number(name)
