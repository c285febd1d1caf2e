from datetime import date
from decimal import Decimal

import pytest

from importers import identify
from importers.contract import Problem, Record
from importers.health.statement import ReimbursementStatement
from tests.importers.golden import items_of
from tests.unit.importers.pdf import document

STATEMENT = ReimbursementStatement()
HEADER = "Date des soins   Nature   Montant payé   Base   Taux   Montant versé"
ROW = "05/03/2026   Consultation   30,00   30,00   70%   21,00"


def read(*lines):
    return items_of(STATEMENT, "".join(f"{line}\n" for line in lines).encode())


def amounts(items, kind="Reimbursement"):
    return [str(dict(i.fields)["sd:total"]) for i in items if _is(i, kind)]


def fields(items, kind="Reimbursement"):
    return [dict(i.fields) for i in items if _is(i, kind)]


def problems(items):
    return [(i.message, i.row) for i in items if isinstance(i, Problem)]


def _is(item, kind):
    return isinstance(item, Record) and item.kind == kind


def checks(items):
    return [(check.name, check.got, check.ok) for check in STATEMENT.reconcile(items)]


# Columns in the order and the words of several insurers: what was paid, the base, who gave what.
LAYOUTS = [
    ("Date Acte Dépense Base Remboursement SS Remboursement mutuelle", "30,00 25,00 17,50 5,00"),
    (
        "Soins du  Désignation  Dépenses  Tarif de convention  Rbt RO  MGEN",
        "30,00 25,00 17,50 5,00",
    ),
    ("Date | Acte | Montant payé (€) | Base | Part AMO | Part AMC", "30,00 | 25,00 | 17,50 | 5,00"),
    (
        "Date de soins  Prestations  Base  Frais réels  Part mutuelle  Part SS",
        "25,00 30,00 5,00 17,50",
    ),
    ("Date Prestation Dépense Base Taux Sécurité sociale Mutuelle", "30,00 25,00 70 % 17,50 5,00"),
]


@pytest.mark.parametrize(("header", "figures"), LAYOUTS)
def test_amounts_go_to_the_columns_that_the_header_names(header, figures):
    items = read(header, f"05/03/2026 Consultation | {figures}")
    (expense,) = fields(items, "HealthExpense")
    assert (expense["sd:total"], expense["sd:regulatedBase"]) == (
        Decimal("30.00"),
        Decimal("25.00"),
    )
    assert amounts(items) == ["5.00", "17.50"]
    assert [one.get("sd:counterpartyName") for one in fields(items)] == [None, "Assurance maladie"]
    assert problems(items) == []


@pytest.mark.spec("Self Data DAT-81")
def test_what_was_paid_less_what_came_back_is_what_remained():
    header = "Date  Acte  Dépense  Remb. SS  Remb. mutuelle  Reste à charge"
    items = read(header, "05/03/2026  Dentaire  300,00  84,00  120,00  96,00")
    (expense,) = fields(items, "HealthExpense")
    came_back = sum(map(Decimal, amounts(items)))
    assert expense["sd:total"] - came_back == expense["sd:patientShare"] == Decimal("96.00")
    assert problems(items) == []
    wrong = read(header, "05/03/2026  Dentaire  300,00  84,00  120,00  95,00")
    assert [row for _, row in problems(wrong)] == [False]


