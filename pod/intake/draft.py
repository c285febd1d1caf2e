"""The documents of a holder as an import leaves them: what was held, and what is put over it.

Only the triples whose subject is a record that is put are replaced; whatever else a document says
stays. The old state of a record that is replaced goes into a document below /history/, which the
queries of the person do not read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from importers.triples import digest
from pod.intake.document import turtle
from pod.intake.equivalence import first_of
from pod.intake.formats import Formats
from pod.intake.instants import utc
from pod.intake.withdrawn import is_withdrawn
from vocab.graph import Graph, Literal, NamedNode, Triple, objects
from vocab.names import DCTERMS, PROV, RDF, SD, XSD
from vocab.places import history_of

_DIGEST = NamedNode(SD.recordDigest)
_GENERATED_BY = NamedNode(PROV.wasGeneratedBy)
_VERSION_TYPES = (NamedNode(SD.RecordVersion), NamedNode(PROV.Entity))
_TYPE = NamedNode(RDF.type)


class Outcome(StrEnum):
    """What an import did with one record or reading."""

    NEW = "new"
    SAME = "same"
    UPDATED = "updated"
    REJECTED = "rejected"


class Manner(StrEnum):
    """How a record came to its outcome, where that is counted beside it."""

    DELETED = "deleted"  # the same: the person deleted it, and it stays deleted
    CONFLICT = "conflict"  # rejected: another statement contradicts it, and neither is taken
    WITHDRAWN = "withdrawn"  # not read: it is absent where the export is complete


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it shall be: its path below the storage root, and its Turtle."""

    path: str
    content: bytes


class Draft:
    """What documents of a holder say, and what an import changes in them.

    `held` has the triples of each of them that there is, by its path below the storage root;
    `activity` is the IRI of the import, and `formats` tells of others by which formats they came.
    """

    def __init__(
        self, storage: str, held: Mapping[str, Graph], activity: str, formats: Formats
    ) -> None:
        self.formats = formats
        self._storage = storage
        self._held = held
        self._activity = activity
        self._nodes: dict[str, dict[str, Graph]] = {}
        self._put: dict[str, dict[str, Graph]] = {}
        self._told: set[str] = set()
        self._replaced: dict[str, list[str]] = {}

    def node(self, path: str, subject: str) -> Graph:
        """What a document says of a subject, put or held; nothing where it does not know it."""
        put = self._put.get(path, {}).get(subject)
        return self._held_nodes(path).get(subject, frozenset()) if put is None else put

    def nodes(self, path: str) -> Iterator[tuple[str, Graph]]:
        """Every subject with an IRI that a document tells of, put or held."""
        for subject in sorted({*self._held_nodes(path), *self._put.get(path, {})}):
            yield subject, self.node(path, subject)

    def outcome(self, path: str, subject: str, graph: Graph) -> Outcome:
        """What putting a record would do: by its digest against that of what is there."""
        there = self.node(path, subject)
        if not there or first_of(there):
            return Outcome.NEW
        is_same = digest_of(there) == digest_of(graph) and not is_withdrawn(there)
        return Outcome.SAME if is_same else Outcome.UPDATED

    def tell(self, subject: str) -> None:
        """Notes that the export tells of a record, whether or not that changes anything."""
        self._told.add(subject)

    @property
    def told(self) -> frozenset[str]:
        """The records that the export tells of."""
        return frozenset(self._told)

    def put(self, path: str, subject: str, graph: Graph) -> None:
        """Puts the triples of a subject in the place of those that a document has of it."""
        put = self._put.setdefault(path, {})
        if subject not in put and subject in self._held_nodes(path):
            self._replaced.setdefault(path, []).append(subject)
        put[subject] = graph

    def has(self, path: str) -> bool:
        return path in self._held or path in self._put

    @property
    def changed(self) -> bool:
        return bool(self._put)

    def written(self, now: datetime) -> Iterator[Written]:
        """Every document that changes, and the histories of what was replaced, by path."""
        for path, put in sorted(self._put.items()):
            gone = {NamedNode(subject) for subject in put}
            kept = (t for t in self._held.get(path, ()) if t.subject not in gone)
            yield self._document(path, frozenset(kept).union(*put.values()))
        for path, subjects in sorted(self._replaced.items()):
            where = self._history(path)
            about = f"{self._storage}{where}"
            old = [
                graph | _version(about, subject, graph, now, self._activity)
                for subject, graph in ((s, self._held_nodes(path)[s]) for s in subjects)
            ]
            yield self._document(where, frozenset().union(*old))

    def _history(self, path: str) -> str:
        """history/bank/…/2024-03/{import}.ttl for data/bank/…/2024-03.ttl."""
        name = self._activity.partition("#")[0].rpartition("/")[2].removesuffix(".ttl")
        return f"{history_of(path)}{name}.ttl"

    def _document(self, path: str, graph: Graph) -> Written:
        return Written(path, turtle(graph, f"{self._storage}{path}"))

    def _held_nodes(self, path: str) -> dict[str, Graph]:
        found = self._nodes.get(path)
        if found is None:
            found = self._nodes[path] = nodes_in(self._held.get(path, frozenset()))
        return found


def nodes_in(document: Graph) -> dict[str, Graph]:
    """What a document says of each subject with an IRI."""
    sorting: dict[str, list[Triple]] = {}
    for triple in document:
        if isinstance(triple.subject, NamedNode):
            sorting.setdefault(_text(triple), []).append(triple)
    return {subject: frozenset(triples) for subject, triples in sorting.items()}


def digest_of(graph: Graph) -> str:
    """The digest that the triples of a record give of it, "" where they give none."""
    return next((t.object.value for t in graph if t.predicate == _DIGEST), "")  # type: ignore[union-attr]


def _text(triple: Triple) -> str:
    return triple.subject.value  # type: ignore[union-attr]


def _version(about: str, subject: str, old: Graph, now: datetime, activity: str) -> Graph:
    """The node that says until when a record was as its old triples have it."""
    record = NamedNode(subject)
    node = NamedNode(f"{about}#v-{subject.rpartition('#')[2]}")
    sources = sorted(term.value for term in objects(old, record, _GENERATED_BY))
    source = next(iter(sources), activity)
    when = Literal(utc(now), datatype=NamedNode(XSD.dateTime))
    return frozenset(
        {
            *(Triple(node, _TYPE, name) for name in _VERSION_TYPES),
            Triple(node, NamedNode(DCTERMS.isVersionOf), record),
            Triple(node, _DIGEST, Literal(digest_of(old) or digest(old))),
            Triple(node, NamedNode(PROV.invalidatedAtTime), when),
            Triple(node, _GENERATED_BY, NamedNode(source)),
        }
    )
