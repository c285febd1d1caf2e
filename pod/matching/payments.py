"""What was paid by which line of a bank, or came in by it. A line pays for one thing, or brings one
transfer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from pod.matching.assign import Pair, assigned
from pod.matching.evidence import Ask, Reason, payment_evidence
from pod.matching.grouped import subset, transfers
from pod.matching.item import Item
from pod.matching.match import Found, Match, found_in, matches_between
from pod.matching.rules import PAYMENTS
from pod.matching.table import Table

_THIRD_PARTY: Final = "thirdPartyPayment"  # went to a pharmacy or a doctor, and to no account
_NAMED: Final = frozenset({Reason.NAME, Reason.CREDITOR, Reason.REFERENCE, Reason.MANDATE})
_BY_CHANCE: Final = 0.7  # of a sum that is found among others, and nothing else


def payments(table: Table, before: Found) -> Found:
    """Whole transfers first, then what is single in them, then what adds up among what is left.

    No line is taken that something was found to be settled by `before`.
    """
    lines = table.lines({one.target for one in before.matches})
    asks = list(_asks(table))
    whole, lines = _assigned(asks, lines, table)
    settled = {one.source for one in whole.matches} | {
        iri for still in whole.open for iri in still.sources
    }
    asks = list(_apart(asks, settled))
    single, lines = _assigned(asks, lines, table)
    settled |= {one.source for one in single.matches}
    left = [ask for ask in asks if ask.members[0].iri not in settled]
    sums = tuple(_added_up(left, lines, table))
    done = {one.source for one in sums}
    still = (one for one in (*whole.open, *single.open) if done.isdisjoint(one.sources))
    return Found((*whole.matches, *single.matches, *sums), tuple(still))


def _asks(table: Table) -> Iterator[Ask]:
    for rule in PAYMENTS:
        asked = [one for one in table.asked(rule) if one.amount and one.nature != _THIRD_PARTY]
        yield from transfers(rule, asked) if rule.is_grouped else (Ask.of(rule, a) for a in asked)


def _apart(asks: Iterable[Ask], settled: set[str]) -> Iterator[Ask]:
    """Reimbursements that no whole transfer was found for, one by one."""
    for ask in asks:
        if ask.rule.is_grouped and ask.whole.transfer is None:
            yield from (Ask.of(ask.rule, one) for one in ask.members if one.iri not in settled)


def _assigned(asks: Iterable[Ask], lines: Sequence[Item], table: Table) -> tuple[Found, list[Item]]:
    """What was found among lines, and the lines that are left."""
    found = assigned(_pairs(asks, lines, table))
    used = {pair.other.iri for pair in found.made}
    return found_in(found), [one for one in lines if one.iri not in used]


def _pairs(asks: Iterable[Ask], lines: Iterable[Item], table: Table) -> Iterator[Pair]:
    by_amount: dict[Decimal | None, list[Item]] = defaultdict(list)
    for line in lines:
        by_amount[line.amount].append(line)
    for ask in asks:
        for line in by_amount.get(ask.rule.sign * (ask.whole.amount or Decimal(0)), ()):
            evidence = payment_evidence(ask, line)
            if evidence is not None and not table.is_rejected(ask, line):
                yield Pair(ask, line, evidence)


def _added_up(asks: Iterable[Ask], lines: Iterable[Item], table: Table) -> Iterator[Match]:
    """One transfer for reimbursements of several days, where one way only adds up to it."""
    by_holder: dict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        by_holder[ask.whole.holder].append(ask)
    for line in lines:
        for several in by_holder.values():
            chosen = _chosen(several, line, table)
            if chosen:
                yield from _group(chosen, line)
                several[:] = [ask for ask in several if ask not in chosen]
                break


def _chosen(asks: Iterable[Ask], line: Item, table: Table) -> list[Ask]:
    if line.amount is None or line.amount <= 0:
        return []
    near = [ask for ask in asks if _is_near(ask, line) and not table.is_rejected(ask, line)]
    way = subset(line.amount, [ask.members[0] for ask in near])
    return [ask for ask in near if ask.members[0] in way]


def _is_near(ask: Ask, line: Item) -> bool:
    late = (line.day - ask.whole.day).days
    return line.currency == ask.whole.currency and ask.rule.is_near(late)


def _group(chosen: Sequence[Ask], line: Item) -> Iterator[Match]:
    members = tuple(ask.members[0] for ask in chosen)
    last = max(members, key=lambda one: one.day)
    whole = Ask(chosen[0].rule, members, replace(last, amount=line.amount))
    evidence = payment_evidence(whole, line)
    if evidence is not None:
        # Many sums are found by chance among many records: a name has to say the same.
        most = 1 if evidence.reasons & _NAMED else _BY_CHANCE
        yield from matches_between(whole, line.iri, evidence, most)
