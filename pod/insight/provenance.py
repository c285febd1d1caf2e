"""Where a record comes from: its holder's words, hers, and what it belongs with (PRI-25)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pod.insight.facts import Fact
from vocab.glossary import broader, glossary
from vocab.kinds import KINDS
from vocab.names import RDF, SD, SDC

_BY_IRI = {kind.iri: kind.name for kind in KINDS.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An import that a record came by. `file` is the address of what was given, "" where it is not
    known.
    """

    at: datetime | None
    file: str
    filename: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """What a record said before: the facts that are not said any more, and until when they were."""

    since: datetime | None
    until: datetime | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another record. `is_to` is whether this one leads there, else it leads here; `kind` is the
    local name of its class, `label` "" where it has no name.
    """

    iri: str
    field: str
    is_to: bool
    kind: str
    day: date | None
    label: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A correction of a field, or a match with another record: `confidence` is from 0 to 1,
    `status` an IRI, and `why` is by language.
    """

    kind: str
    field: str = ""
    value: str = ""
    other: str = ""
    confidence: Decimal | None = None
    status: str = ""
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """All that is known of one record. `said` is what its holder says, `hers` what she says."""

    iri: str
    kind: str
    container: str
    said: tuple[Fact, ...]
    hers: tuple[Fact, ...]
    imports: tuple[Import, ...]
    former: tuple[Former, ...]
    related: tuple[Related, ...]
    remarks: tuple[Remark, ...]


def narrowest(types: Iterable[str]) -> str:
    """The local name of the narrowest class of ours among some IRIs; "" where none is."""
    known = [iri for iri in types if iri in _BY_IRI]
    above = frozenset().union(*(broader(glossary(), iri) for iri in known))
    return next((_BY_IRI[iri] for iri in sorted(known) if iri not in above), "")


def kind_of(facts: Iterable[Fact]) -> str:
    """The local name of the class of a record, "Record" where it is of no class of ours."""
    return narrowest(fact.value for fact in facts if fact.field == RDF.type) or "Record"


def usual_origin(kind: str) -> str:
    """The origin of the records of a class that do not say another: IRIs, both."""
    word = glossary().get(kind)
    return (word.one(SD.dataOrigin) if word else "") or SDC.observed


def gone(before: Iterable[Fact], after: Iterable[Fact]) -> tuple[Fact, ...]:
    """What was said before and is not said after."""
    still = {(fact.field, fact.value) for fact in after}
    return tuple(
        fact for fact in before if (fact.field, fact.value) not in still and fact.field not in _KEPT
    )


_KEPT = frozenset({SD.recordDigest, SD.sourceLocator})
