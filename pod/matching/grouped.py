"""Transfers that bring several reimbursements at once.

A body that pays back does so in one transfer for what it settled on a day. Where it states the sum
of the transfer, its reimbursements are put together by that; else by the day. What is still open
then is looked for among all subsets of few candidates, and taken where there is one answer.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from pod.matching.evidence import Ask
from pod.matching.item import Item
from pod.matching.rules import Rule

MOST: Final = 16
"""The most candidates for one transfer whose subsets are tried."""
_NONE: Final = Decimal(0)


def transfers(rule: Rule, items: Iterable[Item]) -> Iterator[Ask]:
    """What each body paid on a day, as one; by the sum that it states, where it does.

    A holder may tell what another body paid, too, by its name.
    """
    groups: dict[Hashable, list[Item]] = defaultdict(list)
    for one in items:
        groups[one.holder, one.names, one.day, one.currency, one.transfer].append(one)
    for first, *others in groups.values():
        total = sum((one.amount or _NONE for one in (first, *others)), _NONE)
        amount = total if first.transfer is None else first.transfer
        yield Ask(rule, (first, *others), replace(first, amount=amount))


def subset(total: Decimal, candidates: list[Item]) -> tuple[Item, ...]:
    """The one subset of two or more candidates that adds up; empty where none or several do.

    Bounded: of more candidates than `MOST` none is tried.
    """
    if len(candidates) > MOST:
        return ()
    found: dict[Decimal, list[tuple[Item, ...]]] = {_NONE: [()]}
    for one in candidates:
        for so_far, ways in tuple(found.items()):
            reached = so_far + (one.amount or _NONE)
            if one.amount and reached <= total:
                # Two ways are as good as many: neither is taken.
                known = found.get(reached, [])
                found[reached] = [*known, *((*way, one) for way in ways)][:2]
    ways = [way for way in found.get(total, []) if len(way) > 1]
    return ways[0] if len(ways) == 1 and len(found.get(total, [])) == 1 else ()
