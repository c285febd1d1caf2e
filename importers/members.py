"""What a person calls the classes and properties of records, in French, English or by their names.

Left out are classes that nobody writes by hand (series and their chunks, which are dense), and
properties that say how a record came, which the pod itself writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from importers.table import folded
from vocab.glossary import LANGUAGES, glossary, is_record, named
from vocab.graph import Graph, NamedNode
from vocab.kinds import ACCOUNTS, KINDS, Kind
from vocab.names import PROV, RDF, SD
from vocab.prefixes import PREFIXES
from vocab.shacl import Property
from vocab.shapes import shapes

_DENSE: Final = frozenset({"Series", "SeriesChunk"})
_OF_THE_POD: Final = frozenset(
    {
        *(SD.holder, SD.recordId, SD.recordDigest, SD.sourceLocator, SD.dataOrigin),
        *(PROV.wasGeneratedBy, PROV.wasInvalidatedBy),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A property that a record of a class may have. `name` is its prefixed name."""

    name: str
    rule: Property

    def label(self, language: str) -> str:
        return named(self.rule.path, language)


def kinds() -> tuple[Kind, ...]:
    """The classes that a person can add a record of."""
    known = glossary()
    found = (one for name, one in KINDS.items() if name not in _DENSE)
    return tuple(one for one in found if is_record(known, known[one.iri]))


def kind_of_record(record: Graph) -> Kind | None:
    """The class of a record, None where a person adds none of it."""
    types = {t.object for t in record if t.predicate.value == RDF.type}
    return next((one for one in kinds() if NamedNode(one.iri) in types), None)


def kind_of(text: str) -> Kind:
    """The class that a person means, by its name or label. Raises ValueError for none."""
    found = _kinds_by_word().get(folded(text))
    if found is None:
        raise ValueError("there is no such class of records; `pod classes` lists them")
    return found


@cache
def members_of(kind: Kind) -> tuple[Member, ...]:
    """What a person may say of a record of a class: what it needs first."""
    (shape,) = (one for one in shapes() if one.target == kind.iri)
    rules: dict[str, Property] = {}
    for rule in shape.properties:  # those that are needed stand first
        if rule.path not in _OF_THE_POD:
            rules.setdefault(rule.path, rule)
    return tuple(Member(name=prefixed(path), rule=rule) for path, rule in rules.items())


def member_of(kind: Kind, text: str) -> Member:
    """The property that a person means, by its name or label. Raises ValueError for none."""
    found = _members_by_word(kind).get(folded(text))
    if found is None:
        raise ValueError(
            f"{kind.name} has no property `{text[:60]}`; `pod classes {kind.name}` lists them"
        )
    return found


def is_member(kind: Kind, text: str) -> bool:
    """Whether a text names a property that a person may say of a record of a class."""
    return folded(text) in _members_by_word(kind)


def needs_id(kind: Kind) -> bool:
    """Whether a record of a class is known by an id, and by nothing else."""
    (shape,) = (one for one in shapes() if one.target == kind.iri)
    asked = any(rule.path == SD.recordId and rule.at_least for rule in shape.properties)
    return asked or kind.document == ACCOUNTS


def prefixed(iri: str) -> str:
    """An IRI by its prefixed name, where it has one."""
    found = ((prefix, ns) for prefix, ns in PREFIXES.items() if iri.startswith(ns))
    prefix, ns = max(found, key=lambda pair: len(pair[1]), default=("", ""))
    return f"{prefix}:{iri.removeprefix(ns)}" if prefix else iri


@cache
def _kinds_by_word() -> Mapping[str, Kind]:
    found = {folded(named(one.iri, language)): one for language in LANGUAGES for one in kinds()}
    return MappingProxyType(found | {folded(one.name): one for one in kinds()})


@cache
def _members_by_word(kind: Kind) -> Mapping[str, Member]:
    """By label, and before that by local name, prefixed name and IRI."""
    every = members_of(kind)
    found = {folded(one.label(language)): one for language in LANGUAGES for one in every}
    found |= {folded(one.name.rpartition(":")[2]): one for one in every}
    found |= {folded(one.name): one for one in every}
    return MappingProxyType(found | {folded(one.rule.path): one for one in every})
