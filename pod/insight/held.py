"""What a person has: categories of records, each in a container and of a class (CAP-05, SYS-32)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from pod.insight.life import LIFE, LIFE_OF, LifeDomain
from vocab.glossary import broader, glossary
from vocab.kinds import KINDS

_BY_IRI = {kind.iri: kind for kind in KINDS.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A holder: what it is called, and when it last gave anything, None where that is not known."""

    iri: str
    name: str
    newest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """The records of one class in one container below /data/.

    `kind` is the local name of the class. `first` and `last` are civil dates, None where no record
    has one. `holders` are IRIs. `own` counts those that are of no narrower class.
    """

    container: str
    kind: str
    count: int
    own: int
    first: date | None
    last: date | None
    holders: tuple[str, ...]


def categories(found: Iterable[Category]) -> tuple[Category, ...]:
    """Categories of one holder each made into those of all, those with most records first.

    Classes that no vocabulary of this server knows are left out: their records are of a class that
    it knows, too. So are broader classes that have nothing beside their narrower ones.
    """
    merged: dict[tuple[str, str], Category] = {}
    for one in found:
        if one.kind in KINDS:
            place = (one.container, one.kind)
            merged[place] = _joined(merged[place], one) if place in merged else one
    counted = [replace(one, own=one.count - _narrower(one, merged)) for one in merged.values()]
    shown = [one for one in counted if one.own > 0]
    return tuple(sorted(shown, key=lambda one: (-one.count, one.kind, one.container)))


def by_life(found: Iterable[Category]) -> Mapping[LifeDomain, tuple[Category, ...]]:
    """All domains of a life in their order, each with its categories, also where there are none."""
    sorted_out: dict[LifeDomain, list[Category]] = {life: [] for life in LIFE}
    for one in found:
        if (life := LIFE_OF.get(one.container)) is not None:
            sorted_out[life].append(one)
    return {life: tuple(several) for life, several in sorted_out.items()}


def _joined(one: Category, other: Category) -> Category:
    return replace(
        one,
        count=one.count + other.count,
        first=min((day for day in (one.first, other.first) if day), default=None),
        last=max((day for day in (one.last, other.last) if day), default=None),
        holders=tuple(sorted({*one.holders, *other.holders})),
    )


def _narrower(one: Category, among: Mapping[tuple[str, str], Category]) -> int:
    """How many of its records are of a narrower class, too."""
    iri = KINDS[one.kind].iri
    return sum(
        other.count
        for (container, kind), other in among.items()
        if container == one.container and iri in _above(KINDS[kind].iri)
    )


def _above(iri: str) -> frozenset[str]:
    return broader(glossary(), iri) & _BY_IRI.keys()
