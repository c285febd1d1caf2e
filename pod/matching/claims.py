"""Which line of a bank brought what an insurer paid for a claim.

A claim says no amount. It is found by its number in what the bank says of a transfer, which no
other thing has by chance; and as the line is then no other's, it is looked for before all else.
"""

from collections.abc import Iterator

from pod.matching.assign import Pair, assigned
from pod.matching.evidence import Ask, compensation_evidence
from pod.matching.item import Item
from pod.matching.match import Found, found_in
from pod.matching.rules import CLAIM
from pod.matching.table import Table


def claims(table: Table) -> Found:
    """The transfers that name a claim; of several the first."""
    lines = [one for one in table.lines() if one.amount is not None and one.amount > 0]
    return found_in(assigned(_pairs(table, lines)))


def _pairs(table: Table, lines: list[Item]) -> Iterator[Pair]:
    for claim in table.asked(CLAIM):
        ask = Ask.of(CLAIM, claim)
        for line in lines:
            evidence = compensation_evidence(claim, line)
            if evidence is not None and not table.is_rejected(ask, line):
                yield Pair(ask, line, evidence)
