"""Statements of what was spent on care and paid back: the CPAM (ameli) and mutual insurers.

Funds and mutual insurers give them as PDF; read are also the text of one (`pdftotext -layout`, or
what is copied from the page). A scanned statement is a picture and has no text. Each row says when
the care was, what it cost, the base of reimbursement, the rate, and what was paid back; rows stand
below the transfer that they came in, which is one line of the bank for many of them. What went to a
pharmacy or a doctor (third-party payment) has no line of the bank.

Not kept: the social security number, the names of the household, the rate (see `reimbursement`),
and what the person is told beside the rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import islice
from typing import BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.health.funds import holder_in
from importers.health.reimbursement import payment_checks
from importers.health.statement_columns import columns_of
from importers.health.statement_lines import items_of
from importers.letters import Letters
from importers.pdf import MARK, Line, lines_of
from importers.text import lines, octets, unaccented

_WORDS: Final = ("rembours", "prestation", "decompte")
_HEAD_LINES: Final = 400
_HEADER_LINES: Final = 3
_LEAST_SEPARATORS: Final = 2
_NOTHING = Problem(
    "/",
    "no row of a reimbursement statement was found: a scanned document has no text, and others are"
    " not read",
)


class ReimbursementStatement:
    format = "reimbursement-statement"
    title = "Assurance maladie, mutuelles: relevé de remboursements (PDF, texte)"
    domain = "health"
    extensions = (".pdf", ".txt")
    version = "4"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the header of its rows, where the text of the first page is within reach."""
        del filename
        texts = [line.text for line in islice(_lines_of_head(head), _HEAD_LINES)]
        words = unaccented("\n".join(texts))
        if not any(word in words for word in _WORDS) or not _has_header(texts):
            return None
        is_pdf = head.startswith(MARK)
        return Match(confidence=85, variant="PDF" if is_pdf else "text")

    def holder(self, head: bytes) -> HolderHint:
        texts = (line.text for line in islice(_lines_of_head(head), _HEAD_LINES))
        return holder_in("\n".join(texts))

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """An expense and a reimbursement a row. Takes no options."""
        del options
        content, letters = octets(export), Letters()
        is_pdf = content.startswith(MARK)
        found = items_of(lines_of(content) if is_pdf else _text_lines(content, letters))
        is_empty = True
        for item in found:
            is_empty = False
            yield item
        if is_empty:
            yield _NOTHING
        if letters.remark:
            yield Problem("line=1", letters.remark, row=False)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The total of each transfer, and each other total, against the rows that came in it."""
        return payment_checks(items)


def _lines_of_head(head: bytes) -> Iterator[Line]:
    if head.startswith(MARK):
        yield from (line for line in lines_of(head, is_head=True) if isinstance(line, Line))
        return
    # Rows of a table with semicolons have cells, and are read by their own importer.
    for number, text in enumerate(lines(BytesIO(head), Letters()), 1):
        if text.count(";") < _LEAST_SEPARATORS:
            yield _line(number, text)


def _text_lines(content: bytes, letters: Letters) -> Iterator[Line]:
    texts = list(lines(BytesIO(content), letters))
    is_ended = content.endswith((b"\n", b"\r", b"\n\0"))
    for number, text in enumerate(texts, 1):
        if text.strip():
            yield replace(_line(number, text), is_whole=is_ended or number < len(texts))


def _line(number: int, text: str) -> Line:
    return Line(f"line={number}", text.replace("\f", "").replace("\t", "   ").rstrip())


def _has_header(texts: list[str]) -> bool:
    return any(
        columns_of(texts[at : at + count])
        for at in range(len(texts))
        for count in range(1, _HEADER_LINES + 1)
    )
