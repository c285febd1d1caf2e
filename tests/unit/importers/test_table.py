import io

import pytest

from importers.contract import Problem
from importers.money import decimal_comma
from importers.rows import convert
from importers.table import Columns, Row, delimiter_of, first_rows, rows


def table(text, **options):
    return list(rows(io.BytesIO(text.encode()), **options))


def test_rows_know_the_line_on_which_they_begin():
    found = table('a;b\n\n"x\ny"; c\nz\n')
    assert found == [Row(1, ("a", "b")), Row(3, ("x\ny", "c")), Row(5, ("z",))]
    assert found[1].locator == "line=3"


@pytest.mark.parametrize(
    ("text", "broken"),
    [("a;b\n", set()), ('"x\ny";b\n', {0}), ('a;"b\n', {1}), ('"x\n";"\ny"\n', {0, 1})],
    ids=["no quote", "a cell of two lines", "a quote open at the end", "line ends beside words"],
)
def test_a_row_knows_which_of_its_cells_go_over_a_line_end(text, broken):
    (row,) = table(text)
    assert row.broken == broken


def test_a_row_of_empty_cells_is_no_row():
    assert table(";;\n") == []


def test_where_a_row_is_a_line_an_open_quote_takes_in_no_other():
    assert table('a;b\n"c;d\n"e";f\n', is_a_line=True) == [
        Row(1, ("a", "b")),
        Problem("line=2", "a quote in this row does not end"),
        Row(3, ("e", "f")),
    ]


@pytest.mark.parametrize(
    ("top", "expected", "found"),
    [
        ("Date;Label;Amount\n1;x, y, z, w;1,00\n", ";", ";"),
        ("Date,Label,Amount\n", ";", ","),
        ("Account 1;;\nDate;Label\n", ",", ";"),
        ("Date\tLabel, long\tAmount\n", ";", "\t"),
        ("Date,Label\nA, b, c, d, e\n", ",", ","),
        ("A, b, c, d, e\nDate;Label\n", ";", ";"),
        ("A,B\n" + 'x,"a; b; c; d"\n' * 3, ",", ","),
        ("05/03/2026,x,1.00\n", ";", ","),
        ("05/03/2026;x, y, z;1,00\n", ";", ";"),
        ("a text\n", ";", ";"),
        ("", ";", ";"),
    ],
)
def test_what_stands_between_cells_is_seen_by_the_names_of_the_columns(top, expected, found):
    assert delimiter_of(top.splitlines(keepends=True), expected) == found


@pytest.mark.parametrize("said", ["sep=,", "SEP=,;;", '"sep=,"', "\ufeffsep=,"])
def test_a_line_above_a_table_may_say_what_stands_between_cells(said):
    assert table(f"{said}\r\na,b;c\r\n") == [Row(2, ("a", "b;c"))]


def test_the_first_rows_are_read_of_the_beginning():
    assert first_rows(b"\n\na;b\nc;d\ne;", 2) == [Row(3, ("a", "b")), Row(4, ("c", "d"))]
    assert first_rows("a,b\n".encode("utf-16"), 5) == [Row(1, ("a", "b"))]


def test_a_cell_that_is_too_long_costs_its_row_only():
    problem, row = table("x" * 200_000 + "\nb\n")
    assert isinstance(problem, Problem)
    assert problem.locator == "line=1"
    assert row == Row(2, ("b",))


HEADER = Columns.of(Row(1, ("Date d'opération", "Débit", "debit")))
ROW = Row(2, ("31/03/2026", "1,50"))


def test_columns_are_found_whatever_their_case_and_accents():
    assert HEADER.have("DATE D'OPERATION", "Debit")
    assert not HEADER.have("Crédit")
    assert HEADER.cell(ROW, "debit") == "1,50"


@pytest.mark.parametrize(
    "name",
    ["Date d\u2019operation", "\ufeffDate\u00a0d'op\u00e9ration", "DATE  D`OPERATION\u200b"],
)
def test_columns_are_found_after_a_program_saved_them_anew(name):
    assert Columns.of(Row(1, (name,))).have("Date d'opération")


def test_a_short_row_has_empty_cells():
    assert HEADER.cell(Row(2, ("31/03/2026",)), "Débit") == ""


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("Crédit", ROW, "the table has no column `Crédit`"),
        ("Débit", Row(3, ("", "x")), "column `Débit`: this is not a number"),
    ],
)
def test_what_cannot_be_read_names_its_column(name, row, message):
    with pytest.raises(ValueError, match=message):
        HEADER.read(row, name, decimal_comma)


def test_a_row_that_cannot_be_read_becomes_a_problem_and_nothing_of_it_is_kept():
    def read(row):
        yield Problem(row.locator, "kept", row=False)
        if row.line == 2:
            raise ValueError("the row is broken")

    given = [Row(1, ("a",)), Row(2, ("b",)), Problem("line=3", "told before")]
    assert list(convert(given, read)) == [
        Problem("line=1", "kept", row=False),
        Problem("line=2", "the row is broken"),
        Problem("line=3", "told before"),
    ]


def test_what_is_no_row_of_the_export_loses_no_row():
    def read(_row):
        raise ValueError("broken")

    (problem,) = convert([Row(1, ("a",))], read, is_row=lambda row: row.line > 1)
    assert problem.row is False
