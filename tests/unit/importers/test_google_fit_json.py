"""Streams and sessions of Google Fit: nanoseconds, one number a point, nights that are no sport."""

import io
import json

import pytest

from importers import by_format, identify
from importers.contract import Options, Problem, Sample

POINT = {
    "fitValue": [{"value": {"fpVal": 61.5}}],
    "startTimeNanos": 1711846800000000000,
    "endTimeNanos": 1711846860000000000,
    "dataTypeName": "com.google.heart_rate.bpm",
}
SESSION = {
    "fitnessActivity": "biking",
    "startTime": "2024-03-31T08:00:00.000Z",
    "endTime": "2024-03-31T08:30:00.000Z",
}


def read(name, value):
    return list(by_format(name).parse(io.BytesIO(json.dumps(value).encode()), Options()))


def stream(**changes):
    return read("google-fit-stream", {"Data Source": "raw:x", "Data Points": [POINT | changes]})


def session(**changes):
    return read("google-fit-session", SESSION | changes)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"Data Source": "raw:x", "Data Points": [POINT]}, "google-fit-stream"),
        (SESSION, "google-fit-session"),
    ],
)
def test_each_is_known_by_its_content(value, name):
    assert [one.format for one, _ in identify("x.json", json.dumps(value).encode())] == [name]


@pytest.mark.parametrize("nanos", [1711846800123456789, "1711846800123456789"])
def test_a_moment_is_in_nanoseconds_as_number_or_text(nanos):
    (sample,) = stream(startTimeNanos=nanos, endTimeNanos=nanos)
    assert (sample.start.isoformat(), sample.end) == ("2024-03-31T01:00:00.123456+00:00", None)


def test_streams_of_two_sources_stay_apart():
    (one,) = read("google-fit-stream", {"Data Source": "raw:a", "Data Points": [POINT]})
    (other,) = read("google-fit-stream", {"Data Source": "raw:b", "Data Points": [POINT]})
    assert one.sensor != other.sensor


@pytest.mark.parametrize(
    "broken",
    [
        {"fitValue": []},
        {"fitValue": ["61"]},
        {"fitValue": [{"value": {"fpVal": 1}}, {"value": {"fpVal": 2}}]},
        {"fitValue": [{"value": {"stringVal": "61"}}]},
        {"startTimeNanos": -1},
        {"endTimeNanos": 1711846799000000000},
        {"dataTypeName": "com.google.hydration"},
        {"dataTypeName": "com.google.sleep.segment", "fitValue": [{"value": {"intVal": 9}}]},
    ],
)
def test_a_point_that_cannot_be_read_is_told(broken):
    (problem,) = stream(**broken)
    assert isinstance(problem, Problem)
    assert problem.row


def test_a_workout_has_its_distance_in_kilometres_and_its_time_without_pauses():
    totals = [{"metricName": "com.google.distance.delta", "floatValue": 9876.5}]
    (workout,) = session(duration="1500s", aggregate=totals)
    said = dict(workout.fields)
    assert (str(said["sd:distance"]), said["sd:durationSeconds"]) == ("9.8765", 1500)


def test_a_night_is_no_workout():
    (night,) = session(fitnessActivity="sleep")
    assert isinstance(night, Sample)
    assert (night.end - night.start).total_seconds() == 1800


@pytest.mark.parametrize(
    "broken",
    [
        {"fitnessActivity": ""},
        {"startTime": "2024-03-31T08:00:00"},
        {"endTime": "2024-03-31T07:00:00Z"},
        {"duration": "half an hour"},
        {"aggregate": {"metricName": "com.google.distance.delta"}},
        {"aggregate": [{"metricName": "com.google.distance.delta", "floatValue": "far"}]},
    ],
)
def test_a_session_that_cannot_be_read_is_told(broken):
    (problem,) = session(**broken)
    assert isinstance(problem, Problem)
    assert problem.row


def test_the_number_of_a_telephone_is_not_kept():
    source = "derived:com.google.speed:com.google.android.fit:maker:model:557f82c0f6828d19:top"
    (one,) = read("google-fit-stream", {"Data Source": source, "Data Points": [POINT]})
    assert one.sensor.device.natural == (source.replace(":557f82c0f6828d19", ""),)


def test_a_position_has_its_height_and_how_exact_it_is():
    four = [{"value": {"fpVal": value}} for value in (48.8, 2.3, 15.1, 604.7)]
    (here,) = stream(dataTypeName="com.google.location.sample", fitValue=four)
    assert here.sensor.name == "track"
    said = {name: float(value) for name, value in here.values}
    assert said == {"lat": 48.8, "lon": 2.3, "alt": 604.7, "accuracy": 15.1}


@pytest.mark.parametrize("values", [[91, 2.3], [48.8], []])
def test_a_position_that_is_none_is_told(values):
    told = [{"value": {"fpVal": value}} for value in values]
    (problem,) = stream(dataTypeName="com.google.location.sample", fitValue=told)
    assert problem.row


def test_a_stream_without_points_is_told():
    (remark,) = read("google-fit-stream", {"Data Source": "raw:x", "Data Points": []})
    assert not remark.row
