"""Days and nights of Fitbit: no instant is made up, no unit is guessed."""

import io
import json
from datetime import date

import pytest

from importers import by_format, identify
from importers.contract import Options, Problem, Record

NIGHT = {"logId": 26013218219, "dateOfSleep": "2024-03-31", "minutesAsleep": 412}
REST = {"dateTime": "03/31/24 00:00:00", "value": {"date": "03/31/24", "value": 57, "error": 6}}
WEIGHT = {"logId": 1711864800000, "weight": 141.5, "date": "03/31/24", "time": "06:00:00"}
MINUTES = {"dateTime": "03/31/24 00:00:00", "value": "31"}


def read(name, *entries, **options):
    export = io.BytesIO(json.dumps(entries).encode())
    return list(by_format(name).parse(export, Options(values=options)))


@pytest.mark.parametrize(
    ("filename", "entry", "formats"),
    [
        ("x.json", NIGHT, ["fitbit-sleep"]),
        ("x.json", REST, ["fitbit-resting-heart-rate"]),
        ("x.json", WEIGHT, ["fitbit-weight"]),
        ("a/very_active_minutes-2024-03-01.json", MINUTES, ["fitbit-very-active-minutes"]),
        ("lightly_active_minutes-2024-03-01.json", MINUTES, ["fitbit-lightly-active-minutes"]),
        ("x.json", MINUTES, []),
    ],
)
def test_each_is_known_by_its_content_or_else_by_its_name(filename, entry, formats):
    assert [one.format for one, _ in identify(filename, json.dumps([entry]).encode())] == formats


def test_a_night_keeps_its_local_times_as_text_only():
    times = {"startTime": "2024-03-30T23:10:00.000", "endTime": "2024-03-31T07:02:30.000"}
    (asleep,) = read("fitbit-sleep", NIGHT | times)
    said = dict(asleep.fields)
    assert said["sd:sourceLabel"] == "2024-03-30T23:10:00.000 / 2024-03-31T07:02:30.000"
    assert (said["sd:date"], "schema:startTime" in said) == (date(2024, 3, 31), False)


def test_two_sleeps_of_a_day_are_two_measures():
    one, other = read("fitbit-sleep", NIGHT, NIGHT | {"logId": 26013218220})
    assert one.key != other.key


@pytest.mark.parametrize(("said", "unit"), [("kg", "KiloGM"), ("lb", "LB")])
def test_the_person_says_the_unit_of_a_weight(said, unit):
    (mass,) = read("fitbit-weight", WEIGHT, **{"weight-unit": said})
    assert dict(mass.fields)["qudt:hasUnit"].value.endswith(f"/{unit}")


def test_without_a_unit_no_weight_is_kept_and_the_reason_is_told():
    (problem,) = read("fitbit-weight", WEIGHT)
    assert isinstance(problem, Problem)
    assert "weight-unit=kg" in problem.message


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("fitbit-sleep", NIGHT | {"dateOfSleep": "2024-02-30"}),
        ("fitbit-sleep", NIGHT | {"logId": None}),
        ("fitbit-sleep", {"logId": 1, "dateOfSleep": "2024-03-31"}),
        ("fitbit-sleep", NIGHT | {"levels": {"summary": {"Very Deep": {"minutes": 1}}}}),
        ("fitbit-resting-heart-rate", REST | {"value": {"date": None, "value": 0}}),
        ("fitbit-very-active-minutes", MINUTES | {"dateTime": "03/31/24 08:00:00"}),
        ("fitbit-very-active-minutes", MINUTES | {"dateTime": "31/03/24 00:00:00"}),
    ],
)
def test_what_cannot_be_read_is_told(name, entry):
    items = read(name, entry)
    assert [item.row for item in items if isinstance(item, Problem)] == [True]
    assert not any(isinstance(item, Record) for item in items)
