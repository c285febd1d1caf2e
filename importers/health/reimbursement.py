"""What was spent on care and what was paid back of it, as the records of one row of a statement.

A row makes an expense, where it says what was paid, and a reimbursement of each payer that it
names; the expense less its reimbursements is what remained. Not kept: who was treated (statements
are of a household, and name its children), any social security number, and the rate, which the
base and the amount say again.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from importers.contract import Check, Code, Item, Key, Record, Ref, Stated, Value
from importers.text import for_key, unaccented

TRANSFER: Final = "transfer"
TOTAL: Final = "total"
SUBTOTAL: Final = "subtotal"
GRAND_TOTAL: Final = "grand total"

EXPENSE: Final = "HealthExpense"
REIMBURSEMENT: Final = "Reimbursement"
PAIDBACK: Final = "sd:total"
_OTHER_PAYER: Final = "sd:counterpartyName"

# The words by which an act tells what kind of care it is, unaccented; the first that is found.
_NATURES: Final = (
    ("dental", r"dent|prothese|orthodon|detartrage|inlay|couronne"),
    ("optics", r"opti|lunette|verre|monture|lentille"),
    ("analysis", r"biolog|analyse|laborato|prelevement|prise de sang"),
    ("pharmacy", r"pharma|medicament|vignette|\bph\d"),
    ("hospital", r"hospit|sejour|clinique|chambre|forfait journalier|urgences"),
    ("consultation", r"consult|visite|generaliste|specialiste|medecin|teleconsult"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A payment that reimbursements came in: its date and, as far as told, reference and total.

    `to_third_party` is for what went to a pharmacy or a doctor and to no account of the person.
    """

    on: date | None = None
    reference: str = ""
    total: Decimal | None = None
    to_third_party: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One row: what was done when, what was paid for it, and what came back in which payment.

    `other` is what another payer gave, by its name, `rest` what remained to pay as the row says.
    `nature` is the code of what is no care, as a daily allowance. `until` ends what lasted more
    than a day.
    """

    on: date
    label: str
    locator: str
    paid: Decimal | None = None
    base: Decimal | None = None
    paid_back: Decimal | None = None
    other: tuple[str, Decimal] | None = None
    rest: Decimal | None = None
    payment: Payment = Payment()
    nature: str | None = None
    until: date | None = None

    @property
    def came_back(self) -> Decimal:
        """What all payers gave."""
        return (self.paid_back or Decimal(0)) + (self.other[1] if self.other else Decimal(0))


def records_of(act: Act) -> Iterator[Record]:
    """The records of a row. The first of them stands for the row."""
    made = [*_expense(act), *_reimbursements(act)]
    for place, record in enumerate(made):
        yield replace(record, counted=place == 0)


def nature_of(label: str) -> str | None:
    """The local name of the kind of care that a label without accents tells of, None for none."""
    return next((name for name, words in _NATURES if re.search(words, label)), None)


def payment_checks(items: Iterable[Item]) -> tuple[Check, ...]:
    """Each total that a statement says, against the rows that it is of.

    The rows of a payment stand behind its `transfer` or before its `total`; a `subtotal` is of the
    rows since the one before, and a `grand total` of all rows.
    """
    sums = _Sums()
    for item in items:
        if isinstance(item, Record) and item.kind == REIMBURSEMENT:
            sums.add(_own(item), item.on)
        elif isinstance(item, Stated):
            sums.hold(item)
    sums.close()
    return tuple(sums.checks)


class _Sums:
    """The rows since each kind of total."""

    def __init__(self) -> None:
        self.checks: list[Check] = []
        self._transfer: Stated | None = None
        self._so_far = dict.fromkeys((TRANSFER, TOTAL, SUBTOTAL, GRAND_TOTAL), Decimal(0))

    def add(self, amount: Decimal, on: date | None) -> None:
        # What came on another day came in another payment, of which no total is told.
        is_of_another = self._transfer is not None and self._transfer.scope != str(on)
        for name in self._so_far:
            if name != TRANSFER or not is_of_another:
                self._so_far[name] += amount

    def hold(self, stated: Stated) -> None:
        if stated.name == TRANSFER:
            self.close()
            self._transfer = stated
            self._start(TRANSFER, TOTAL, SUBTOTAL)
        elif stated.name in self._so_far:
            self.checks.append(_check(stated, self._of(stated)))
            self._start(SUBTOTAL)
            if stated.name == TOTAL:
                self._start(TOTAL)
                self._close_at(stated.value)

    def close(self) -> None:
        """Ends the payment that is open: there are no more rows of it."""
        if self._transfer is not None:
            self.checks.append(_check(self._transfer, self._so_far[TRANSFER]))
            self._transfer = None

    def _of(self, stated: Stated) -> Decimal:
        """The rows of a total: those since the one before, or all of the transfer."""
        of_transfer = self._so_far[TRANSFER]
        is_whole = self._transfer is not None and stated.value == of_transfer
        return of_transfer if is_whole and stated.name == TOTAL else self._so_far[stated.name]

    def _close_at(self, total: Decimal) -> None:
        if self._transfer is not None and self._transfer.value == total:
            self.close()

    def _start(self, *names: str) -> None:
        self._so_far.update(dict.fromkeys(names, Decimal(0)))


def _own(record: Record) -> Decimal:
    """What the holder itself paid back."""
    said = dict(record.fields)
    amount = said[PAIDBACK]
    return amount if isinstance(amount, Decimal) and _OTHER_PAYER not in said else Decimal(0)


def _check(stated: Stated, got: Decimal) -> Check:
    name = f"{stated.name} of {stated.scope}" if stated.scope else stated.name
    return Check(name=name, expected=str(stated.value), got=str(got), ok=got == stated.value)


def _expense(act: Act) -> Iterator[Record]:
    if act.paid is None:
        return
    fields: list[tuple[str, Value]] = [("sd:date", act.on), ("sd:total", act.paid)]
    if act.base is not None:
        fields.append(("sd:regulatedBase", act.base))
    if act.rest is not None:
        fields.append(("sd:patientShare", act.rest))
    yield Record(
        kind=EXPENSE,
        key=_expense_key(act),
        fields=(*fields, *_said(act)),
        on=act.on,
        locator=act.locator,
    )


def _reimbursements(act: Act) -> Iterator[Record]:
    if act.paid_back is not None:
        yield _reimbursement(act, act.paid_back, "")
    if act.other is not None:
        payer, amount = act.other
        yield _reimbursement(act, amount, payer)


def _reimbursement(act: Act, amount: Decimal, payer: str) -> Record:
    # Of another payer it is not told when it paid.
    payment = act.payment if not payer else Payment()
    on = payment.on or act.on
    fields: list[tuple[str, Value]] = [("sd:date", on), (PAIDBACK, amount)]
    if act.paid is not None:
        expense = Ref(EXPENSE, _expense_key(act), on=act.on, is_pair=True)
        fields.append(("sd:reimburses", expense))
    if payer:
        fields.append((_OTHER_PAYER, payer))
    if payment.reference:
        fields.append(("sd:paymentReference", payment.reference))
    if payment.total is not None:
        fields.append(("sd:transferTotal", payment.total))
    if act.until is not None:
        fields += [("schema:startDate", act.on), ("schema:endDate", act.until)]
    elif act.paid is None and on != act.on:
        # No expense says when the care was given, which is how it is found at another body.
        fields.append(("schema:startDate", act.on))
    if act.paid is None and act.base is not None:
        # Nor the base, which tells two acts of a day apart there.
        fields.append(("sd:regulatedBase", act.base))
    nature = "thirdPartyPayment" if payment.to_third_party else act.nature
    return Record(
        kind=REIMBURSEMENT,
        key=Key(natural=(act.on.isoformat(), *_natural(act), payer)),
        fields=(*fields, *_said(act, nature)),
        on=on,
        locator=act.locator,
    )


def _expense_key(act: Act) -> Key:
    return Key(natural=_natural(act))


def _natural(act: Act) -> tuple[str, ...]:
    """All that a row says: what two rows of a day have in common makes them two equal ones."""
    paid_on = act.payment.on.isoformat() if act.payment.on else ""
    amounts = (act.paid, act.base, act.paid_back, act.other and act.other[1])
    return (for_key(act.label), *map(str, amounts), paid_on)


def _said(act: Act, nature: str | None = None) -> Iterator[tuple[str, Value]]:
    named = nature or act.nature or nature_of(unaccented(act.label))
    if named:
        yield "sd:nature", Code(named)
    if act.label:
        yield "sd:sourceLabel", act.label
