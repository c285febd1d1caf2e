"""Reimbursements as a table: the CSV that some mutual insurers give, with semicolons.

Columns are known by the words of their titles, as in statements; one that is not known is told of.
Not kept, as there: names and social security numbers, and the rate.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import BinaryIO, Final

from importers.clock import iso_date
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.health.funds import holder_in
from importers.health.reimbursement import Payment, payment_checks
from importers.health.statement_columns import (
    ACT,
    AMOUNTS,
    DATE,
    PAYMENT_DATE,
    PERSON,
    RATE,
    RECIPIENT,
    kinds_of,
)
from importers.health.statement_rows import AMOUNT, HOUSEHOLD, Row, amount_of, day_of, row_items
from importers.money import decimal
from importers.nir import without_any
from importers.table import Row as Cells
from importers.table import rows
from importers.text import decode

_HEAD_ROWS: Final = 20
_NO_HEADER = Problem("/", "no row of this table names the columns of reimbursements")


class ReimbursementTable:
    format = "reimbursement-csv"
    title = "Mutuelles: remboursements (CSV)"
    domain = "health"
    extensions = (".csv",)
    version = "3"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By a header that names a date, what was paid, and what came back."""
        del filename
        found = (row for row in islice(rows(BytesIO(head)), _HEAD_ROWS) if isinstance(row, Cells))
        return Match(confidence=90) if any(kinds_of(row.cells) for row in found) else None

    def holder(self, head: bytes) -> HolderHint:
        return holder_in(decode(head))

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """An expense and its reimbursements a row. Takes no options."""
        del options
        kinds: tuple[str | None, ...] = ()
        people: set[str] = set()
        for row in rows(export):
            if isinstance(row, Problem):
                yield row
            elif not kinds:
                kinds = kinds_of(row.cells)
                yield from _unknown(row, kinds)
            else:
                yield from _items(row, kinds, people)
        if not kinds:
            yield _NO_HEADER
        if len(people) > 1:
            yield HOUSEHOLD

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """These tables state no total."""
        return payment_checks(items)


def _unknown(header: Cells, kinds: Sequence[str | None]) -> Iterator[Problem]:
    for title, kind in zip(header.cells, kinds, strict=False):
        if kind is None and title:
            yield Problem(header.locator, f"the column `{title}` is not read", row=False)


def _items(cells: Cells, kinds: Sequence[str | None], people: set[str]) -> Iterator[Item]:
    try:
        row = _row(cells, kinds)
    except ValueError as error:
        yield Problem(cells.locator, str(error))
        return
    people |= {row.person} - {""}
    yield from row_items(row, Payment(), cells.locator)


def _row(cells: Cells, kinds: Sequence[str | None]) -> Row:
    if len(cells.cells) > len(kinds) or any("\n" in cell for cell in cells.cells):
        raise ValueError("rows run into one another here: a line or a quotation mark does not end")
    if len(cells.cells) < len(kinds):
        raise ValueError("this row has fewer cells than its header")
    said = {kind: cell for kind, cell in zip(kinds, cells.cells, strict=False) if kind and cell}
    days = {name: _day(said[name]) for name in (DATE, PAYMENT_DATE) if name in said}
    amounts = {
        kind: _amount(cell) for kind, cell in said.items() if kind in AMOUNTS and kind != RATE
    }
    on = days.get(DATE) or days.get(PAYMENT_DATE)
    if on is None or not amounts:
        raise ValueError("this row has no date, or no amount")
    return Row(
        on=on,
        paid_on=days.get(PAYMENT_DATE),
        label=without_any(said.get(ACT, "")),
        person=said.get(PERSON, ""),
        recipient=said.get(RECIPIENT, ""),
        amounts=amounts,
    )


def _day(text: str) -> date:
    return iso_date(text) if text[4:5] == "-" else day_of(text)


def _amount(text: str) -> Decimal:
    """`30,00 €` or `30.00`: with its cents, for a number that is cut short is another."""
    if AMOUNT.fullmatch(text):
        return amount_of(text)
    if "." not in text:
        raise ValueError("an amount of this row is no number with two decimals")
    return decimal(text)
