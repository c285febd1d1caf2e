"""The lines of a reimbursement statement, read one after another: headers, payments, rows, totals.

A line with an amount or a date that is none of these is told of. Lines of words alone (titles, the
rest of an act that goes on below, addresses) are left aside.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from importers.contract import Item, Problem, Stated
from importers.health.reimbursement import (
    GRAND_TOTAL,
    SUBTOTAL,
    TOTAL,
    TRANSFER,
    Act,
    Payment,
    records_of,
)
from importers.health.statement_columns import (
    Column,
    columns_of,
)
from importers.health.statement_rows import (
    AMOUNT,
    DATES,
    HOUSEHOLD,
    amount_of,
    day_of,
    is_full,
    is_to_third_party,
    row_items,
    row_of,
    total_of,
    without_dates,
)
from importers.nir import without_any
from importers.pdf import Line
from importers.text import unaccented

_ALLOWANCE = re.compile(r"indemnites? journalieres?|\bij\b")
# A line that begins with them: in a sentence they explain, and nothing was kept back.
_KEPT_BACK = re.compile(
    r"[\W\d_]*(?:participations? forfaitaires?|franchises?|retenues?|recuperations?|indus?)\b"
)
_ENDS_WITH_AMOUNT = re.compile(r",\d{2}\s?(?:€|eur|euros?)?\s*$")
_ALLOWANCE_WORDS = re.compile(r"(?<!\s)\s+du\b.*", re.IGNORECASE)
_PAYMENT = re.compile(
    r"(?:virement|paiement|versement|reglement|regle|paye|verse|rembourse)\w*\b.{0,60}?"
    r"(?:\bdu|\ble|\ben date du|:)\s*(?=\d{1,2}/)"
)
_REFERENCE = re.compile(r"\b(?:n[°ºo]|ref(?:erence)?\.?)\s*:?\s*([a-z]*\d[a-z0-9-]{3,})")
_PERIOD = re.compile(r"\bdu\s+\S+\s+au\s+\S+")
_TOTAL = re.compile(r"(?:montant )?(?:sous[- ])?total|soit un total|net (?:verse|paye|a payer)")
_GRAND = re.compile(
    r"total general|total du releve|total de la periode|total des remboursements de"
)
_SUBTOTAL = re.compile(
    r"sous[- ]total|total (?:pour |par )?(?:le |l')?(?:beneficiaire|assure|acte)"
)
_BENEFICIARY = re.compile(r"\s*(?:beneficiaire|assure|patient)s?(?:\(e\))?\s*:\s*(\S.*)")
_RECIPIENT_TITLE = re.compile(
    r"tiers.?payant|(?:verse|regle|paye)\w*\s(?:a |au |aux |sur )|destinataire"
)
_BEGINS_WITH_DATE = re.compile(r"\s*[|│]?\s*\d{1,2}/\d{1,2}/\d")

_MOST_HEADER_LINES = 3
_LONGEST_TITLE = 80

_NOT_UNDERSTOOD = "a line with an amount is not understood, and is left out"
_NOT_ENDED = "the text stops in this line, so whether it is whole cannot be told"
_RAN_TOGETHER = "more amounts than this line can say: rows may have run into one another"
_NO_DAY = "this amount has no date of care or of payment, so it is not kept"


def items_of(lines: Iterable[Line | Problem]) -> Iterator[Item]:
    """What the lines of a statement say, in their order."""
    statement = _Statement()
    for line in lines:
        if isinstance(line, Problem):
            yield line
            continue
        try:
            yield from statement.read(line)
        except ValueError as error:
            yield Problem(line.locator, str(error))
    if len(statement.people) > 1:
        yield HOUSEHOLD


class _Statement:
    """What was read so far of the lines that go on."""

    def __init__(self) -> None:
        self.columns: tuple[Column, ...] = ()
        self.payment = Payment()
        self.people: set[str] = set()
        self._above: list[str] = []
        self._rows = 0

    def read(self, line: Line) -> Iterator[Item]:
        """Raises ValueError for a row that cannot be read."""
        text, plain = line.text, unaccented(line.text)
        if self._is_header(text):
            return
        if (beneficiary := _BENEFICIARY.match(plain)) is not None:
            self.people.add(without_any(beneficiary[1]))
        amounts = [amount_of(found) for found in AMOUNT.findall(without_dates(text))]
        is_row = bool(_BEGINS_WITH_DATE.match(text))
        if not line.is_whole and (amounts or is_row) and not is_full(text, self.columns):
            raise ValueError(_NOT_ENDED)
        act = self._act_alone(line, plain, amounts)
        if act is not None:
            self._rows += 1
            yield from records_of(act)
        elif is_row:
            yield from self._row(line, amounts)
        else:
            yield from self._beside(line, plain, amounts)

    def _beside(self, line: Line, plain: str, amounts: list[Decimal]) -> Iterator[Item]:
        """What a line says that is no row: of which payment rows are, and what they come to."""
        if self._is_payment(plain):
            yield from self._new_payment(line, plain, amounts)
        elif amounts:
            yield self._total(line, plain, amounts)
        elif len(plain.strip()) <= _LONGEST_TITLE and _RECIPIENT_TITLE.search(plain):
            self.payment = Payment(to_third_party=is_to_third_party(plain))

    def _is_payment(self, plain: str) -> bool:
        """Whether a line tells of a payment whose rows follow: behind rows, it is their total."""
        is_total = bool(_TOTAL.search(plain)) and self._rows > 0
        return bool(_PAYMENT.search(plain) and DATES.search(plain)) and not is_total

    def _act_alone(self, line: Line, plain: str, amounts: list[Decimal]) -> Act | None:
        """What is no care and stands outside the columns: an allowance, or what is kept back."""
        words = without_dates(plain)
        if not amounts or not _ENDS_WITH_AMOUNT.search(words):
            return None
        days = [day_of(found) for found in DATES.findall(plain)]
        if _ALLOWANCE.search(plain) and len(days) > 1:
            return self._allowance(line, amounts[-1], (days[-2], days[-1]))
        if _KEPT_BACK.match(words):
            on = days[0] if days else self.payment.on
            amount = total_of(line.text, self.columns)
            if on is None:
                raise ValueError(_NO_DAY)
            is_row = bool(_BEGINS_WITH_DATE.match(plain)) or not days
            if amount is None or len(days) > 1 or (len(amounts) > 1 and not is_row):
                raise ValueError(_RAN_TOGETHER)
            return self._kept_back(line, amount, on)
        return None

    def _is_header(self, text: str) -> bool:
        """Whether a line is the header of the rows that follow, or the last line of it."""
        self._above = [*self._above, text][-_MOST_HEADER_LINES:]
        for count in range(1, len(self._above) + 1):
            columns = columns_of(self._above[-count:])
            if columns:
                self.columns, self._above = columns, []
                return True
        return False

    def _row(self, line: Line, amounts: list[Decimal]) -> Iterator[Item]:
        if not amounts and not (self.columns and re.search(r"[^\W\d_]{3}", line.text)):
            return  # the date of a letter, or of a sentence above the rows
        row = row_of(line.text, self.columns)
        self.people |= {row.person} - {""}
        self._rows += 1
        yield from row_items(row, self.payment, line.locator)

    def _allowance(self, line: Line, amount: Decimal, days: tuple[date, date]) -> Act:
        return Act(
            on=days[0],
            until=days[1],
            label=_ALLOWANCE_WORDS.sub("", _words(line.text)),
            locator=line.locator,
            paid_back=amount,
            payment=self.payment,
            nature="dailyAllowance",
        )

    def _kept_back(self, line: Line, amount: Decimal, on: date) -> Act:
        return Act(
            on=on,
            label=_words(line.text),
            locator=line.locator,
            paid_back=-abs(amount),
            payment=self.payment,
            nature="contribution",
        )

    def _new_payment(self, line: Line, plain: str, amounts: list[Decimal]) -> Iterator[Item]:
        if _PERIOD.search(plain):
            return  # what the statement is of, and no payment
        if len(amounts) > 1:
            raise ValueError(_RAN_TOGETHER)
        on = day_of(DATES.findall(line.text)[0])
        self._rows = 0
        reference = _REFERENCE.search(plain)
        self.payment = Payment(
            on=on,
            reference=line.text[slice(*reference.span(1))] if reference else "",
            total=amounts[-1] if amounts else None,
            to_third_party=is_to_third_party(line.text),
        )
        if amounts:
            yield _stated(TRANSFER, on, amounts[-1], line)

    def _total(self, line: Line, plain: str, amounts: list[Decimal]) -> Item:
        name = next((name for name, words in _TOTALS if words.search(plain)), None)
        if len(amounts) > 1 and DATES.search(plain):
            return Problem(line.locator, _RAN_TOGETHER)
        value = total_of(line.text, self.columns) if name else None
        if name is None or value is None:
            return Problem(line.locator, _NOT_UNDERSTOOD, row=name is None and len(amounts) > 1)
        stated = _stated(name, self.payment.on, value, line)
        if name == TOTAL:
            self._rows = 0
        if name == TOTAL and value == self.payment.total:
            self.payment = Payment()
        return stated


def _stated(name: str, on: date | None, value: Decimal, line: Line) -> Stated:
    scope = on.isoformat() if on else ""
    return Stated(name=name, scope=scope, value=value, locator=line.locator)


def _words(text: str) -> str:
    """The words of a line before its amounts, without the dates."""
    plain = without_dates(text)
    first = AMOUNT.search(plain)
    return without_any(plain[: first.start()] if first else plain)


_TOTALS: Final = ((GRAND_TOTAL, _GRAND), (SUBTOTAL, _SUBTOTAL), (TOTAL, _TOTAL))
