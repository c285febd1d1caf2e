"""Marks of Pronote: wrapped values, the comma as decimal mark, and codes in the place of marks."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from importers import identify
from importers.contract import Code, Problem, Record
from importers.education.pronote import Pronote
from tests.importers.golden import items_of

FIXTURE = Path(__file__).parents[2] / "importers" / "education" / "pronote.json"


def read(**mark):
    """The items of a file in which this is the only mark."""
    subject = {"V": {"L": "LATIN"}}
    marks = [{"service": subject, "note": {"V": "12"}} | mark]
    inside = {"listeServices": {"V": []}, "listeDevoirs": {"V": marks}}
    return items_of(Pronote(), json.dumps({"donneesSec": {"donnees": inside}}).encode())


def test_it_is_known_by_its_content():
    assert [one.format for one, _ in identify("x.json", FIXTURE.read_bytes())] == ["pronote"]


def test_a_mean_is_told_from_a_mark():
    items = items_of(Pronote(), FIXTURE.read_bytes())
    grades = [dict(one.fields) for one in items if isinstance(one, Record) and one.kind == "Grade"]
    natures = {grade["schema:ratingValue"]: grade.get("sd:nature") for grade in grades}
    assert natures == {Decimal(19): Code("mean"), Decimal("9.5"): None, "|1": None}


@pytest.mark.parametrize(
    ("wrapped", "value", "best"),
    [("9,5", Decimal("9.5"), Decimal(20)), ("|1", "|1", None), (" 12 ", Decimal(12), Decimal(20))],
)
def test_a_code_is_kept_and_is_on_no_scale(wrapped, value, best):
    _course, grade = read(note={"V": wrapped}, bareme={"V": "20"})
    fields = dict(grade.fields)
    assert (fields["schema:ratingValue"], fields.get("schema:bestRating")) == (value, best)


def test_numbers_that_change_with_the_session_are_no_keys():
    (_, one), (_, other) = read(N="35#a"), read(N="36#b")
    assert one.key == other.key


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"note": {"V": ""}}, "there is no mark"),
        ({"service": {"V": {}}}, "the subject is not named"),
        ({"date": {"V": "31/09/2024"}}, "this day does not exist"),
        ({"coefficient": "double"}, "`coefficient`: this is not a number"),
    ],
)
def test_what_cannot_be_read_is_told(broken, message):
    (problem,) = [item for item in read(**broken) if isinstance(item, Problem)]
    assert (problem.message.startswith(message), problem.row) == (True, True)
