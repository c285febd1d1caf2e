"""Rows of a bank table that run into one another: by a quote, a tab, or an end that is missing."""

import io

import pytest

from importers import identify
from importers.bank.banks import BANKS
from importers.contract import Options, Problem, Record
from tests.unit.importers.test_bank_csv import (
    BPCE,
    CREDIT_MUTUEL,
    LA_BANQUE_POSTALE,
    REVOLUT,
    bpce,
    movements,
    problems,
)


@pytest.mark.parametrize(
    "row",
    [
        '07/03/2026;"LOYER;-680,00\n08/03/2026;EPICERIE;-2,00',
        "07/03/2026;LOYER;-680,0008/03/2026;EPICERIE;-2,00",
        '07/03/2026;"LOYER;-680,00\n08/03/2026;"EPICERIE";-2,00',
    ],
    ids=["an open quote", "a lost line end", "a quote that ends in another row"],
)
def test_rows_that_run_into_one_another_are_a_problem(row):
    assert movements(f"{LA_BANQUE_POSTALE}{row}\n") == []
    assert problems(f"{LA_BANQUE_POSTALE}{row}\n") == [("line=4", True)]


def test_rows_with_tabs_that_run_into_one_another_are_a_problem():
    head = LA_BANQUE_POSTALE.replace(";", "\t")
    rows = '07/03/2026\t"LOYER\t-680,00\n08/03/2026\t"EPICERIE"\t-2,00\n'
    assert movements(head + rows) == []
    assert problems(head + rows) == [("line=4", True)]


N26 = "Date,Payee,Transaction type,Payment reference,Amount (EUR)"
N26_ROWS = (
    "2026-03-03,Cafe,Presentment,Reference,-2.50",
    "2026-03-04,Ecole,Credit,Reference,2150.00",
)
TWO_TABLES = (
    "Compte Chèques n° 12345678901;",
    "Date;Libellé;Débit euros;Crédit euros;",
    "11/03/2026;CAFE;2,50;;",
    "LIVRET A n° 98765432109;",
    "Date;Libellé;Débit euros;Crédit euros;",
    '01/03/2026;"VIREMENT";;50,00;',
    "02/03/2026;VIREMENT;;60,00;",
)
BPCE_ROW = "07/03/2026;;CB;;;;;;-2,50;;07/03/2026;07/03/2026;0"
TABLES = {
    "bpce-csv": (BPCE, BPCE_ROW, BPCE_ROW),
    "n26-csv": (N26, *N26_ROWS),
    "la-banque-postale-csv": (*LA_BANQUE_POSTALE.splitlines(), "07/03/2026;LOYER;-680,00"),
    "revolut-csv": (
        REVOLUT,
        "Card,Current,2026-03-05 16:51:50,,Taxi,-12.18,0.00,EUR,PENDING,",
        "Card,Current,2026-03-05 16:51:50,2026-03-06 09:00:00,Taxi,-1.18,0.00,EUR,COMPLETED,9.00",
    ),
    "credit-agricole-csv": TWO_TABLES,
}


def reading(bank, text):
    """How many rows the reader of a bank counts in a text, and all the problems it tells."""
    (reader,) = (one for one in BANKS if one.format == bank)
    found = list(reader.parse(io.BytesIO(text.encode()), Options(values={"account": "1"})))
    told = [i for i in found if isinstance(i, Problem)]
    records = [i for i in found if isinstance(i, Record) and i.counted]
    return len(records) + sum(p.row for p in told), told


@pytest.mark.parametrize(("bank", "lines"), TABLES.items(), ids=TABLES.keys())
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_stray_quote_at_any_place_loses_no_row_without_a_word(bank, lines, end):
    text = end.join((*lines, ""))
    whole, remarks = reading(bank, text)
    for at in range(len(text)):
        for stray in (text[:at] + '"' + text[at:], text[:at] + '"' + text[at + 1 :]):
            counted, told = reading(bank, stray)
            assert counted >= whole or set(told) - set(remarks), stray


