"""Days and nights of Fitbit: no instant is made up, no unit is guessed."""

import io
import json
from datetime import date
from decimal import Decimal

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
        ("fitbit-resting-heart-rate", REST | {"value": {"date": None, "value": 57}}),
        ("fitbit-very-active-minutes", MINUTES | {"dateTime": "03/31/24 08:00:00"}),
        ("fitbit-very-active-minutes", MINUTES | {"dateTime": "31/03/24 00:00:00"}),
    ],
)
def test_what_cannot_be_read_is_told(name, entry):
    items = read(name, entry)
    assert [item.row for item in items if isinstance(item, Problem)] == [True]
    assert not any(isinstance(item, Record) for item in items)


def test_days_of_which_nothing_is_said_are_told_once_with_their_number():
    nothing = REST | {"value": {"date": None, "value": 0.0, "error": 0.0}}
    *found, remark = read("fitbit-resting-heart-rate", nothing, REST, nothing)
    assert [item.kind for item in found] == ["HealthMeasure"]
    assert (remark.row, remark.message[-1]) == (False, "2")


def test_the_zones_of_a_day_are_its_measures_and_one_of_them_counts():
    zones = {"valuesInZones": {"BELOW_DEFAULT_ZONE_1": 1200.0, "IN_DEFAULT_ZONE_1": 30.0}}
    below, inside = read("fitbit-heart-rate-zones", MINUTES | {"value": zones})
    assert dict(below.fields)["sosa:hasSimpleResult"] == 1200
    assert [below.counted, inside.counted] == [True, False]


def minute(stamp, value):
    return {"dateTime": stamp, "value": value}


def test_the_energy_of_a_day_is_that_of_its_minutes():
    minutes = [minute(f"03/{day} 12:00:00", "1.25") for day in ("30/24", "30/24", "31/24")]
    found = read("fitbit-calories", *minutes)
    said = [(dict(r.fields)["sd:date"].day, dict(r.fields)["sosa:hasSimpleResult"]) for r in found]
    assert said == [(30, Decimal("2.50")), (31, Decimal("1.25"))]


def test_a_day_in_which_the_file_breaks_off_has_no_total():
    whole = json.dumps([minute(f"03/{day}/24 12:00:00", "1.25") for day in (30, 31)])
    found = list(by_format("fitbit-calories").parse(io.BytesIO(whole[:-1].encode()), Options()))
    assert [dict(r.fields)["sd:date"].day for r in found if isinstance(r, Record)] == [30]
    assert any(problem.row for problem in found if isinstance(problem, Problem))


def test_a_minute_of_a_day_that_has_ended_is_told():
    minutes = [minute(f"03/{day}/24 12:00:00", "1") for day in (30, 31, 30)]
    problems = [i for i in read("fitbit-calories", *minutes) if isinstance(i, Problem)]
    assert [problem.locator for problem in problems] == ["/2"]


RUN = {
    "logId": 7,
    "activityName": "Run",
    "startTime": "03/31/24 23:50:00",
    "duration": 1_800_000,
    "activeDuration": 1_700_000,
    "calories": 300,
}


@pytest.mark.parametrize(
    ("unit", "kilometres"),
    [("Kilometer", "4"), ("Mile", "6.437376"), ("Meter", "0.004"), ("Yard", "0.003657600")],
)
def test_a_workout_begins_in_utc_and_its_distance_is_in_kilometres(unit, kilometres):
    (run,) = read("fitbit-exercise", RUN | {"distance": 4, "distanceUnit": unit})
    said = dict(run.fields)
    assert said["schema:startTime"].isoformat() == "2024-03-31T23:50:00+00:00"
    assert said["schema:endTime"].isoformat() == "2024-04-01T00:20:00+00:00"
    assert (said["sd:distance"], said["sd:durationSeconds"]) == (Decimal(kilometres), 1700)


def test_a_distance_in_an_unknown_unit_is_not_kept_and_told():
    run, remark = read("fitbit-exercise", RUN | {"distance": 4, "distanceUnit": "Length"})
    assert "sd:distance" not in dict(run.fields)
    assert not remark.row


@pytest.mark.parametrize(
    "wrong", [{"duration": -1}, {"duration": 10**12}, {"startTime": ""}, {"calories": "many"}]
)
def test_a_workout_that_cannot_be_is_told(wrong):
    (problem,) = read("fitbit-exercise", RUN | wrong)
    assert problem.row
