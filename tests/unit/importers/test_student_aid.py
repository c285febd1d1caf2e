"""MyStudentData.txt: where a loan begins and ends, what is owed, and what is never kept."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from importers import identify
from importers.clock import american_date
from importers.contract import Problem, Record
from importers.education.student_aid import StudentAid
from tests.importers.golden import items_of

FIXTURE = Path(__file__).parents[2] / "importers" / "education" / "my-student-data.txt"
TOP = "File Source:U.S. DEPARTMENT OF EDUCATION (NSLDS)\nFile Request Date:05/06/2024\n"
TOTAL = "Student Total All Loans Outstanding Principal:"
CONTACT = "Loan Contact Name:EXAMPLE SERVICER\n"


def loan(first, owed="$1,000", *, contact=CONTACT, **more):
    said = {"Loan Date": "08/20/2019", "Loan Amount": "$2,000"} | more
    lines = "".join(f"{name}:{value}\n" for name, value in said.items() if value is not None)
    return f"{first}\n{lines}Loan Outstanding Principal Balance:{owed}\n{contact}"


def read(*loans, top=TOP):
    return items_of(StudentAid(), (top + "".join(loans)).encode())


def records(items, kind):
    return [dict(i.fields) for i in items if isinstance(i, Record) and i.kind == kind]


def reasons(items):
    return [item.message for item in items if isinstance(item, Problem)]


def test_a_file_is_known_by_its_source_and_its_lines():
    for content in (FIXTURE.read_bytes(), (TOP + loan("Loan Type:PERKINS")).encode()):
        ((importer, _),) = identify("MyStudentData.txt", content.replace(b"\n", b"\r\n"))
        assert importer.format == "us-student-aid"
    assert StudentAid().recognise("MyStudentData.txt", b"Student First Name:Zoe\n") is None


@pytest.mark.parametrize(
    "starts",
    [
        ("Loan Type:PERKINS", "Loan Type:PERKINS"),
        ("Loan Type Code:D1\nLoan Award ID:***1", "Loan Type Code:D1\nLoan Award ID:***2"),
        ("Loan Award ID:***1\nLoan Type Code:D1", "Loan Award ID:***2\nLoan Type Code:D1"),
        # The first line of the second is damaged.
        ("Loan Type Code:D1\nLoan Award ID:***1", "Xoan Type Code:D1\nLoan Award ID:***2"),
    ],
)
def test_each_layout_gives_each_loan(starts):
    first, second = starts
    items = read(loan(first), loan(second, **{"Loan Amount": "$3,000"}))
    found = [one["schema:amount"] for one in records(items, "Loan")]
    assert found == [Decimal(2000), Decimal(3000)]


def test_what_is_owed_is_below_nought_on_the_day_it_was_said_for():
    said = {"Loan Outstanding Principal Balance as of Date": "04/30/2024"}
    items = read(loan("Loan Type:A", **said), loan("Loan Type:B", "$5.50"))
    assert [(one["sd:date"], one["sd:balance"]) for one in records(items, "Balance")] == [
        (date(2024, 4, 30), Decimal(-1000)),
        (date(2024, 5, 6), Decimal("-5.50")),
    ]


@pytest.mark.parametrize(("stated", "ok"), [("$2,000", True), ("$2,500.00", False)])
def test_the_loans_are_held_to_what_is_owed_in_all(stated, ok):
    items = read(loan("Loan Type:A"), loan("Loan Type:B"), top=f"{TOP}{TOTAL}{stated}\n")
    (check,) = StudentAid().reconcile(items)
    assert (check.ok, check.got) == (ok, "2000")


@pytest.mark.parametrize(
    ("loans", "reason"),
    [
        ((loan("Loan Type:A", contact=""),), "cut short"),
        ((loan("Loan Type:A", **{"Loan Date": None}),), "no `Loan Date`"),
        ((loan("Loan Type:A", **{"Loan Date": "31/12/2019"}),), "`Loan Date` is not a date"),
        ((loan("Loan Type:A", **{"Loan Amount": "much"}),), "`Loan Amount` is not a number"),
        (("Grant Type:PELL\nGrant Award Year:2019\n",), "grants are not kept"),
        (("a line\n",), "no `Name:Value`"),
        ((), "the file has no loans"),
    ],
)
def test_what_is_not_kept_is_told(loans, reason):
    items = read(*loans)
    assert any(reason in one for one in reasons(items))
    assert not records(items, "Loan")


def test_a_total_that_cannot_be_read_and_a_file_without_its_day_are_told():
    top = f"File Source:NSLDS\n{TOTAL}much\n"
    found = reasons(read(loan("Loan Type:A"), top=top))
    assert any("`File Request Date`" in one for one in found)
    assert any(f"`{TOTAL[:-1]}` is not a number" in one for one in found)


def test_two_grants_are_two_rows_though_the_first_line_of_one_is_damaged():
    grant = "Grant Type:PELL\nGrant Award Year:2019\n"
    assert len(reasons(read(grant, grant.replace("Grant Type", "Xrant Type")))) == 2


def test_the_social_security_number_in_an_identifier_is_not_kept():
    made = "Loan Type:A\nLoan Award ID:600000101S20G01234001"
    masked = made.replace("600000101", "*" * 9)
    keys = [
        [i.key for i in read(loan(one)) if isinstance(i, Record) and i.kind == "Loan"]
        for one in (made, masked)
    ]
    assert keys[0] == keys[1]
    assert "600000101" not in repr(read(loan(made)))


def test_the_month_stands_before_the_day():
    assert american_date("4/1/2026") == date(2026, 4, 1)
    with pytest.raises(ValueError, match="does not exist"):
        american_date("31/12/2026")
