"""A match: two records that tell of one thing, how sure that is, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from hashlib import sha256

from pod.matching.assign import Assigned
from pod.matching.evidence import Ask, Evidence
from pod.matching.item import Item
from pod.matching.rules import SURE, Rule
from pod.matching.words import SAID, explained


class Standing(Enum):
    """What a match is worth; the value is its code of the vocabulary."""

    SURE = "active"
    PROPOSED = "proposed"
    REJECTED = "contested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """By a rule, with the IRIs of both. `day` is that of the source, `why` says in a sentence of
    each language what speaks for it, and `by` is the WebID of the person, where she has decided.
    """

    rule: str
    source: str
    target: str
    day: date
    confidence: float
    why: tuple[tuple[str, str], ...] = ()
    standing: Standing = Standing.SURE
    by: str = ""

    @property
    def name(self) -> str:
        """What tells it from all others: the same whenever it is found."""
        said = f"{self.rule}\n{self.source}\n{self.target}"
        return f"m-{sha256(said.encode()).hexdigest()[:16]}"

    @property
    def pair(self) -> tuple[str, str]:
        return self.source, self.target

    @property
    def is_linked(self) -> bool:
        return self.standing is Standing.SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Records that could belong to more than one other, and are not linked for that. `day` is that
    of the first of them.
    """

    rule: str
    sources: tuple[str, ...]
    alternatives: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Decided:
    """What is not to be decided again: matches that stand, and pairs that the person rejected."""

    standing: tuple[Match, ...] = ()
    rejected: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The matches that were made, without those that stood before; and what stays open."""

    matches: tuple[Match, ...] = ()
    open: tuple[Open, ...] = ()


def matched_by(rule: Rule, one: Item, target: str, by: str) -> Match:
    """A match that the person states, by her WebID: nothing is surer."""
    return Match(
        rule=rule.name, source=one.iri, target=target, day=one.day, confidence=1, why=SAID, by=by
    )


def matches_between(ask: Ask, target: str, evidence: Evidence, most: float = 1) -> Iterator[Match]:
    """The matches of each record of an ask with what settles it; `most` bounds the confidence."""
    confidence = min(evidence.confidence, most)
    for one in ask.members:
        yield Match(
            rule=ask.rule.name,
            source=one.iri,
            target=target,
            day=one.day,
            confidence=confidence,
            why=explained(evidence),
            standing=Standing.SURE if confidence >= SURE else Standing.PROPOSED,
        )


def found_in(assigned: Assigned) -> Found:
    """What was assigned, as matches and as what stays open."""
    return Found(
        tuple(
            match
            for pair in assigned.made
            for match in matches_between(pair.one, pair.other.iri, pair.evidence)
        ),
        tuple(
            Open(
                rule=ask.rule.name,
                sources=tuple(sorted(one.iri for one in ask.members)),
                alternatives=tuple(sorted(pair.other.iri for pair in pairs)),
                day=min(one.day for one in ask.members),
            )
            for ask, pairs in assigned.open.items()
        ),
    )
