"""Tables of marks: how their columns are known, and what their means are held to."""

from decimal import Decimal

import pytest

from importers import identify
from importers.contract import Options, Problem, Record, Stated
from importers.education.transcript_csv import TranscriptCsv
from tests.importers.golden import items_of


def read(text, **said):
    return items_of(TranscriptCsv(), text.encode(), Options(values=said))


def marks(items):
    return [dict(i.fields) for i in items if isinstance(i, Record) and i.kind == "Grade"]


def problems(items):
    return [item.message for item in items if isinstance(item, Problem) and item.row]


@pytest.mark.parametrize(
    "header",
    [
        "Matière;Note",
        "Discipline,Moyenne",
        "Subject\tMark",
        "Course title,Final Grade",
        "UE;Points",
    ],
)
def test_a_table_is_known_by_its_columns(header):
    assert [i.format for i, _ in identify("x.csv", f"{header}\n".encode())] == ["transcript-csv"]


@pytest.mark.parametrize(
    "header",
    ["Date;Montant", "Matière;Salle", "Note;Auteur", "Cours;Volume", "Date,Code,Payee,Amount,Note"],
)
def test_a_table_without_courses_or_marks_is_none(header):
    assert identify("notes.csv", f"{header}\n".encode()) == ()


@pytest.mark.parametrize(
    ("text", "said", "value", "best"),
    [
        ("Matière;Note\nMaths;14,5\n", {}, Decimal("14.5"), None),
        ("Matière;Note\nMaths;14.5/20\n", {}, Decimal("14.5"), Decimal(20)),
        ("Matière;Note;Sur\nMaths;7;/10\n", {}, Decimal(7), Decimal(10)),
        ("Fach;Wert\nMaths;7\n", {"course": "fach", "grade": "Wert"}, Decimal(7), None),
        ("Matière;Note\nMaths;7\n", {"scale": "20"}, Decimal(7), Decimal(20)),
        ("Course;Grade\nMaths;A-\n", {}, "A-", None),
        (
            "Note;Valeur;Matière\nDS1;7;Maths\n",
            {"label": "Note", "grade": "Valeur"},
            Decimal(7),
            None,
        ),
    ],
)
def test_a_mark_is_read_with_its_scale_and_none_is_guessed(text, said, value, best):
    (mark,) = marks(read(text, **said))
    assert (mark["schema:ratingValue"], mark.get("schema:bestRating")) == (value, best)


@pytest.mark.parametrize(
    ("said", "day"), [({}, "2026-04-03"), ({"dates": "month-first"}, "2026-03-04")]
)
def test_a_day_is_read_day_first_unless_the_person_says_otherwise(said, day):
    (mark,) = marks(read("Matière;Note;Date\nMaths;7;3/4/2026\n", **said))
    assert mark["sd:date"].isoformat() == day


@pytest.mark.spec("Self Data DAT-68")
@pytest.mark.spec("Self Data SYS-14")
def test_the_weighted_mean_is_held_to_the_stated_one():
    text = "Matière;Note;Sur;Coefficient;Moyenne\nMaths;10;20;1;13,3\nMaths;7,5;10;2;13,3\n"
    (check,) = TranscriptCsv().reconcile(read(text))
    assert (check.expected, check.got, check.ok) == ("13.3", "13.3", True)
    (wrong,) = TranscriptCsv().reconcile(read(text.replace("13,3", "13,8")))
    assert not wrong.ok


def test_a_report_of_means_is_held_to_the_general_mean():
    items = read("Matière;Moyenne;Coef\nMaths;12;3\nLatin;16;1\nMoyenne générale;13;\n")
    assert len([i for i in items if isinstance(i, Stated)]) == 1
    assert [(c.got, c.ok) for c in TranscriptCsv().reconcile(items)] == [("13", True)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Matière;Note\nMaths;1\nMaths;1\n", "no day"),
        ("Matière;Note\nMaths;\nMaths;\n", "no mark"),
        ("Matière;Note\n;12\n", "no course"),
        ("Matière;Note;Date\nMaths;12;2026-02-30\n", "does not exist"),
        ("Matière;Note;Sur\nMaths;12;0\n", "scale"),
        ("Matière;Note\nMaths;12;13\n", "more cells"),
        ("Matière;Note;Salle\nMaths;12;B1\nLatin;12;B", "does not end its line"),
        ("Salle;Prof\nB1;X\n", "options"),
    ],
)
def test_a_row_that_is_not_kept_is_told(text, reason):
    assert any(reason in message for message in problems(read(text)))


def test_columns_that_are_not_kept_are_told():
    items = read("Matière;Note;Professeur\nMaths;12;X\n", term="Session")
    assert [i.message for i in items if isinstance(i, Problem)] == [
        "what the column `Professeur` says is not kept",
        "the table has no column `Session`",
    ]


def test_a_row_of_totals_is_no_course():
    items = read("Matière;Note;ECTS\nTotal des sports;12;2\nTotal :;;2\n")
    assert len(marks(items)) == 1
    assert problems(items) == ["this row adds up those above, and is not kept"]
