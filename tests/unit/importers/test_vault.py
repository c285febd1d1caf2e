"""Documents of vaults: what is told of them, what they show, and what is never kept of them."""

import io
import json
import zipfile

import pytest

from importers import identify
from importers.contract import Options, Problem, Record, SourceFile
from importers.never_kept import masked
from importers.vault.cozy_bills import CozyBills
from importers.vault.pdf_document import PdfDocument
from tests.unit.importers.pdf import document


def read(content, name="x"):
    ((importer, _),) = identify(name, content)
    return importer, list(importer.parse(io.BytesIO(content), Options()))


def fields(items, kind="Document"):
    return [dict(i.fields) for i in items if isinstance(i, Record) and i.kind == kind]


def problems(items):
    return [(one.message, one.row) for one in items if isinstance(one, Problem)]


def about(title, author, created):
    """A PDF that says something of itself."""
    content = document([[(50, "Bonjour")]])
    said = (
        f"99 0 obj\n<< /Title ({title}) /Author ({author}) /CreationDate ({created}) >>\nendobj\n"
    )
    made = content.replace(b"xref\n", said.encode("cp1252") + b"xref\n", 1)
    made = made.replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 99 0 R")
    at = made.index(b"99 0 obj")
    table = made.index(b"xref\n")
    made = made.replace(b"trailer", b"99 1\n%010d 00000 n \ntrailer" % at, 1)
    return made[: made.index(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % table


def archive(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("created", "on"),
    [("D:20260331235900+02'00'", "2026-03-31"), ("20260331", "2026-03-31"), ("D:2026", None)],
)
def test_a_pdf_says_its_title_its_author_and_its_day(created, on):
    _, items = read(about("Attestation", "Mairie de Lyon", created))
    (said,) = fields(items)
    assert (said["schema:name"], said["sd:counterpartyName"]) == ("Attestation", "Mairie de Lyon")
    assert (str(said["sd:date"]) if "sd:date" in said else None) == on
    assert said["schema:contentUrl"] == SourceFile()


@pytest.mark.parametrize(
    ("title", "name"),
    [("file:///C:/Users/lea/tmp1.htm", "Bonjour"), ("Microsoft Word - bail.doc", "bail.doc")],
)
def test_where_a_document_was_made_is_no_title(title, name):
    _, items = read(about(title, "", "D:20260331"))
    assert [one["schema:name"] for one in fields(items)] == [name]


def test_a_pdf_that_says_nothing_is_named_by_its_first_line():
    _, items = read(document([[(50, "12,40")], [(50, "Avis de passage")]]))
    assert [one["schema:name"] for one in fields(items)] == ["Avis de passage"]


@pytest.mark.parametrize(
    "damage", [lambda c: c[:-30], lambda c: c.replace(b"\x78\x9c", b"\x78\x00")]
)
def test_a_pdf_that_is_damaged_or_cut_is_no_document(damage):
    items = list(PdfDocument().parse(io.BytesIO(damage(document([[(50, "a")]]))), Options()))
    assert [row for _, row in problems(items)] == [True]
    assert fields(items) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Sécu 2 84 05 69 123 456 78 fin", "Sécu fin"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", "IBAN ****0189"),
        ("IBAN FR76 3000 6000 0112 3456 7890 188", "IBAN FR76 3000 6000 0112 3456 7890 188"),
        ("carte 4970 1012 3456 7893", "carte ****7893"),
        ("carte 4970 1012 3456 7890", "carte 4970 1012 3456 7890"),
        ("facture 2026-0117, 69,00 EUR", "facture 2026-0117, 69,00 EUR"),
        ("Tél. 06 00 00 01 01, client 0600000102", "Tél. ****01, client 0600000102"),
        ("Tél. +33 (0)6.00.00.01.02 ou +33600000103", "Tél. ****02 ou ****03"),
        ("Tél. 06\u00a000\u00a000\u00a001\u00a001", "Tél. ****01"),
        ("+44 7700 900123, +1 (202) 555-0123", "****23, ****23"),
        ("crédit +123 456.78, +12 345 678,90, valeur J+1 01.02.2026",) * 2,
        ("du 01/03/2026 au 31.03.2026 à 10 h 05", "du 01/03/2026 au 31.03.2026 à 10 h 05"),
    ],
)
def test_numbers_that_are_never_kept_are_masked(text, kept):
    assert masked(text) == kept


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (document([[(50, "Europass CV")]]), "europass-cv"),
        (document([[(50, "Bonjour")]]), "pdf-document"),
        (b"Fichier;Titre;Emetteur;Date\n", "vault-index"),
        (b'[{"title": "a", "sender": "b", "date": "2026-03-01", "category": "c"}]', "vault-index"),
        (b'[{"title": "a", "author": "b", "date": "2026-03-01"}]', None),
        (b"Date;De;Sujet\n", None),
        (b'{"vendor": "EDF", "amount": 1, "date": "2026-03-01", "isRefund": false}', "cozy-bills"),
        (b'{"vendor": "EDF", "amount": 1, "date": "2026-03-01"}', None),
        (
            b'{"vendor": "EDF", "amount": 1, "date": "2026-03-01", "cozyMetadata": {}}',
            "cozy-bills",
        ),
    ],
)
def test_one_importer_claims_a_file_and_the_one_for_any_pdf_comes_last(content, format_):
    assert [importer.format for importer, _ in identify("x", content)] == (
        [format_] if format_ else []
    )


