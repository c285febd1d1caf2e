"""Associations: whose a row is, what was paid, and who was there."""

import io
from datetime import date
from decimal import Decimal

import pytest

from importers import identify
from importers.contract import Options, Problem, Record

TICKETS = (
    "Référence commande;Date de la commande;Statut de la commande;Nom participant;"
    "Prénom participant;Nom payeur;Prénom payeur;Email payeur;Moyen de paiement;Tarif;Montant tarif"
)
JOINED = TICKETS.replace("participant", "adhérent")
GIVEN = TICKETS.replace("participant", "donateur").replace("Montant tarif", "Montant du don")
BEFORE_2021 = (
    "Numéro;Formule;Montant adhésion;Code promo;Statut;Moyen de paiement;Nom;Prénom;Société;Date;"
    "Email;Nom acheteur;Prénom acheteur"
)
ROW = "5001;20/03/2026 09:12;Validé;Lefèvre;Zoé;Lefèvre;Zoé;zoe@mail.example;CB;Plein tarif;20,00"
MEMBERS = "Nom;Prénom;Courriel;Date d'adhésion;Fin d'adhésion;Cotisation"


def read(header, *rows, **options):
    content = "\n".join([header, *rows, ""]).encode()
    ((importer, _),) = identify("export.csv", content)
    return importer, list(importer.parse(io.BytesIO(content), Options(values=options)))


def records(header, *rows, **options):
    return [one for one in read(header, *rows, **options)[1] if isinstance(one, Record)]


def said(record):
    return {name: getattr(value, "value", value) for name, value in record.fields}


@pytest.mark.spec("Self Data DAT-07")
@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        (JOINED, ["Membership"]),
        (TICKETS, ["Participation", "Purchase"]),
        (GIVEN, ["Purchase"]),
    ],
)
def test_the_exports_of_helloasso(header, kinds):
    found = records(header, ROW)
    assert [one.kind for one in found] == kinds
    assert said(found[-1])["sd:total"] == Decimal("20.00")
    assert found[0].on == date(2026, 3, 20)


def test_the_export_of_helloasso_before_2021():
    row = "12;Plein tarif;20,00;;Validé;Chèque;Lefèvre;Zoé;;20/09/2019 10:00;zoe@mail.example;;"
    (one,) = records(BEFORE_2021, row)
    assert said(one)["schema:name"] == "Plein tarif"
    assert said(one)["sd:nature"].name == "cheque"


def test_the_address_of_who_paid_is_not_that_of_another():
    other = ROW.replace("Lefèvre;Zoé;Lefèvre;Zoé", "Lefèvre;Tom;Lefèvre;Zoé")
    one, two = (said(found)["dpv:hasDataSubject"] for found in records(JOINED, ROW, other))
    assert one.endswith("mailto:zoe@mail.example")
    assert two.endswith("party-of:tom lefèvre")


def test_no_name_and_no_address_is_kept():
    for one in records(JOINED, ROW):
        values = [v for k, v in one.fields if k != "dpv:hasDataSubject"]
        assert not any(word in repr(values) for word in ("Lefèvre", "Zoé", "zoe@"))


def test_a_row_of_the_person_herself_is_not_marked():
    (one,) = records(JOINED, ROW, address="Zoe@mail.example")
    assert "dpv:hasDataSubject" not in said(one)


def test_an_order_that_was_not_paid_is_told_and_not_kept():
    _, items = read(JOINED, ROW.replace("Validé", "Remboursé"))
    assert [(type(one), one.row) for one in items] == [(Problem, False)]


def test_an_event_is_said_by_whoever_knows_it():
    assert "schema:about" not in said(records(TICKETS, ROW)[0])
    found = said(records(TICKETS, ROW, event="Fête d'été")[0])
    assert found["schema:about"].startswith("urn:sd:event:fete-d-ete")


@pytest.mark.spec("Self Data DAT-06")
@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ("A;B;;02/01/2025;31/12/2025;20,00 €", {"sd:total": Decimal(20)}),
        ("A;B;;2025-01-02;;", {"schema:startDate": date(2025, 1, 2)}),
        ("A;B;;02/01/2025;31/12/2025;", {"schema:endDate": date(2025, 12, 31)}),
    ],
)
def test_a_row_of_a_list_of_members(row, fields):
    (one,) = records(MEMBERS, row)
    assert said(one) | fields == said(one)


def test_memberships_of_one_person_may_overlap():
    rows = ("A;B;;02/01/2025;31/12/2025;20", "A;B;;01/12/2025;31/12/2026;22")
    one, two = records(MEMBERS, *rows)
    assert said(one)["dpv:hasDataSubject"] == said(two)["dpv:hasDataSubject"]
    assert one.key != two.key
    assert sum(said(found)["sd:total"] for found in (one, two)) == 42


@pytest.mark.spec("Self Data DAT-08")
def test_two_members_of_one_day_are_two():
    one, two = records(MEMBERS, "A;B;;02/01/2025;;20", "C;D;;02/01/2025;;20")
    assert one.key != two.key


def test_subscribers_of_a_list_are_members_of_it():
    (one,) = records("Email;Liste;Abonné depuis", "zoe@mail.example;jardins;02/01/2025")
    assert said(one)["schema:name"] == "jardins"


@pytest.mark.spec("Self Data DAT-12")
@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ("Présent;", "present"),
        ("Présente;", "present"),
        ("X;", "present"),
        ("Représentée;", "represented"),
        ("Absent;Camille Martin", "represented"),
        (";Camille Martin", "represented"),
        ("Absente;", "absent"),
        ("Excusé;", "absent"),
    ],
)
def test_who_was_at_a_meeting(cells, state):
    header = "Nom;Prénom;Présence;Pouvoir à;Date"
    (one,) = records(header, f"A;B;{cells};25/03/2026")
    assert said(one)["sd:nature"].name == state
    assert "Camille" not in repr(one)


def test_a_row_of_totals_is_nobody():
    header = "Nom;Prénom;Présence;Date"
    _, (one, lost) = read(header, "A;B;Présent;25/03/2026", "Total;;1;")
    assert isinstance(one, Record)
    assert "adds up" in lost.message


def test_a_meeting_without_a_day_asks_for_it():
    _, (lost,) = read("Nom;Prénom;Présence", "A;B;Présent")
    assert "day=" in lost.message
    (one,) = records("Nom;Prénom;Présence", "A;B;Présent", day="25/03/2026")
    assert one.on == date(2026, 3, 25)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (JOINED, ROW.replace("20/03/2026", "31/02/2026")),
        (JOINED, ROW.replace("20,00", "vingt")),
        (JOINED, ROW.replace("5001", "")),
        (JOINED, ROW + ";de trop"),
        (MEMBERS, "A;B;;;;20"),
        (MEMBERS, ";;;02/01/2025;;20"),
        (MEMBERS, "A;B;;02/01/2025;31/12/2024;20"),
        ("Nom;Prénom;Présence;Date", "A;B;Peut-être;25/03/2026"),
    ],
)
def test_a_row_that_cannot_be_read_is_told(header, row):
    assert [one.row for one in read(header, row)[1]] == [True]
