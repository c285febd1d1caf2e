"""The journal as a table: what an app has written is never more than text in it."""

import csv
import io
from datetime import UTC, datetime

import pytest

from pod.ldp.journal_csv import csv_page
from pod.ldp.journal_page import Told
from pod.model import Entry

STORAGE = "https://pod.example/ana/"


def rows(**more):
    said = {
        "time": datetime(2026, 3, 1, 12, tzinfo=UTC),
        "agent": None,
        "client": "https://app.example/",
        "action": "GET",
        "target": "data/a",
        "modes": "read",
        "source": None,
        "outcome": 200,
        "categories": ("bank", "energy"),
        "rows": None,
    }
    page = csv_page(STORAGE, [Told(7, Entry(**(said | more)), b"", None)])
    return list(csv.DictReader(io.StringIO(page.decode(), newline="")))


def test_a_line_is_a_row():
    (row,) = rows()
    assert row["number"] == "7"
    assert row["time"] == "2026-03-01T12:00:00.000Z"
    assert row["target"] == STORAGE + "data/a"
    assert row["categories"] == "bank energy"
    assert (row["agent"], row["rows"]) == ("", "")


@pytest.mark.parametrize(
    "said", ['=HYPERLINK("x")', "+1", "-1", "@a", "\tx", "\n=1", "\uff1d1", 'a,"b"\r\nc']
)
def test_no_cell_is_a_formula_or_breaks_its_row(said):
    (row,) = rows(purpose=said)
    assert not row["purpose"].startswith(("=", "+", "-", "@", "\t", "\n", "\uff1d"))
    assert row["purpose"].removeprefix("'") == said
