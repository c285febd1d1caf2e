"""The table of a bank in a workbook is what it is as CSV, for each bank that is read."""

import io
import re
from datetime import date
from pathlib import Path

import pytest

from importers import by_format, identify
from importers.bank.bank_csv import BankCsv
from importers.contract import Options, Problem, Record
from importers.table import Row, rows
from tests.importers.xlsx_writer import DATE, workbook

SAMPLES = Path(__file__).parents[2] / "importers" / "bank"
_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})|(\d{4})-(\d\d)-(\d\d)")
_FIGURE = re.compile(r"-?\d{1,9}[.,]\d\d")
HEAD = ["Date", "Date de valeur", "Débit", "Crédit", "Libellé", "Solde"]


def of_banks():
    for path in sorted(SAMPLES.glob("*.[ct]sv")):
        found = identify(path.name, path.read_bytes())
        if found and isinstance(found[0][0], BankCsv):
            yield path, found[0][0]


CASES = list(of_banks())
by_case = pytest.mark.parametrize(("path", "bank"), CASES, ids=lambda one: getattr(one, "name", ""))


def table(path, bank):
    content = path.read_bytes()
    mark = next(
        m for m in bank.delimiters if bank.recognise("", content) and _is_parted(content, m)
    )
    found = [row for row in rows(io.BytesIO(content), delimiter=mark) if isinstance(row, Row)]
    return [list(row.cells) for row in found]


def _is_parted(content, mark):
    return mark.encode() in content.splitlines()[0] or mark.encode() in content.splitlines()[-1]


def typed(cell):
    """A cell as a bank would write it in a workbook: a date, a number, or a text."""
    found = _DAY.fullmatch(cell)
    if found:
        numbers = [
            int(n) for n in (found[3] or found[4], found[2] or found[5], found[1] or found[6])
        ]
        try:
            return date(*numbers)
        except ValueError:
            return cell
    return float(cell.replace(",", ".")) if _FIGURE.fullmatch(cell) else cell or None


def read(bank, content):
    return list(bank.parse(io.BytesIO(content), Options()))


def movements(items):
    found = (dict(i.fields) for i in items if isinstance(i, Record) and i.counted)
    return [(m["sd:date"], m["sd:amount"], m["sd:sourceLabel"]) for m in found]


@by_case
def test_a_table_of_texts_gives_what_the_csv_gives(path, bank):
    content = workbook({"Feuille1": [[c or None for c in row] for row in table(path, bank)]})
    ((claimed, _),) = identify("export.xlsx", content)
    assert claimed.format == bank.format
    before, after = read(bank, path.read_bytes()), read(bank, content)
    assert movements(after) == movements(before)


@by_case
def test_dates_and_numbers_of_cells_are_what_the_csv_writes(path, bank):
    content = workbook({"Feuille1": [list(map(typed, row)) for row in table(path, bank)]})
    ((claimed, _),) = identify("export.xlsx", content)
    assert claimed.format == bank.format
    before, after = read(bank, path.read_bytes()), read(bank, content)
    assert movements(after) == movements(before)
    assert [c.ok for c in bank.reconcile(after)] == [c.ok for c in bank.reconcile(before)]


def sheet(*lines):
    return workbook({"Compte": [HEAD, *lines]})


def problems(items):
    return [(one.locator, one.message, one.row) for one in items if isinstance(one, Problem)]


CREDIT_MUTUEL = by_format("credit-mutuel-csv")


@pytest.mark.parametrize("since", [1900, 1904])
def test_a_date_is_told_by_the_format_of_its_cell(since):
    line = [date(2026, 3, 2), None, -3.2, None, "CAFE", 10.0]
    items = read(CREDIT_MUTUEL, workbook({"Compte": [HEAD, line]}, since=since))
    assert [m[0] for m in movements(items)] == [date(2026, 3, 2)]


def test_a_number_that_no_format_makes_a_date_is_none():
    items = read(CREDIT_MUTUEL, sheet([46083, None, -3.2, None, "CAFE", 10.0]))
    assert movements(items) == []
    assert ("Compte!line=2", "column `Date`: this is not a date", True) in problems(items)


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd/mm/yyyy;@", True),
        ("[$-40C]d mmm yyyy", True),
        ("0.00", False),
        ('#,##0.00 "dollars"', False),
        ("[Red]-0.00", False),
        ("hh:mm", False),
    ],
)
def test_what_a_format_shows_says_whether_it_is_a_date(code, is_date):
    quoted = code.replace('"', "&quot;")
    styles = (
        f'<styleSheet><numFmts><numFmt numFmtId="165" formatCode="{quoted}"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="165"/></cellXfs></styleSheet>'
    )
    line = [date(2026, 3, 2), None, -3.2, None, "CAFE", 10.0]
    content = workbook({"Compte": [HEAD, line]}, styles=styles)
    assert bool(movements(read(CREDIT_MUTUEL, content))) is is_date
    assert DATE == 1


def test_each_sheet_that_has_a_table_is_read_and_the_others_are_told_of():
    line = [date(2026, 3, 2), None, -3.2, None, "CAFE", 10.0]
    items = read(CREDIT_MUTUEL, workbook({"A": [HEAD, line], "B": [["x"]], "C": [HEAD, line]}))
    assert len(movements(items)) == 2
    assert ("B!/", False) in [(where, row) for where, _, row in problems(items)]


def test_a_workbook_of_something_else_is_no_table_of_a_bank():
    assert identify("x.xlsx", workbook({"A": [["Date", "Montant"], [date(2026, 3, 2), 1.5]]})) == ()


def test_a_row_that_cannot_be_read_says_its_sheet_and_line():
    items = read(CREDIT_MUTUEL, sheet([date(2026, 3, 2), None, "x", None, "CAFE", None]))
    assert ("Compte!line=2", "column `Débit`: this is not a number", True) in problems(items)
