"""Rows of a sheet: a number has its unit behind it, that of its column or of its row."""

import csv
import io
from decimal import Decimal

import pytest

from pod.web.ui.sheet import Column, Sheet, as_csv, text_of

SHEET = Sheet(
    name="paid",
    title="Paid",
    columns=(
        Column(name="what"),
        Column(name="amount", unit_in="currency", is_number=True),
        Column(name="currency"),
    ),
    rows=(("rent", Decimal("-34.9"), "€"), ("tea", Decimal(1200), "JPY"), ("none", None, None)),
    addresses=("/1", "/2", "/3"),
)


def test_the_unit_of_a_row_stands_behind_its_number_and_in_no_column():
    assert [column.name for column in SHEET.read] == ["what", "amount"]
    shown = [[(cell.text, cell.address) for cell in row] for row in SHEET.shown("fr")]
    assert shown[0] == [("rent", "/1"), ("\N{MINUS SIGN}34,90\u00a0€", "")]
    assert shown[1][1][0] == "1\u202f200,00\u00a0JPY"
    assert shown[2][1][0] == "\N{EN DASH}"


def test_programs_get_numbers_and_units_apart():
    assert as_csv(SHEET).decode().splitlines()[:2] == ["what,amount,currency", "rent,-34.9,€"]


def test_no_cell_and_no_name_of_a_column_is_a_formula():
    name = '=HYPERLINK("x")'
    sheet = Sheet(name="x", title="x", columns=(Column(name=name),), rows=((name,), ("\n=1",)))
    found = list(csv.reader(io.StringIO(as_csv(sheet).decode(), newline="")))
    assert found == [["'" + name], ["'" + name], ["'\n=1"]]


@pytest.mark.parametrize(
    ("value", "unit", "language", "said"),
    [
        (Decimal("2.5"), "€", "fr", "2,50\u00a0€"),
        (Decimal("2.5"), "€", "en", "€2.50"),
        (Decimal("2.5"), "CHF", "en", "2.50\u00a0CHF"),
        (Decimal("2.5"), "kWh", "fr", "2,5\u00a0kWh"),
        (3, "", "fr", "3"),
    ],
)
def test_money_is_told_to_the_cent(value, unit, language, said):
    assert text_of(value, unit, language) == said