@pytest.mark.parametrize(
    ("bank", "text", "line"),
    [
        (
            "la-banque-postale-csv",
            f'{LA_BANQUE_POSTALE}07/03/2026;LOYER;-680,00;"\n08/03/2026;EPICERIE;-2,00\n',
            4,
        ),
        ("la-banque-postale-csv", LA_BANQUE_POSTALE.replace(";5380245H033", ';"5380245H033'), 1),
        ("bpce-csv", "\n".join((BPCE, BPCE_ROW.replace("CB;", '"CB;'), BPCE_ROW, "")), 2),
    ],
    ids=["beyond the table", "in what stands above the table", "in a row"],
)
def test_a_quote_that_does_not_end_is_a_problem_where_it_begins(bank, text, line):
    _, told = reading(bank, text)
    (message,) = (p.message for p in told if p.row and p.locator == f"line={line}")
    assert message == "a quote in this row does not end, and takes in the rows after it"


def test_names_of_columns_that_take_in_rows_begin_no_table():
    text = BPCE.replace("Pointage operation", '"Pointage operation') + f"\n{BPCE_ROW}\n"
    assert identify("a.csv", text.encode()) == ()
    counted, (told,) = reading("bpce-csv", text)
    assert (counted, told.locator, told.row) == (1, "line=1", True)


def test_the_name_of_a_column_may_go_over_two_lines():
    text = LA_BANQUE_POSTALE.replace("Montant(EUROS)", '"Montant\n(EUROS)"')
    assert len(movements(f"{text}07/03/2026;LOYER;-680,00\n")) == 1


def test_a_reference_between_commas_that_takes_in_a_row_is_a_problem():
    one, other = N26_ROWS
    rows = (one.replace("Reference", '"Reference'), other.replace("Reference", '"Reference"'))
    text = "\n".join((N26, *rows, ""))
    assert movements(text) == []
    assert ("line=2", True) in problems(text)


def test_a_reference_between_commas_may_go_over_several_lines():
    row = N26_ROWS[0].replace("Reference", '"Thanks,\nCamille, 3 March"')
    (found,) = movements(f"{N26}\n{row}\n")
    assert dict(found.fields)["sd:sourceLabel"] == "Cafe Thanks, Camille, 3 March"


def test_a_label_may_go_over_several_lines():
    (found,) = movements(f'{LA_BANQUE_POSTALE}07/03/2026;"LOYER\n  MARS\n";-680,00\n')
    assert dict(found.fields)["sd:sourceLabel"] == "LOYER MARS"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"{LA_BANQUE_POSTALE}07/03/2026;LOYER;-680,00", 1),
        (f"{LA_BANQUE_POSTALE}07/03/2026;LOYER;-680,0", 0),
        (f"{LA_BANQUE_POSTALE}07/03/2026;LOYER;-68", 0),
        (f"{LA_BANQUE_POSTALE}07/03/2026;LOYER", 0),
        (f"{CREDIT_MUTUEL}\n07/03/2026;07/03/2026;-1,00;;LOYER;", 0),
        (f"{CREDIT_MUTUEL}\n07/03/2026;07/03/2026;-1,00;;LOYER;12,00", 1),
        (bpce("-2,5", end=""), 1),
    ],
)
def test_the_last_row_is_taken_if_it_is_all_there(text, count):
    assert len(movements(text)) == count
    assert sum(row for _, row in problems(text)) == 1 - count


def test_the_last_column_may_be_the_empty_one_of_two():
    text = "Date;Libellé;Débit euros;Crédit euros\n07/03/2026;LOYER;680,00;"
    assert [dict(one.fields)["sd:amount"] for one in movements(text)] == [-680]
    assert movements("Date;Libellé;Débit euros;Crédit euros\n07/03/2026;LOYER;;") == []