def test_a_file_is_found_by_its_path_and_else_by_its_name():
    index = "Fichier;Titre;Émetteur;Date\na/1.pdf;Un;EDF;01/03/2026\n1.pdf;Deux;EDF;02/03/2026\n"
    content = archive(
        index_csv=index, b__1_pdf=document([[(50, "b")]]), a__1_pdf=document([[(50, "a")]])
    )
    _, items = read(content, "a.zip")
    names = {i.locator: dict(i.fields)["schema:name"] for i in items if isinstance(i, Record)}
    assert names == {"a/1.pdf": "Un", "b/1.pdf": "Deux"}


def test_a_file_that_is_not_the_one_told_of_is_said():
    index = f"Fichier;Émetteur;Date;SHA256\n1.pdf;EDF;01/03/2026;{'0' * 64}\n"
    importer, items = read(archive(index_csv=index, **{"1_pdf": document([[(50, "b")]])}), "a.zip")
    assert ("this file is not the one that is told of", False) in problems(items)
    assert [check.ok for check in importer.reconcile(items)] == [True]


def bill(**said):
    whole = {"vendor": "Ameli", "date": "2026-03-11T23:00:00.000Z", "amount": 7, "subtype": "x"}
    return json.dumps([whole | said]).encode()


@pytest.mark.parametrize(
    ("said", "kind", "total"),
    [
        ({}, "Invoice", 7),
        ({"isRefund": True}, "Invoice", -7),
        ({"isRefund": True, "type": "health_costs"}, "Reimbursement", 7),
        ({"type": "health_costs"}, "Invoice", 7),
    ],
)
def test_a_bill_of_cozy_has_its_sign_from_what_it_is(said, kind, total):
    _, items = read(bill(**said))
    assert [(str(one["sd:date"]), one["sd:total"]) for one in fields(items, kind)] == [
        ("2026-03-12", total)
    ]


def test_reimbursements_are_held_to_the_transfer_they_came_in():
    _, items = read(bill(isRefund=True, type="health_costs", groupAmount=8))
    assert [check.ok for check in CozyBills().reconcile(items)] == [False]
    _, items = read(bill(isRefund=True, type="health_costs", groupAmount=7))
    assert [check.ok for check in CozyBills().reconcile(items)] == [True]


def test_a_pay_is_not_taken_for_an_invoice():
    _, items = read(bill(type="pay", isRefund=True))
    assert problems(items) == [("this is a pay: import the payslip itself", True)]
