import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from importers.contract import Options, Problem, Record
from importers.health.blue_button_measures import amount
from importers.health.blue_button_text import Layout, Line, Row, begins_with, rows
from importers.health.civil_dates import american_date
from importers.health.medicare_blue_button import MEDICARE_BLUE_BUTTON
from importers.health.medicare_claims import dollars
from importers.health.va_blue_button import VA_BLUE_BUTTON

CASES = Path(__file__).parents[2] / "importers" / "health"
VA = (CASES / "my-healthevet.txt").read_bytes()
MEDICARE = (CASES / "my-medicare.text").read_bytes()


def read(importer, content):
    return list(importer.parse(io.BytesIO(content), Options()))


def fields(importer, content, kind):
    found = read(importer, content)
    return [dict(i.fields) for i in found if isinstance(i, Record) and i.kind == kind]


def parted(text, *, has_body=False):
    layout = Layout(
        starts=begins_with("Drug"), knows=frozenset({"Drug", "Dose", "Note"}), has_body=has_body
    )
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    return list(rows(lines, layout))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("02 Dec 2011 @ 1023", date(2011, 12, 2)),
        ("2 Dec 2011", date(2011, 12, 2)),
        ("12/02/2011", date(2011, 12, 2)),
        ("1/2/2011", date(2011, 1, 2)),
        ("--", None),
        ("DUE NOW", None),
        ("", None),
    ],
)
def test_an_american_date_is_a_day_or_nothing(text, day):
    assert american_date(text) == day


@pytest.mark.parametrize(
    "text", ["31 Jun 2011", "13/01/2011", "Dec 2011", "02 Dez 2011", "00/00/0"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"date|day"):
        american_date(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$1,060.00", Decimal("1060.00")),
        ("-$5.10", Decimal("-5.10")),
        ("$0.00", Decimal(0)),
        ("* Not Available *", None),
        ("", None),
    ],
)
def test_an_amount_is_in_dollars_or_not_available(text, value):
    assert dollars(text) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("98.5 F", (Decimal("98.5"), "F")),
        (".7", (Decimal("0.7"), "")),
        ("246", (Decimal(246), "")),
        ("<5", ("<5", "")),
        ("Negative", ("Negative", "")),
        ("", (None, "")),
    ],
)
def test_a_value_is_a_number_with_its_unit_or_words(text, found):
    assert amount(text) == found


def test_a_long_value_goes_on_in_the_next_line_and_two_may_stand_in_one():
    (row,) = parted("Drug: A\nDose: 1 tab  Note: with\nfood")
    assert row == Row(1, {"Drug": "A", "Dose": "1 tab", "Note": "with food"})


@pytest.mark.parametrize(
    "text", ["Drug: A\nDose: 1\n\nDrog: B\nDose: 2", "Drug: A\nDose: 1\n\nDrug; B\nDose: 2"]
)
def test_a_row_that_lost_its_beginning_is_told_of(text):
    found = parted(text)
    assert [one.values["Dose"] for one in found if isinstance(one, Row)] == ["1"]
    assert [one.locator for one in found if isinstance(one, Problem) and one.row] == ["line=5"]


def test_the_text_of_a_report_is_not_read_as_values():
    rule = "=" * 40
    found = parted(f"Drug: A\n{'-' * 40}\nDose: x\n{rule}\nDrug: B", has_body=True)
    assert [one.values for one in found] == [{"Drug": "A"}, {"Drug": "B"}]


@pytest.mark.parametrize("place", range(700, len(VA) - 80, 311))
def test_a_va_report_that_breaks_off_says_so(place):
    found = read(VA_BLUE_BUTTON, VA[:place])
    assert any(isinstance(item, Problem) and item.row for item in found)


def test_what_the_person_entered_is_marked_and_what_the_va_knows_is_not():
    allergies = fields(VA_BLUE_BUTTON, VA, "Allergy")
    assert [one.get("sd:selfEntered") for one in allergies] == [None, True]


