"""What is in what: a reimbursement of a care, a consumption in a bill, a guarantee of a product,
points of a purchase.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from pod.matching.assign import Pair, assigned
from pod.matching.evidence import (
    Ask,
    care_evidence,
    consumption_evidence,
    guarantee_evidence,
    points_evidence,
)
from pod.matching.item import Item
from pod.matching.match import Found, found_in
from pod.matching.rules import CARE, CONSUMPTION, GUARANTEES, POINTS, Rule
from pod.matching.table import Table

_WORDS: Final = frozenset({"garantie", "garanties", "guarantee", "warranty"})


def cares(table: Table) -> Found:
    """Which care each reimbursement is of: one care for each body, and one body after another."""
    of_day: dict[date, list[Item]] = defaultdict(list)
    for care in table.answers(CARE):
        of_day[care.day].append(care)
    asked = table.asked(CARE)
    pairs = (
        Pair(Ask.of(CARE, one), care, evidence)
        for one in asked
        if one.period
        for care in of_day.get(one.period[0], ())
        if (evidence := care_evidence(one, care)) is not None
    )
    return _one_each(pairs, table, lambda pair: pair.one.whole.holder)


def consumptions(table: Table) -> Found:
    """Which bill each consumption is in; a bill is for many."""
    pairs = (
        Pair(Ask.of(CONSUMPTION, one), bill, evidence)
        for one in table.asked(CONSUMPTION)
        for bill in table.answers(CONSUMPTION)
        if (evidence := consumption_evidence(one, bill)) is not None
    )
    return _one_each(pairs, table, lambda pair: pair.one.whole.iri)


def points(table: Table) -> Found:
    """By which purchase of a day the points of a loyalty card were earned."""
    of_day: dict[date, list[Item]] = defaultdict(list)
    for bought in table.answers(POINTS):
        of_day[bought.day].append(bought)
    pairs = (
        Pair(Ask.of(POINTS, one), bought, evidence)
        for one in table.asked(POINTS)
        for bought in of_day.get(one.day, ())
        if (evidence := points_evidence(one, bought)) is not None
    )
    return _one_each(pairs, table, lambda pair: pair.other.holder)


def guarantees(table: Table) -> Found:
    """Which line of a bill or a receipt each guarantee is of; a product may have several."""
    pairs = (pair for rule in GUARANTEES for pair in _guarantee_pairs(rule, table))
    return _one_each(pairs, table, lambda pair: pair.one.whole.iri)


def _guarantee_pairs(rule: Rule, table: Table) -> Iterator[Pair]:
    for one in table.asked(rule):
        if not one.words & _WORDS:
            continue
        for line in table.answers(rule):
            evidence = guarantee_evidence(rule, one, line)
            if evidence is not None:
                yield Pair(Ask.of(rule, one), line, evidence)


def _one_each(pairs: Iterable[Pair], table: Table, group_of: Callable[[Pair], str]) -> Found:
    """What is found in each group of pairs by itself."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if not table.is_rejected(pair.one, pair.other):
            groups[group_of(pair)].append(pair)
    found = [found_in(assigned(groups[name])) for name in sorted(groups)]
    return Found(
        tuple(match for one in found for match in one.matches),
        tuple(still for one in found for still in one.open),
    )
