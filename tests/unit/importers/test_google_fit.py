import io

import pytest

from importers import by_format, identify
from importers.contract import Options, Problem

DAILY = by_format("google-fit-daily")
HEADER = "Date,Calories (kcal),Step count,Walking duration (ms)\n"


def read(content):
    return list(DAILY.parse(io.BytesIO(content.encode()), Options()))


def test_a_day_has_a_measure_for_each_figure_and_is_one_row():
    steps, walked = read(f"{HEADER}2024-03-31,,4501,90000\n")
    assert dict(steps.fields)["sosa:observedProperty"].value == "http://loinc.org/rdf/41950-7"
    assert (dict(steps.fields)["sosa:hasSimpleResult"], steps.counted) == (4501, True)
    assert dict(walked.fields)["qudt:hasUnit"].value.endswith("/MIN")
    assert (float(dict(walked.fields)["sosa:hasSimpleResult"]), walked.counted) == (1.5, False)


BROKEN = (
    "2024-02-30,1,2,3",
    "31/03/2024,1,2,3",
    '2024-03-31,"1,5",2,3',
    "2024-03-31,,,",
    "2024-03-31,1,2,3,4",
)


@pytest.mark.parametrize("row", BROKEN)
def test_a_row_that_cannot_be_read_is_told(row):
    (problem,) = read(f"{HEADER}{row}\n")
    assert isinstance(problem, Problem)
    assert problem.row


def test_a_column_that_is_not_known_is_told_and_loses_no_row():
    remark, calories = read("Date,Calories (kcal),Sommeil\n2024-03-31,1,2\n")
    assert (remark.row, calories.counted) == (False, True)


def test_the_table_is_known_by_its_columns():
    ((importer, _),) = identify("x.csv", HEADER.encode())
    assert importer.format == "google-fit-daily"


def test_a_quote_that_is_not_closed_takes_no_other_day_with_it():
    first, *later = read(f'{HEADER}2024-03-31,1,"2,3\n2024-04-01,1,2,3\n')
    assert isinstance(first, Problem)
    assert [item.on.day for item in later] == [1, 1, 1]