def test_a_cell_that_is_empty_leaves_the_others_in_their_columns():
    items = read(
        "Date des soins   Nature           Montant payé     Base     Taux    Montant versé",
        "05/03/2026       Pharmacie 65%       12,00                                 7,80",
    )
    (expense,) = fields(items, "HealthExpense")
    assert "sd:regulatedBase" not in expense
    assert expense["sd:sourceLabel"] == "Pharmacie 65%"
    assert amounts(items) == ["7.80"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("05/03/2026 Pharmacie 12,00 7,80", "cannot be told"),
        ("05/03/2026 Pharmacie 1,00 2,00 3,00 70% 4,00", "cannot be told"),
        ("05/03/2026 Pharmacie 12,00 12,00 65% 7,80 06/03/2026", "other dates"),
        ("31/02/2026 Pharmacie 12,00 12,00 65% 7,80", "does not exist"),
        ("05/03/2026 Pharmacie", "no amount"),
        ("O5/03/2026 Pharmacie 12,00 12,00 65% 7,80", "run into"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_of_and_never_guessed(row, reason):
    items = read(HEADER, ROW, row)
    assert amounts(items) == ["21.00"]
    ((message, is_row),) = problems(items)
    assert reason in message
    assert is_row


@pytest.mark.parametrize(
    "line",
    [f"Virement du 12/03/2026 : 21,00 €  {ROW}", f"Total 21,00 {ROW}", f"Franchise -1,00 {ROW}"],
)
def test_lines_that_ran_into_one_another_are_told_of(line):
    items = read(HEADER, ROW, line)
    assert amounts(items) == ["21.00"]
    assert [row for _, row in problems(items)] == [True]


@pytest.mark.parametrize(
    "end", ["05/03/2026   Soins   30,00   30,00", "Participation -2,00", "05/03"]
)
def test_a_text_that_stops_within_a_line_is_told_of(end):
    whole = items_of(STATEMENT, f"{HEADER}\n{ROW}".encode())
    assert (amounts(whole), problems(whole)) == (["21.00"], [])
    cut = items_of(STATEMENT, f"{HEADER}\n{ROW}\n{end}".encode())
    assert amounts(cut) == ["21.00"]


def test_without_a_header_nothing_says_what_an_amount_is():
    ((message, _),) = problems(read(ROW))
    assert "header" in message


def test_many_rows_come_in_one_transfer_which_is_held_to_its_total():
    items = read(
        "Virement n° AB12345 du 12/03/2026 de 43,00 €",
        HEADER,
        ROW,
        ROW,
        "Participation forfaitaire  -2,00",
        "Total versé  40,00 €",
        "Paiement du 19/03/2026 : 21,00 €",
        ROW,
    )
    assert checks(items) == [
        ("total of 2026-03-12", "40.00", True),
        ("transfer of 2026-03-12", "40.00", False),
        ("transfer of 2026-03-19", "21.00", True),
    ]
    first, *_, last = fields(items)
    assert first["sd:date"] == date(2026, 3, 12)
    assert first["sd:paymentReference"] == "AB12345"
    assert first["sd:transferTotal"] == Decimal("43.00")
    assert (last["sd:date"], last["sd:transferTotal"]) == (date(2026, 3, 19), Decimal("21.00"))


def test_subtotals_and_a_grand_total_are_held():
    items = read(
        HEADER, ROW, "Sous-total  21,00", ROW, ROW, "Sous-total  41,00", "Total général 63,00"
    )
    assert checks(items) == [
        ("subtotal", "21.00", True),
        ("subtotal", "42.00", False),
        ("grand total", "63.00", True),
    ]


def test_what_goes_to_a_third_party_says_so():
    items = read(
        HEADER, ROW, "Tiers payant", ROW, "Réglé à la PHARMACIE DU PORT le 20/03/2026", ROW
    )
    natures = [one["sd:nature"].name for one in fields(items)]
    assert natures == ["consultation", "thirdPartyPayment", "thirdPartyPayment"]
    column = read("Date  Acte  Dépense  Montant remboursé  Destinataire", *_RECIPIENTS)
    natures = [one["sd:nature"].name for one in fields(column)]
    assert natures == ["thirdPartyPayment", "pharmacy"]


_RECIPIENTS = (
    "05/03/2026  Pharmacie  12,00  7,80  Tiers payant",
    "05/03/2026  Pharmacie  12,00  7,80  Assuré",
)


def test_an_allowance_is_of_days_and_what_is_kept_back_is_negative():
    items = read(
        "Virement du 12/03/2026 : 410,70 €",
        "Indemnités journalières du 01/03/2026 au 10/03/2026   10 x 41,47   414,70 €",
        "Retenue franchise   4,00",
    )
    allowance, kept_back = fields(items)
    assert allowance["schema:startDate"] == date(2026, 3, 1)
    assert allowance["sd:nature"].name == "dailyAllowance"
    assert (kept_back["sd:total"], kept_back["sd:nature"].name) == (
        Decimal("-4.00"),
        "contribution",
    )
    assert checks(items) == [("transfer of 2026-03-12", "410.70", True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "La participation forfaitaire de 2,00 € est retenue sur vos remboursements.",
        "Votre mutuelle, SA au capital de 1 000 000,00 €",
    ],
)
def test_a_sentence_with_an_amount_is_no_row(sentence):
    items = read(HEADER, ROW, sentence)
    assert amounts(items) == ["21.00"]
    assert [row for _, row in problems(items)] == [False]


def test_neither_names_nor_the_social_security_number_are_kept():
    items = read(
        "Assurée : CAMILLE ÉLUARD 2 81 02 44 109 025 38",
        "Date  Bénéficiaire  Acte  Dépense  Remboursé",
        "05/03/2026  CAMILLE  Dentaire 2 81 02 44 109 025  30,00  21,00",
        "05/03/2026  JULES  Dentaire  30,00  21,00",
    )
    labels = [one["sd:sourceLabel"] for one in fields(items)]
    assert labels == ["Dentaire", "Dentaire"]
    said = repr(items)
    assert not any(word in said for word in ("CAMILLE", "JULES", "025", "ÉLUARD"))
    assert "household" in said
    unparted = read(
        "Date Bénéficiaire Acte Dépense Remboursé", "05/03/2026 JULES Soins 30,00 21,00"
    )
    assert "JULES" not in repr(unparted)
    assert amounts(unparted) == ["21.00"]


def test_a_header_in_two_lines_that_is_repeated_on_each_page():
    header = [
        [(40, "Date des"), (150, "Nature"), (300, "Montant"), (400, "Montant")],
        [(40, "soins"), (150, "de l'acte"), (300, "payé"), (400, "remboursé")],
    ]
    row = [(40, "05/03/2026"), (150, "Consultation"), (310, "30,00"), (410, "21,00")]
    top = [[(40, "MGEN - Relevé de remboursements")], *header]
    content = document(
        [*top, [(40, "Virement du 12/03/2026 : 63,00 €")], row, [(40, "Page 1/2")]],
        [*top, row, row],
    )
    ((importer, match),) = identify("releve", content)
    assert (importer.format, match.variant) == ("reimbursement-statement", "PDF")
    assert importer.holder(content).name == "MGEN"
    items = items_of(importer, content)
    assert amounts(items) == ["21.00"] * 3
    assert checks(items) == [("transfer of 2026-03-12", "63.00", True)]


@pytest.mark.parametrize(
    "content",
    [
        document([[(40, "Facture"), (200, "Montant payé")], [(40, "05/03/2026"), (200, "30,00")]]),
        document([]),
        b"%PDF-1.7 remboursement",
        b"Date;Acte;Montant rembours\xc3\xa9\n05/03/2026;x;1,00\n",
    ],
)
def test_other_documents_are_not_claimed(content):
    assert STATEMENT.recognise("releve-remboursement.pdf", content) is None


def test_a_document_without_a_row_is_told_of():
    ((message, is_row),) = problems(items_of(STATEMENT, document([[(40, "Bonjour")]])))
    assert "scanned" in message
    assert is_row
