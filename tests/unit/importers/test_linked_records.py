"""What an RML mapping made of tables: statements into records, and what is none."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from importers import identify
from importers.contract import Key, LangString, Options, Problem, Record, Ref
from importers.mapped.linked import LinkedRecords

SD = "https://w3id.org/selfdata/ns#"
A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
BOUGHT = (
    f"<u:1> <{A}> <{SD}Purchase> .",
    f'<u:1> <{SD}date> "2026-03-02" .',
    f'<u:1> <{SD}total> "12.5" .',
)


def archive(*statements, name="records.nt"):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(name, "\n".join(statements) + "\n")
    return file.getvalue()


def read(*statements):
    found = [*LinkedRecords().parse(io.BytesIO(archive(*statements)), Options())]
    records = {one.key.stable: one for one in found if isinstance(one, Record)}
    return records, [one.message for one in found if isinstance(one, Problem)]


def test_texts_are_read_as_the_shape_of_the_class_has_them():
    records, problems = read(*BOUGHT)
    assert records["u:1"].fields == (("sd:date", date(2026, 3, 2)), ("sd:total", Decimal("12.5")))
    assert (records["u:1"].kind, records["u:1"].on, problems) == ("Purchase", date(2026, 3, 2), [])


def test_the_closest_class_holds_and_a_reference_leads_to_a_record_by_its_day():
    records, problems = read(
        *BOUGHT,
        f"<u:2> <{A}> <{SD}Account> .",
        f"<u:2> <{A}> <{SD}LoyaltyMembership> .",
        f'<u:2> <{SD}recordId> "L-1" .',
        f"<u:3> <{A}> <{SD}PointsMovement> .",
        f"<u:3> <{SD}account> <u:2> .",
        f"<u:3> <{SD}relatedTo> <u:1> .",
        f'<u:3> <{SD}points> "3" .',
        f'<u:3> <{SD}date> "2026-03-02" .',
    )
    moved = dict(records["u:3"].fields)
    assert problems == []
    assert moved["sd:relatedTo"] == Ref("Purchase", Key(stable="u:1"), on=date(2026, 3, 2))
    assert moved["sd:account"] == Ref("LoyaltyMembership", Key(stable="L-1"))
    assert records["u:3"].account == Key(stable="L-1")


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (f"<u:2> <{SD}total> 12 .", "this subject has no class, which a record has"),
        (f"<u:2> <{A}> <{SD}Purchase> .", "this subject says no day, which Purchase is kept by"),
        (f"<u:1> <{SD}total> _:b .", "a record has an address, and no blank node in it"),
        (f"_:b <{SD}total> 12 .", "a record has an address, and no blank node in it"),
        (f'<u:1> <{SD}total> "12.5', "this line is no statement of N-Triples"),
        (f'<u:1> <{SD}channel> "pigeon" .', "`sd:channel`: takes one of web, app"),
    ],
)
def test_what_is_no_record_is_told(statement, sentence):
    _, problems = read(*BOUGHT, statement)
    assert [one[: len(sentence)] for one in problems] == [sentence]


def test_values_without_a_rule_keep_their_type_and_their_language():
    records, _ = read(
        *BOUGHT,
        '<u:1> <https://a.example/x> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '<u:1> <https://a.example/y> "Bonjour"@fr .',
        '<u:1> <https://a.example/z> "1"^^<https://a.example/type> .',
    )
    assert records["u:1"].fields[2:] == (
        ("https://a.example/x", 2),
        ("https://a.example/y", LangString("Bonjour", "fr")),
        ("https://a.example/z", "1"),
    )


def test_the_archive_is_known_by_its_first_file_and_its_domain_is_told():
    ((importer, _),) = identify("x.zip", archive(*BOUGHT))
    assert importer.format == "rml-records"
    assert identify("x.zip", archive(*BOUGHT, name="other.nt")) == ()
    assert importer.domain == "relation"
    assert importer.told(Options(values={"domain": "energy"})).domain == "energy"
    (problem,) = importer.parse(io.BytesIO(archive(name="other.nt")), Options())
    assert problem.message == "there is no `records.nt` in this archive"