def test_an_appointment_that_was_cancelled_is_no_visit():
    visits = fields(VA_BLUE_BUTTON, VA, "Encounter")
    missed = fields(VA_BLUE_BUTTON, VA, "HealthAbsence")
    assert [one["sd:date"].year for one in visits] == [2016, 2012]
    assert [one["sd:clinicalStatus"] for one in missed] == ["CANCELLED"]


def test_a_test_without_result_is_kept_and_a_flag_is_no_part_of_the_number():
    tests = {one["sd:sourceLabel"]: one for one in fields(VA_BLUE_BUTTON, VA, "HealthMeasure")}
    assert tests["POTASSIUM"]["sosa:hasSimpleResult"] == Decimal("6.5")
    assert tests["POTASSIUM"]["schema:description"] == "Critical High"
    assert "sosa:hasSimpleResult" not in tests["SODIUM"]


@pytest.mark.parametrize("heading", ["VITALS AND READINGS", "VA PROBLEM LIST", "VA NOTES"])
def test_a_section_that_nobody_knows_is_told_of(heading):
    head = rf"-( SELF REPORTED)? {heading} -".encode()
    other = re.sub(head, b"-" * 20 + b" SOMETHING NEW " + b"-" * 20, VA)
    said = [i.message for i in read(VA_BLUE_BUTTON, other) if isinstance(i, Problem) and i.row]
    assert "the section `Something new` is not imported" in said


def test_the_lines_of_a_claim_are_held_against_its_charge():
    (check,) = MEDICARE_BLUE_BUTTON.reconcile(read(MEDICARE_BLUE_BUTTON, MEDICARE))
    assert (check.expected, check.got, check.ok) == ("1060.00", "1050.00", False)


def test_a_claim_for_a_medicine_is_a_medicine():
    medicines = fields(MEDICARE_BLUE_BUTTON, MEDICARE, "Medication")
    assert [one["sd:sourceLabel"] for one in medicines] == ["Aspirin", "CARVEDILOL"]
    assert len(fields(MEDICARE_BLUE_BUTTON, MEDICARE, "HealthExpense")) == 1


def test_blank_lines_between_the_lines_change_nothing():
    dense = MEDICARE.replace(b"\n\n", b"\n")
    found, whole = read(MEDICARE_BLUE_BUTTON, dense), read(MEDICARE_BLUE_BUTTON, MEDICARE)
    assert [getattr(item, "key", None) for item in found] == [
        getattr(item, "key", None) for item in whole
    ]


def test_a_value_that_looks_like_a_name_is_a_value():
    (row,) = parted("Drug: A\nNote:       Inj type: IM, Site:Lt\nDose: 1")
    assert row.values == {"Drug": "A", "Note": "Inj type: IM, Site:Lt", "Dose": "1"}


def test_stays_are_read_under_the_names_of_older_reports_too():
    old = VA.replace(b"Admission Date:  ", b"Admission Date/Time: ", 1)
    old = old.replace(
        b"Location:             PORTLAND\nDis", b"Admitting Location: PORTLAND\nDis", 1
    )
    old = old.replace(b"Discharge Date:  ", b"Discharge Date/Time:", 1)
    assert old.count(b"/Time: ") > VA.count(b"/Time: ")
    stays = [fields(VA_BLUE_BUTTON, report, "Encounter") for report in (VA, old)]
    assert stays[0] == stays[1]
    assert any("schema:endDate" in stay for stay in stays[1])


def test_a_stay_that_has_not_ended_says_no_end():
    going_on = VA.replace(
        b"Discharge Date:       11 Dec 2012 @ 1134", b"Discharge Date: Not available"
    )
    assert going_on != VA
    stays = fields(VA_BLUE_BUTTON, going_on, "Encounter")
    assert not any("schema:endDate" in stay for stay in stays)


def test_a_line_of_many_dashes_is_read_as_soon_as_any_other():
    """That it ends at all: tried at each dash, a head would be looked for until tomorrow."""
    long = VA.rstrip() + b"\n" + b"-" * 200_000 + b"\n"
    (person,) = fields(VA_BLUE_BUTTON, VA, "CustomerFile")
    assert fields(VA_BLUE_BUTTON, long, "CustomerFile") == [person]
