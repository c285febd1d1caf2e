"""Europass CVs of three forms: what each entry becomes, and how exact its dates are."""

from datetime import date
from pathlib import Path

import pytest

from importers import identify
from importers.contract import Problem, Record, Typed
from importers.education.cv import partial_date, plain
from importers.education.europass import Europass
from tests.importers.golden import items_of
from tests.unit.importers.pdf import document

FIXTURES = Path(__file__).parents[2] / "importers" / "education"


def read(content):
    octets = content if isinstance(content, bytes) else content.encode()
    return items_of(Europass(), octets)


def reasons(items):
    return " ".join(item.message for item in items if isinstance(item, Problem))


def kinds(items):
    return [i.kind for i in items if isinstance(i, Record)]


def passport(inner):
    return f"<SkillsPassport><LearnerInfo>{inner}</LearnerInfo></SkillsPassport>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2012", Typed("2012", "xsd:gYear")),
        ("2012-03", Typed("2012-03", "xsd:gYearMonth")),
        ("2012-03-01", date(2012, 3, 1)),
        ("2012-03-01T00:00:00", date(2012, 3, 1)),
    ],
)
def test_a_date_is_as_exact_as_it_was_said(text, found):
    assert partial_date(text) == found


@pytest.mark.parametrize("text", ["12", "2012-13", "2012-02-30", "0000", "spring 2012", "03-2012"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match="this"):
        partial_date(text)


def test_markup_is_no_part_of_a_text():
    assert plain("<p>Levés &amp; <b>plans</b></p>\n<p>fin</p>") == "Levés & plans fin"


@pytest.mark.parametrize(
    ("name", "variant"), [("cv-3.xml", "3"), ("cv-3.json", "3 (JSON)"), ("cv-4.xml", "4")]
)
def test_each_form_is_known(name, variant):
    ((importer, match),) = identify("x", (FIXTURES / name).read_bytes())
    assert (importer.format, match.variant) == ("europass-cv", variant)


def test_a_candidate_of_another_schema_is_none():
    assert identify("x.xml", b'<Candidate xmlns="http://ns.hr-xml.org/2007-04-15"/>') == ()


def test_no_picture_is_kept():
    assert "iVBORw0KGgo" not in repr(read((FIXTURES / "cv-3.xml").read_bytes()))


def test_the_names_of_references_are_not_kept():
    items = read((FIXTURES / "cv-4.xml").read_bytes())
    assert "Somebody Else" not in repr(items)
    assert "references" in reasons(items)


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        ("<Pets><Pet>Rex</Pet></Pets>", "`Pets`"),
        ("<Skills><Magic><Description>x</Description></Magic></Skills>", "`Magic`"),
        ("<WorkExperienceList><WorkExperience/></WorkExperienceList>", "says nothing"),
        ("", "nothing in it is known"),
    ],
)
def test_what_is_not_kept_is_told(inner, reason):
    assert reason in reasons(read(passport(inner)))


def test_a_bomb_of_entities_is_not_read():
    items = read('<!DOCTYPE x [<!ENTITY a "aa">]>' + passport("<Pets>&a;</Pets>"))
    assert "document type declaration" in reasons(items)


def test_what_came_before_a_break_is_kept():
    content = (FIXTURES / "cv-3.xml").read_bytes()
    cut = content[: content.index(b"<EducationList>")]
    assert kinds(read(cut)) == ["CustomerFile", "Experience", "Experience"]
    assert "stops being XML" in reasons(read(cut))


def test_two_jobs_at_one_employer_are_two():
    items = read((FIXTURES / "cv-4.xml").read_bytes())
    jobs = [dict(i.fields) for i in items if isinstance(i, Record) and i.kind == "Experience"]
    assert [job["sd:counterpartyName"] for job in jobs[:2]] == ["Atelier du Plan"] * 2
    assert [job["schema:startDate"] for job in jobs[:2]] == [
        Typed("2015-09", "xsd:gYearMonth"),
        Typed("2018", "xsd:gYear"),
    ]


@pytest.mark.spec("ISO 32000-1 §7.11.4")
def test_a_cv_as_pdf_is_the_one_that_is_attached_to_it():
    ((importer, match),) = identify("cv.pdf", (FIXTURES / "cv-3.pdf").read_bytes())
    assert (importer.format, match.variant) == ("europass-cv", "PDF")
    found = read((FIXTURES / "cv-3.pdf").read_bytes())
    plain_xml = read((FIXTURES / "cv-3.xml").read_bytes())
    assert [i for i in found if isinstance(i, Record)] == [
        i for i in plain_xml if isinstance(i, Record)
    ]
    assert "this attached file is no CV" in reasons(found)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (document([[(60, "Europass")]]), "carries no CV as data"),
        (document([[(60, "Europass")]], attached=[("a.xml", b"<a/>")]), "carries no CV as data"),
        (document([[(60, "Europass")]])[:-9], "cut short"),
        (b"%PDF-1.4\nEuropass\n%%EOF", "damaged"),
    ],
)
def test_a_pdf_without_a_cv_says_so(content, reason):
    assert reason in reasons(read(content))
    assert any(problem.row for problem in read(content) if isinstance(problem, Problem))


def test_a_pdf_that_does_not_name_europass_is_none_of_its():
    assert Europass().recognise("cv.pdf", document([[(60, "Curriculum vitae")]])) is None
