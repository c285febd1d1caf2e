"""PESC transcripts: what a course, an average and an award become."""

from decimal import Decimal
from pathlib import Path

import pytest

from importers import identify
from importers.contract import Code, Problem, Record
from importers.education.pesc import Pesc
from tests.importers.golden import items_of

FIXTURE = Path(__file__).parents[2] / "importers" / "education" / "college.xml"
HEAD = '<HST:HighSchoolTranscript xmlns:HST="urn:org:pesc:message:HighSchoolTranscript:v1.5.0">'
NAMED = "<CourseTitle>Art</CourseTitle>"


def read(record):
    inside = f"<Student><AcademicRecord>{record}</AcademicRecord></Student>"
    return items_of(Pesc(), f"{HEAD}{inside}</HST:HighSchoolTranscript>".encode())


def session(*courses, summary=""):
    detail = "<AcademicSessionDetail><SessionName>Fall</SessionName></AcademicSessionDetail>"
    inside = "".join(f"<Course>{one}</Course>" for one in courses)
    return read(f"<AcademicSession>{detail}{inside}{summary}</AcademicSession>")


def records(items, kind):
    return [dict(i.fields) for i in items if isinstance(i, Record) and i.kind == kind]


def reasons(items):
    return [item.message for item in items if isinstance(item, Problem)]


def test_both_kinds_of_transcript_are_known_by_their_root_and_namespace():
    for content in (FIXTURE.read_bytes(), HEAD.encode()):
        ((importer, _),) = identify("x", content)
        assert importer.format == "pesc-transcript"
    assert Pesc().recognise("x", b"<CollegeTranscript xmlns='urn:other'>") is None
    assert Pesc().holder(FIXTURE.read_bytes()).name == "Confluence State University"
    assert Pesc().holder(HEAD.encode()).name == "school of the transcript"


@pytest.mark.parametrize(
    ("grade", "found"),
    [
        ("<CourseAcademicGrade>A-</CourseAcademicGrade>", ["A-"]),
        ("<CourseAcademicGrade>91.5</CourseAcademicGrade>", [Decimal("91.5")]),
        ("<CourseAcademicGrade>ZZZ</CourseAcademicGrade>", []),
        ("", []),
        (
            (
                "<CourseSupplementalAcademicGrade><CourseSupplementalGrade>"
                "<CourseAcademicSupplementalGrade>P</CourseAcademicSupplementalGrade>"
                "</CourseSupplementalGrade></CourseSupplementalAcademicGrade>"
            ),
            ["P"],
        ),
    ],
)
def test_a_grade_is_a_number_or_what_stands_in_its_place(grade, found):
    items = session(NAMED + grade)
    assert [one["schema:ratingValue"] for one in records(items, "Grade")] == found
    assert len(records(items, "Enrolment")) == 1


def test_a_course_of_two_sections_with_one_grade_is_two_marks():
    lab, lecture = (
        f"{NAMED}<CourseAcademicGrade>A</CourseAcademicGrade>"
        f"<CourseSectionNumber>{number}</CourseSectionNumber>"
        for number in (1, 2)
    )
    assert len(records(session(lab, lecture), "Grade")) == 2
    # Without a section they cannot be told apart.
    same = f"{NAMED}<CourseAcademicGrade>A</CourseAcademicGrade>"
    assert len(reasons(session(same, same))) == 1


def test_an_average_is_none_of_the_grades():
    gpa = "<AcademicSummary><GPA><GradePointAverage>3.9</GradePointAverage></GPA></AcademicSummary>"
    (mean,) = records(session(summary=gpa), "Grade")
    assert mean["sd:nature"] == Code("mean")
    assert Pesc().reconcile(session(summary=gpa)) == ()


@pytest.mark.parametrize(("stated", "ok"), [("6", True), ("6.0", True), ("9", False)])
def test_a_session_is_held_to_the_credits_that_it_states(stated, ok):
    course = f"{NAMED}<CourseCreditEarned>3.0</CourseCreditEarned>"
    summary = (
        f"<AcademicSummary><GPA><CreditHoursEarned>{stated}</CreditHoursEarned></GPA>"
        "</AcademicSummary>"
    )
    (check,) = Pesc().reconcile(session(course, course, summary=summary))
    assert (check.ok, check.got) == (ok, "6.0")
    # Where a course does not say what it earned, there is nothing to compare.
    assert Pesc().reconcile(session(course, NAMED, summary=summary)) == ()


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("<Course/>", "this course has neither a title nor a number"),
        ("<AcademicAward/>", "this award has no title"),
        (f"<Course>{NAMED}<CourseEndDate>soon</CourseEndDate></Course>", "`CourseEndDate` is not"),
        ("", "neither courses nor awards"),
        ("<School><OrganizationName>A</OrganizationName></School>", "neither courses nor awards"),
        (
            (
                "<AcademicSummary><GPA><GradePointAverage>high</GradePointAverage></GPA>"
                "</AcademicSummary>"
            ),
            "`GradePointAverage` is not a number",
        ),
    ],
)
def test_what_cannot_be_read_is_told(record, reason):
    (said,) = reasons(read(record))
    assert reason in said


def test_the_numbers_of_the_person_are_not_kept():
    said = repr([i for i in items_of(Pesc(), FIXTURE.read_bytes()) if isinstance(i, Record)])
    assert "0101" not in said
    assert "600000101" not in said
