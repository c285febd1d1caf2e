from datetime import date

import pytest

from importers import identify
from importers.contract import Problem, Record
from importers.health.statement_csv import ReimbursementTable
from tests.importers.golden import items_of

TABLE = ReimbursementTable()
HEADER = "Date;Bénéficiaire;Acte;Dépense;Base;Remboursement SS;Remboursement mutuelle"
ROW = "05/03/2026;CAMILLE;Consultation;30,00;30,00;19,00;9,00"


def read(*lines):
    return items_of(TABLE, "".join(f"{line}\r\n" for line in lines).encode("cp1252"))


def fields(items, kind):
    return [dict(i.fields) for i in items if isinstance(i, Record) and i.kind == kind]


def problems(items):
    return [(i.message, i.row) for i in items if isinstance(i, Problem)]


def test_a_table_is_known_by_its_header_wherever_that_stands():
    for content in (f"{HEADER}\n{ROW}\n", f"MGEN\n\n{HEADER}\n{ROW}\n"):
        ((importer, _),) = identify("export.csv", content.encode())
        assert importer.format == "reimbursement-csv"
    assert importer.holder(content.encode()).name == "MGEN"


@pytest.mark.parametrize(
    "header", ["Date;Libellé;Débit;Crédit", "Date;Libellé;Montant remboursé", "Acte;Dépense;Base"]
)
def test_other_tables_are_not(header):
    assert TABLE.recognise("a.csv", f"{header}\n".encode()) is None


def test_what_was_paid_less_what_came_back_remains():
    items = read(f"{HEADER};Reste à charge", f"{ROW};2,00")
    (expense,) = fields(items, "HealthExpense")
    back = [one["sd:total"] for one in fields(items, "Reimbursement")]
    assert expense["sd:total"] - sum(back) == expense["sd:patientShare"] == 2
    assert problems(items) == []


def test_each_payer_is_told_apart_and_the_name_is_dropped():
    items = read(HEADER, ROW)
    payers = [one.get("sd:counterpartyName") for one in fields(items, "Reimbursement")]
    assert payers == [None, "Assurance maladie"]
    assert "CAMILLE" not in repr(items)


def test_a_body_that_does_not_say_what_was_paid_says_when_the_care_was_given():
    header = "Date de soins;Bénéficiaire;Acte;Base;Remboursement mutuelle;Date de paiement"
    items = read(header, "05/03/2026;CAMILLE;Consultation;30,00;9,00;17/03/2026")
    (one,) = fields(items, "Reimbursement")
    assert (one["sd:date"], one["schema:startDate"]) == (date(2026, 3, 17), date(2026, 3, 5))
    assert "schema:endDate" not in one


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("31/02/2026;A;Soins;30,00;;;9,00", "does not exist"),
        ("05/03/2026;A;Soins;30,00", "fewer cells"),
        (f"{ROW};{ROW}", "into one another"),
        ('05/03/2026;"A;Soins;30,00;;;9,00\n05/03/2026;A";Soins', "into one another"),
        ("05/03/2026;A;Soins;;;;", "no amount"),
        (";A;Soins;30,00;;;9,00", "no date"),
        ("05/03/2026;A;Soins;30;;;9,00", "two decimals"),
        ("05/03/2026;A;Soins;x;;;9,00", "two decimals"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_of(row, reason):
    items = read(HEADER, ROW, row)
    ((message, is_row),) = problems(items)
    assert reason in message
    assert is_row
    assert len(fields(items, "HealthExpense")) == 1


def test_a_column_that_is_not_read_is_named():
    assert problems(read(f"{HEADER};Praticien", f"{ROW};Dr")) == [
        ("the column `Praticien` is not read", False)
    ]


def test_a_table_without_a_header_is_told_of():
    ((message, _),) = problems(read(ROW))
    assert "names the columns" in message


def test_dates_and_numbers_as_machines_write_them_are_read():
    items = read("Date;Acte;Dépense;Montant remboursé", "2026-03-05;Soins;30.00;9.00")
    assert [one["sd:total"] for one in fields(items, "Reimbursement")] == [9]
