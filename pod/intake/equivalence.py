"""Which movements that one source tells of are those that another source told of already.

Two formats of one bank call a movement by other names: one has an id, the other only a label, and
their labels differ. What both have is the day, the amount and the account.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product

from vocab.graph import NamedNode, Node
from vocab.names import PROV, SD

Said = Mapping[str, frozenset[str]]
_WORD = re.compile(r"\w+")
_NONE: frozenset[str] = frozenset()
# Beyond so many pairs of one day and amount, which is which is not told from the labels.
_MOST_PAIRS = 10_000


def same_movements(new: Mapping[str, Node], held: Mapping[str, Node]) -> dict[str, str]:
    """Of the movements of one account in `new`, those that are one of `held`, by their IRIs.

    Day and amount are equal, and the currency where both say one. Each is at most one other: where
    one source has two and the other has one, one stays new. Those that have a reference in common
    go together first, then those that have the most words in common, then as they stand.
    """
    facts = {about: _said(node) for about, node in (*new.items(), *held.items())}
    there = _by_day_and_amount(held, facts)
    found: dict[str, str] = {}
    for money, names in _by_day_and_amount(new, facts).items():
        taken: set[str] = set()
        for one, other in _pairs(names, there.get(money, []), facts):
            if one not in found and other not in taken:
                found[one] = other
                taken.add(other)
    return found


def agree(one: Node, other: Node) -> bool:
    """Whether two statements have one day, one amount, and no two currencies."""
    first, second = _said(one), _said(other)
    return _money(first) == _money(second) and _fit(first, second)


def first_of(node: Node) -> str | None:
    """The record that a node is another name of, None where it is none."""
    firsts = node.get(PROV.alternateOf, ())
    return next((term.value for term in firsts if isinstance(term, NamedNode)), None)


def _pairs(new: list[str], held: list[str], facts: Mapping[str, Said]) -> Iterator[tuple[str, str]]:
    """Movements of one day and amount that may be one, the likeliest first."""
    if len(new) * len(held) > _MOST_PAIRS:
        likely = list(zip(new, held, strict=False))
    else:
        # The sort keeps the order of what is equally likely.
        likely = sorted(product(new, held), key=lambda p: _unlike(facts[p[0]], facts[p[1]]))
    yield from (pair for pair in likely if _fit(facts[pair[0]], facts[pair[1]]))


def _unlike(one: Said, other: Said) -> tuple[bool, float]:
    shared = one.get(SD.paymentReference, _NONE) & other.get(SD.paymentReference, _NONE)
    words, others = _words(one), _words(other)
    alike = len(words & others) / len(words | others) if words | others else 0.0
    return not shared, -alike


def _words(said: Said) -> frozenset[str]:
    labels = said.get(SD.sourceLabel, _NONE)
    return frozenset(word for label in labels for word in _WORD.findall(label.casefold()))


def _fit(one: Said, other: Said) -> bool:
    currency, another = one.get(SD.currency, _NONE), other.get(SD.currency, _NONE)
    return currency == another or not currency or not another


def _by_day_and_amount(
    movements: Mapping[str, Node], facts: Mapping[str, Said]
) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    for about in movements:
        money = _money(facts[about])
        if money is not None:
            found.setdefault(money, []).append(about)
    return found


def _money(said: Said) -> tuple[frozenset[str], frozenset[str]] | None:
    """The day and the amount, which is written in one way only (importers.triples)."""
    day, amount = said.get(SD.date, _NONE), said.get(SD.amount, _NONE)
    return (day, amount) if len(day) == len(amount) == 1 else None


def _said(node: Node) -> Said:
    return {name: frozenset(value.value for value in values) for name, values in node.items()}
