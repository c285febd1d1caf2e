"""Tables of Fitbit with a row a day: each is known by its columns."""

import io
from datetime import date

import pytest

from importers import by_format, identify
from importers.contract import Options, Problem, Record

TABLES = by_format("fitbit-tables")


def read(header, *rows):
    content = "".join(f"{line}\n" for line in (header, *rows)).encode()
    assert [one.format for one, _ in identify("x.csv", content)] == ["fitbit-tables"]
    return list(TABLES.parse(io.BytesIO(content), Options()))


def said(items):
    found = [dict(item.fields) for item in items if isinstance(item, Record)]
    return {
        one["sosa:observedProperty"].value.rpartition(":")[2]: (
            one["sd:date"],
            float(one["sosa:hasSimpleResult"]),
        )
        for one in found
    }


DAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("header", "row", "kept"),
    [
        (
            "timestamp,rmssd,nremhr,entropy",
            "2024-03-31T00:00:00,29.232,49.623,2.472",
            {
                "heart-rate-variability-rmssd-of-night": 29.232,
                "heart-rate-of-non-rem-sleep": 49.623,
            },
        ),
        (
            "timestamp,daily_respiratory_rate",
            "2024-03-31,15.2",
            {"respiratory-rate-of-night": 15.2},
        ),
        (
            "timestamp,full_sleep_breathing_rate,full_sleep_standard_deviation",
            "2024-03-31T03:04:05Z,14.6,2.1",
            {"respiratory-rate-of-full-sleep": 14.6},
        ),
        (
            "type,sleep_start,sleep_end,temperature_samples,nightly_temperature",
            "SKIN,2024-03-30T23:15,2024-03-31T07:02:30,453,33.9",
            {"skin-temperature-of-night": 33.9},
        ),
        (
            "DATE,UPDATED_AT,STRESS_SCORE,STATUS,CALCULATION_FAILED",
            "2024-03-31,2024-04-01T00:00:00Z,78,READY,false",
            {"stress-management-score": 78},
        ),
        (
            "date,readiness_score_value,readiness_state,activity_subcomponent",
            "2024-03-31,61,MED,70",
            {"readiness-score": 61, "readiness-of-activity": 70},
        ),
    ],
)
def test_each_table_is_known_by_its_columns(header, row, kept):
    found = said(read(header, row))
    assert {name: found[name] for name in kept} == {n: (DAY, value) for n, value in kept.items()}


def test_a_score_that_could_not_be_worked_out_is_no_zero():
    (columns, empty) = read(
        "DATE,STRESS_SCORE,STATUS,CALCULATION_FAILED", "2024-03-31,0,NO_DATA,true"
    )
    assert [columns.row, empty.row, empty.message[-1]] == [False, False, "1"]


def test_columns_that_are_not_kept_are_told_by_their_number():
    remark, _ = read("timestamp,daily_respiratory_rate,noise,words", "2024-03-31,15.2,1,LOW")
    assert (remark.row, remark.message[-1]) == (False, "2")


@pytest.mark.parametrize(
    "row",
    [
        "2024-03-31T25:00:00,15.2",
        "31/03/2024,15.2",
        "2024-02-30,15.2",
        "2024-03-31,x",
        "2024-03-31,15.2,1",
        '2024-03-31,"15.2',
    ],
)
def test_a_row_that_cannot_be_read_is_told(row):
    (problem,) = read("timestamp,daily_respiratory_rate", row)
    assert isinstance(problem, Problem)
    assert problem.row
