"""What a line of a bank is that pays for no document: a move between accounts, or a premium."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Final

from pod.matching.assign import Pair, assigned
from pod.matching.evidence import Ask, Evidence, Reason, transfer_evidence
from pod.matching.item import Item
from pod.matching.match import Found, Match, found_in, matches_between
from pod.matching.rules import OWN_TRANSFER, PREMIUM
from pod.matching.table import Table

_YEARLY: Final = 12
_LEAST: Final = 3
"""How many times it has to have been paid: one sum is found by chance, the same three do not."""


def own_transfers(table: Table, used: AbstractSet[str]) -> Found:
    """What left one account of the person and came to another, among the lines not used."""
    lines = table.lines(used)
    came: dict[Decimal, list[Item]] = defaultdict(list)
    for line in lines:
        if line.amount is not None:
            came[line.amount].append(line)
    return found_in(
        assigned(
            Pair(Ask.of(OWN_TRANSFER, out), into, evidence)
            for out in lines
            if out.amount is not None and (out.iri, OWN_TRANSFER.link) not in table.answered
            for into in came.get(-out.amount, ())
            if (evidence := transfer_evidence(out, into)) is not None
            and (out.iri, into.iri) not in table.rejected
        )
    )


def premiums(table: Table, used: AbstractSet[str]) -> Found:
    """Which contract the debits under a mandate are for: a twelfth of its price, every month.

    What was found before counts among them, so that one more debit is known by those before it.
    """
    debits: dict[tuple[str, Decimal, str], list[Item]] = defaultdict(list)
    for line in table.not_paying(used):
        if line.mandate and line.amount is not None and line.amount < 0:
            debits[line.mandate, line.amount, line.currency].append(line)
    often = [lines for lines in debits.values() if len(lines) >= _LEAST]
    return Found(tuple(match for lines in often for match in _premium(lines, often, table)))


def _premium(lines: Sequence[Item], often: Iterable[list[Item]], table: Table) -> Iterator[Match]:
    """The matches of debits with a contract, where it is the only one and they its only ones."""
    contracts = [one for one in table.answers(PREMIUM) if _is_share(lines, one)]
    if len(contracts) != 1 or sum(_is_share(other, contracts[0]) for other in often) > 1:
        return
    evidence = Evidence(frozenset({Reason.AMOUNT, Reason.SHARE}), 0)
    for line in lines:
        ask = Ask.of(PREMIUM, line)
        is_known = (line.iri, PREMIUM.link) in table.answered
        if not is_known and not table.is_rejected(ask, contracts[0]):
            yield from matches_between(ask, contracts[0].iri, evidence)


def _is_share(lines: Sequence[Item], contract: Item) -> bool:
    first = lines[0]
    if contract.amount is None or first.amount is None or contract.currency != first.currency:
        return False
    is_paid_so = -first.amount * _YEARLY == contract.amount
    return is_paid_so and all(contract.day <= line.day for line in lines)
