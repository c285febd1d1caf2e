"""From what could belong together to what does: each record in one pair, and no guess.

A pair is made where each side is the best that the other has, and better than the next. Then both
are out, and the rest is looked at again. What has two equal answers is left open, with both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pod.matching.evidence import Ask, Evidence, Reason
from pod.matching.item import Item
from vocab.names import SD


@dataclass(frozen=True, slots=True)
class Pair:
    """Records that may belong to another, and what speaks for it."""

    one: Ask
    other: Item
    evidence: Evidence

    @property
    def order(self) -> tuple[str, ...]:
        """By which the first of two payments is told, and equal runs give equal results."""
        whole, other = self.one.whole, self.other
        return other.day.isoformat(), other.iri, whole.day.isoformat(), whole.iri, whole.kind


@dataclass(frozen=True, slots=True)
class Assigned:
    """The pairs that were made, and what each open one could be, the best first."""

    made: tuple[Pair, ...]
    open: Mapping[Ask, tuple[Pair, ...]]


def assigned(pairs: Iterable[Pair]) -> Assigned:
    """The same for the same pairs, in whatever order they come."""
    left = sorted(pairs, key=lambda pair: pair.order)
    made: list[Pair] = []
    while found := _mutual(left):
        made += found
        ones, others = {pair.one for pair in found}, {pair.other for pair in found}
        left = [pair for pair in left if pair.one not in ones and pair.other not in others]
    undecided: dict[Ask, list[Pair]] = defaultdict(list)
    for pair in left:
        undecided[pair.one].append(pair)
    best_first = {
        one: tuple(sorted(several, key=lambda pair: pair.evidence.rank, reverse=True))
        for one, several in undecided.items()
    }
    return Assigned(tuple(sorted(made, key=lambda pair: pair.order)), best_first)


def _mutual(pairs: list[Pair]) -> list[Pair]:
    """The pairs that are the best of both of their sides."""
    of_one: dict[Ask, list[Pair]] = defaultdict(list)
    of_other: dict[Item, list[Pair]] = defaultdict(list)
    for pair in pairs:
        of_one[pair.one].append(pair)
        of_other[pair.other].append(pair)
    best_of_one = {one: _best(several) for one, several in of_one.items()}
    best_of_other = {other: _best(several) for other, several in of_other.items()}
    return [pair for pair in pairs if best_of_one[pair.one] is best_of_other[pair.other] is pair]


def _best(several: list[Pair]) -> Pair | None:
    """The best of several; None where two are as good.

    Two lines of a bank with the reference of one bill, or that differ in nothing, are two payments
    of it: the first settles it. What was paid twice is for the person to see, and no reason to
    call it unpaid.
    """
    best = max(pair.evidence.rank for pair in several)
    top = [pair for pair in several if pair.evidence.rank == best]
    if len(top) == 1 or _is_paid_twice(top):
        return min(top, key=lambda pair: pair.order)
    return None


def _is_paid_twice(top: list[Pair]) -> bool:
    if len({pair.one for pair in top}) > 1 or top[0].one.rule.link != SD.settledBy:
        return False
    alike = {replace(pair.other, iri="", references=frozenset()) for pair in top}
    return len(alike) == 1 or all(Reason.REFERENCE in pair.evidence.reasons for pair in top)
