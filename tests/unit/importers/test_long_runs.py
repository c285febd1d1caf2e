"""Long runs of one character: what would take the square of their length never comes to its end."""

import io

import pytest

from importers.activity.tcx import Tcx
from importers.associations.people import _is_row
from importers.bank.banks.credit_agricole import BANK
from importers.education.wording import moment
from importers.health.blue_button_text import _APART
from importers.health.statement_lines import _ALLOWANCE_WORDS
from importers.health.va_measures import _FLAG
from importers.letters import Letters
from importers.markup import Element, elements
from importers.retail.order_csv import _TRACKED
from importers.text import lines

LONG = 300_000  # characters


def test_a_text_of_xml_is_put_together_once():
    text = (b"x" * 79 + b"\n") * 400_000
    (found,) = elements(io.BytesIO(b"<a><b>" + text + b"</b></a>"), frozenset({"/a/b"}))
    assert isinstance(found, Element)
    assert len(found.text) == len(text)


def test_a_comment_that_does_not_end_is_looked_for_once():
    assert Tcx().recognise("a.tcx", b"<!--" * LONG) is None
    assert Tcx().recognise("a.tcx", b"<!-- a --><TrainingCenterDatabase>") is not None


def test_a_line_of_letters_is_read_as_it_is():
    letters = Letters()
    (line,) = lines(io.BytesIO(b"A" * LONG + b" \xe9t\xe9\n"), letters)
    assert (line[-5:], letters.remark) == (" été\n", "")


@pytest.mark.parametrize(
    ("pattern", "run", "text", "found"),
    [
        (_TRACKED, "|", "DHL(123456)", "(123456)"),
        (_FLAG, " ", "3.1   High", "   High"),
        (_APART, " ", "a   Name: b", "   "),
        (_ALLOWANCE_WORDS, " ", "retenue  du 3", "  du 3"),
        (BANK.notes[0], " ", "A B  n° 12345678", "A B  n° 12345678"),
    ],
)
def test_what_is_looked_for_is_found_and_a_run_is_gone_through_once(pattern, run, text, found):
    assert pattern.search(text)[0] == found
    assert pattern.search(run * LONG + "!") is None


def test_a_row_that_a_quote_has_swallowed_is_one_line():
    lines = ("a;b", "a\tb", "a,3/2024", "1/3/2024,b", "a, b", "3/2024 a", "," * LONG)
    assert [_is_row(line) for line in lines] == [True, True, True, True, False, False, False]


def test_an_offset_is_looked_for_once():
    with pytest.raises(ValueError, match=r"."):
        moment("T" * LONG)
