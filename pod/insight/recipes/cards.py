"""Cards that are paid for once a month: their own lines, and the one line of the account that pays.

Where a bank gives both, each euro would stand there twice (SVC-01).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Final

from pod.insight.recipes.lines import BankLine

_MONTH: Final = timedelta(days=75)
"""How long before the line that pays a card its lines may begin: a month, and the time to pay."""
_NEAR: Final = timedelta(days=5)
_CARD: Final = re.compile(r"\b(?:CARTES?|CB|DEBIT DIFFERE|DIFFERE|CARD)\b", re.IGNORECASE)
_LEAST: Final = 2
_WEEKS: Final = timedelta(days=15)
_REFUNDS: Final = 3  # of so many lines one may be money that came in
_OF_A_CARD: Final = frozenset({"card", "fee", "cash", "withdrawal", ""})


def without_card_debits(lines: Iterable[BankLine]) -> tuple[BankLine, ...]:
    """The lines but those that pay for a card whose own lines are there, too."""
    every = tuple(lines)
    paid = set(card_debits(every))
    return tuple(line for line in every if line.iri not in paid)


def card_debits(lines: Iterable[BankLine]) -> Iterator[str]:
    """The IRIs of lines that pay for a card whose own lines are there, too.

    A line pays for a card where its label names one, and where lines of an account of a card that
    follow each other, over weeks, come to the same cent before it. Where that account tells of the
    payment itself, as money that came in, both lines of it are named.
    """
    by_account: dict[str, list[BankLine]] = {}
    for line in lines:
        if line.account:
            by_account.setdefault(line.account, []).append(line)
    cards = {
        account: sorted(several, key=lambda one: (one.on, one.iri))
        for account, several in sorted(by_account.items())
        if _is_card(several)
    }
    if not cards:
        return
    for line in (one for several in by_account.values() for one in several):
        others = [found for account, found in cards.items() if account != line.account]
        if line.amount < 0 and not line.paid and _CARD.search(f"{line.party} {line.label}"):
            yield from _settled(line, others)


def _is_card(lines: Sequence[BankLine]) -> bool:
    """Whether an account is that of a card: nothing but what a card does, and hardly a refund."""
    come = sum(line.amount > 0 for line in lines)
    return come * _REFUNDS <= len(lines) and all(
        line.amount > 0 or line.nature in _OF_A_CARD for line in lines
    )


def _settled(line: BankLine, others: Sequence[list[BankLine]]) -> Iterator[str]:
    for card in others:
        come = [one for one in card if one.amount == -line.amount]
        near = [one for one in come if abs(one.on - line.on) <= _NEAR]
        if _comes_to(line, card):
            yield line.iri
            yield from (one.iri for one in near[:1])
            return


def _comes_to(line: BankLine, card: Sequence[BankLine]) -> bool:
    """Whether lines of a card that follow each other come to what a line paid."""
    lines = [one for one in card if line.on - _MONTH <= one.on <= line.on]
    spent = [one for one in lines if one.amount != -line.amount]
    days = [one.on for one in spent]
    sums = (Decimal(), *accumulate(one.amount for one in spent))
    places: dict[Decimal, int] = {}
    for place, total in enumerate(sums):
        begun = places.get(total - line.amount)
        if begun is not None and _is_month(begun, place, days):
            return True
        places.setdefault(total, place)
    return False


def _is_month(begun: int, place: int, days: Sequence[date]) -> bool:
    """Whether lines that follow each other are those of a month, or the first that are known."""
    if place - begun < _LEAST:
        return False
    return begun == 0 or days[place - 1] - days[begun] >= _WEEKS
