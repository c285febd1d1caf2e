"""What speaks for two records being of one thing, and how sure that makes it.

Each reason has a weight: how often what it says alone was right, told carefully. Reasons that do
not depend on each other leave less doubt together: what is left of it is the product of their
doubts. Nothing is ever certain but what the person says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import reduce
from typing import Final

from pod.matching.item import Item
from pod.matching.rules import CARE, CLAIM, CONSUMPTION, OWN_TRANSFER, POINTS, Rule

_LATE: Final = timedelta(minutes=15)
_CLOSE: Final = 10  # days: further away, a like payment of another month is as near
_HIGHEST: Final = 0.99
_READING: Final = timedelta(days=2)  # shorter ones are measured by the day
_MOVES: Final = frozenset({"transfer", ""})
_TELLING: Final = 6  # characters of a reference that no other thing has by chance


class Reason(Enum):
    """What two records have in common; the value is its weight."""

    REFERENCE = 0.98
    MANDATE = 0.97
    INSTANT = 0.96
    CREDITOR = 0.94
    TRANSFER = 0.93
    NAME = 0.935
    DAY = 0.92
    LABEL = 0.91
    SHARE = 0.925
    BASE = 0.9
    PRODUCT = 0.95
    METER = 0.955
    OWN = 0.8
    HOLDER = 0.7
    PERIOD = 0.61
    SOON = 0.6
    CARE = 0.55
    AMOUNT = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """The reasons for a pair, and the days between what was expected and what was."""

    reasons: frozenset[Reason]
    days: int

    @property
    def confidence(self) -> float:
        """From 0 to 1, with two decimals.

        What is far from its day counts as a proposal only, however it is called: the same sum
        goes to the same company every month. A reference names one payment whenever it is.
        """
        # The same amount is asked for of all payments, and adds nothing to what else is found.
        others = self.reasons - {Reason.AMOUNT} or self.reasons
        doubt = reduce(lambda left, one: left * (1 - one.value), others, 1.0)
        sure = min(1 - doubt, _HIGHEST)
        is_far = self.days > _CLOSE and Reason.REFERENCE not in self.reasons
        return round(min(sure, 0.8) if is_far else sure, 2)

    @property
    def rank(self) -> tuple[bool, float, int, int]:
        """By which of two candidates the better is found: the greater."""
        is_named = Reason.REFERENCE in self.reasons
        return is_named, self.confidence, -self.days, len(self.reasons)


@dataclass(frozen=True, slots=True)
class Ask:
    """Records of one rule that are settled, or not, by one other record: mostly one of them.

    A transfer may bring several; `whole` says what they have in common, with their sum.
    """

    rule: Rule
    members: tuple[Item, ...]
    whole: Item

    @classmethod
    def of(cls, rule: Rule, one: Item) -> "Ask":
        return cls(rule, (one,), one)


def payment_evidence(ask: Ask, line: Item) -> Evidence | None:
    """What speaks for a line of a bank being the payment; None where it cannot be."""
    one, rule = ask.whole, ask.rule
    if line.amount is None or one.amount is None or not one.amount:
        return None
    if (line.amount, line.currency) != (rule.sign * one.amount, one.currency):
        return None
    late = (line.day - one.expected).days
    early = (line.day - one.day).days
    if not (-rule.before <= early and min(late, early) <= rule.after):
        return None
    days = abs((line.moved - one.expected).days)
    return Evidence(frozenset(_of_payment(ask, line, days)), days)


def care_evidence(back: Item, care: Item) -> Evidence | None:
    """What speaks for a reimbursement being of a care; None where it cannot be."""
    given = back.period[0] if back.period else None
    if back.amount is None or care.amount is None or not 0 < back.amount <= care.amount:
        return None
    if given is None or not CARE.is_near((care.day - given).days):
        return None
    if back.currency != care.currency:
        return None
    reasons = {Reason.DAY}
    if back.label and back.label == care.label:
        reasons.add(Reason.LABEL)
    elif back.nature != care.nature or not back.nature:
        return None
    if back.base is not None and back.base == care.base:
        reasons.add(Reason.BASE)
    return Evidence(frozenset(reasons), 0)


def consumption_evidence(used: Item, bill: Item) -> Evidence | None:
    """What speaks for a consumption being in a bill; None where it cannot be.

    Many bills do not say for which days they are: then one soon after a month or so is proposed.
    """
    is_of_another = bill.commodity and bill.commodity != used.commodity
    if used.period is None or is_of_another or used.domain != bill.domain:
        return None
    reasons = {Reason.HOLDER} if used.holder == bill.holder else set()
    if used.meters & bill.meters:
        reasons.add(Reason.METER)
    first, last = used.period
    # One day is what bills for goods say, too; with the meter it is the day of a move.
    says_days = bill.period is not None and bill.period[0] < bill.period[1]
    if bill.period is not None and (says_days or Reason.METER in reasons):
        begins, ends = bill.period
        is_within = begins <= first and last <= ends + timedelta(days=1)
        return Evidence(frozenset({Reason.PERIOD, *reasons}), 0) if is_within else None
    is_soon = last - first >= _READING and CONSUMPTION.is_near((bill.day - last).days)
    # No bill is nearer than another: who bills sooner is not who bills it.
    return Evidence(frozenset({Reason.SOON}), 0) if is_soon else None


def compensation_evidence(claim: Item, line: Item) -> Evidence | None:
    """What speaks for a transfer being what was paid for a claim; None where it cannot be."""
    days = (line.day - claim.day).days
    if not CLAIM.is_near(days) or not _is_named(claim, line):
        return None
    return Evidence(frozenset({Reason.REFERENCE}), days)


def transfer_evidence(out: Item, into: Item) -> Evidence | None:
    """What speaks for money that left one account of the person having come to another; None
    where it cannot have.
    """
    days = (into.day - out.day).days
    is_moved = into.amount is not None and out.amount == -into.amount < 0
    is_elsewhere = out.meters and into.meters and out.meters.isdisjoint(into.meters)
    if not (is_moved and is_elsewhere and out.currency == into.currency):
        return None
    if not {out.nature, into.nature} <= _MOVES or not OWN_TRANSFER.is_near(days):
        return None
    reasons = {Reason.AMOUNT, Reason.OWN}
    return Evidence(frozenset(reasons if days else {Reason.DAY, *reasons}), days)


def points_evidence(earned: Item, bought: Item) -> Evidence | None:
    """What speaks for points having been earned by a purchase; None where they cannot have."""
    if not (earned.amount or 0) > 0 or earned.holder != bought.holder:
        return None
    if not POINTS.is_near((bought.day - earned.day).days):
        return None
    return Evidence(frozenset({Reason.HOLDER, Reason.DAY}), 0)


def guarantee_evidence(rule: Rule, one: Item, line: Item) -> Evidence | None:
    """What speaks for a guarantee being that of what a line of a bill is for; None where nothing
    does, or it was bought on other days.

    A guarantee is filed some days after: of two like things of such days none is the likelier.
    """
    begins = one.period[0] if one.period else one.day
    days = abs((begins - line.day).days)
    product = frozenset(line.label.split())
    reasons: set[Reason] = set()
    if one.codes & line.codes:
        reasons.add(Reason.PRODUCT)
    if product and product <= one.words:
        reasons.add(Reason.NAME)
    is_named = Reason.PRODUCT in reasons or Reason.NAME in reasons
    if not (is_named and rule.is_near((begins - line.day).days)):
        return None
    return Evidence(frozenset(reasons), days if days > _CLOSE else 0)


def _of_payment(ask: Ask, line: Item, days: int) -> Iterator[Reason]:
    one = ask.whole
    yield Reason.AMOUNT
    if _is_named(one, line):
        yield Reason.REFERENCE
    if one.mandate and one.mandate == line.mandate:
        yield Reason.MANDATE
    if one.creditor and one.creditor == line.creditor:
        yield Reason.CREDITOR
    if one.names and one.names <= line.words | line.names:
        yield Reason.NAME
    if is_at(one, line):
        yield Reason.INSTANT
    if days == 0:
        yield Reason.DAY
    if len(ask.members) > 1 or one.transfer is not None:
        yield Reason.TRANSFER


def _is_named(one: Item, line: Item) -> bool:
    """Whether a line of a bank has the reference of a record."""
    return any(text in line.references or text.lower() in line.words for text in _telling(one))


def _telling(one: Item) -> Iterator[str]:
    """The references that are no common word or number."""
    for text in one.references:
        if len(text) >= _TELLING and any(map(str.isdigit, text)):
            yield text


def is_at(one: Item, line: Item) -> bool:
    """Whether a card was shown within the time of a record, or a little before or after it."""
    if one.instants is None or line.instants is None:
        return False
    first, last = one.instants
    return first - _LATE <= line.instants[0] <= last + _LATE
