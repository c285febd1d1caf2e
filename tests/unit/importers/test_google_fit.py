import io

import pytest

from importers import by_format, identify
from importers.contract import Options, Problem, Sample

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


QUARTERS = "Start time,End time,Calories (kcal),Step count,Walking duration (ms)\n"


def of_day(*rows, date="2024-03-31"):
    content = (QUARTERS + "".join(f"{row}\n" for row in rows)).encode()
    options = Options(values={"date": date} if date else {})
    return list(by_format("google-fit-quarters").parse(io.BytesIO(content), options))


@pytest.mark.parametrize(
    ("name", "needs", "said"),
    [
        ("2024-03-31.csv", (), (("date", "2024-03-31"),)),
        ("Takeout/Fit/Daily activity metrics/2024-03-31.csv", (), (("date", "2024-03-31"),)),
        ("2024-02-31.csv", ("date",), ()),
        ("jour.csv", ("date",), ()),
    ],
)
def test_the_file_of_a_day_says_which_by_its_name(name, needs, said):
    ((importer, match),) = identify(name, QUARTERS.encode())
    assert importer.format == "google-fit-quarters"
    assert (match.needs, match.named) == (needs, said)


def test_a_quarter_of_an_hour_has_a_sample_for_each_figure_and_is_one_row():
    found = of_day("08:00:00.000+02:00,08:15:00.000+02:00,40.5,12,90000")
    assert [(one.sensor.name, float(one.values[0][1]), one.counted) for one in found] == [
        ("energy-expended", 40.5, True),
        ("step-count", 12, False),
        ("walking-duration", 1.5, False),
    ]
    assert {one.end.isoformat() for one in found} == {"2024-03-31T08:15:00+02:00"}


def test_the_last_quarter_ends_with_the_day():
    (one,) = of_day("23:45:00.000+02:00,00:00:00.000+02:00,1,,")
    assert one.end.isoformat() == "2024-04-01T00:00:00+02:00"


@pytest.mark.parametrize(
    ("row", "lost"),
    [
        ("08:00:00.000+02:00,08:15:00.000+02:00,,,", False),
        ("08:00:00.000+02:00,08:15:00.000+02:00,x,,", True),
        ("08:15:00.000+02:00,08:00:00.000+02:00,1,,", True),
        ("08:00:00.000,08:15:00.000,1,,", True),
        ("08:00:00.000+02:00,08:15:00.000+02:00,1", True),
    ],
)
def test_a_quarter_that_says_nothing_or_cannot_be_read_is_told(row, lost):
    (problem,) = of_day(row)
    assert problem.row is lost


def test_without_a_day_nothing_is_kept():
    (problem,) = of_day("08:00:00.000+02:00,08:15:00.000+02:00,1,,", date="")
    assert "date=YYYY-MM-DD" in problem.message


def test_a_source_of_its_own_keeps_quarters_apart_from_streams():
    (one,) = of_day("08:00:00.000+02:00,08:15:00.000+02:00,1,,")
    assert isinstance(one, Sample)
    assert one.sensor.device.natural == ("daily activity metrics",)
