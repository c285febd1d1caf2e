"""The documents of a holder as an import leaves them: what was held, and what is put over it.

Only the triples whose subject is a record that is put are replaced; whatever else a document says
stays. The old state of a record that is replaced goes into a document below /history/, which the
queries of the person do not read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from importers.triples import digest
from pod.intake.document import turtle
from pod.intake.equivalence import first_of
from pod.intake.formats import Formats
from pod.intake.instants import utc
from pod.intake.withdrawn import is_superseded, is_withdrawn
from vocab.graph import Literal, NamedNode, Node, Nodes, text_of
from vocab.names import DCTERMS, PROV, RDF, SD, XSD
from vocab.places import history_of

_VERSION_TYPES = (NamedNode(SD.RecordVersion), NamedNode(PROV.Entity))


_NOTHING: Mapping[str, Any] = {}


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

    `held` has what each of them says that there is, by its path below the storage root;
    `activity` is the IRI of the import, and `formats` tells of others by which formats they came.
    """

    def __init__(
        self, storage: str, held: Mapping[str, Nodes], activity: str, formats: Formats
    ) -> None:
        self.formats = formats
        self._storage = storage
        self._held = held
        self.activity = activity
        self._put: dict[str, dict[str, Node]] = {}
        self._told: set[str] = set()
        self._replaced: dict[str, list[str]] = {}

    def node(self, path: str, subject: str) -> Node:
        """What a document says of a subject, put or held; nothing where it does not know it."""
        put = self._put.get(path, _NOTHING).get(subject)
        return self._held.get(path, _NOTHING).get(subject, _NOTHING) if put is None else put

    def nodes(self, path: str) -> Iterator[tuple[str, Node]]:
        """Every subject with an IRI that a document tells of, put or held."""
        for subject in sorted({*self._held.get(path, ()), *self._put.get(path, ())}):
            if not subject.startswith("_:"):
                yield subject, self.node(path, subject)

    def tell(self, subject: str) -> None:
        """Notes that the export tells of a record, whether or not that changes anything."""
        self._told.add(subject)

    @property
    def told(self) -> frozenset[str]:
        """The records that the export tells of."""
        return frozenset(self._told)

    def put(self, path: str, subject: str, node: Node) -> None:
        """Puts what is said of a subject in the place of what a document has of it."""
        put = self._put.setdefault(path, {})
        if subject not in put and subject in self._held.get(path, ()):
            self._replaced.setdefault(path, []).append(subject)
        put[subject] = node

    def has(self, path: str) -> bool:
        return path in self._held or path in self._put

    @property
    def changed(self) -> bool:
        return bool(self._put)

    def written(self, now: datetime) -> Iterator[Written]:
        """Every document that changes, and the histories of what was replaced, by path."""
        for path, put in sorted(self._put.items()):
            yield self._document(path, {**self._held.get(path, {}), **put})
        for path, subjects in sorted(self._replaced.items()):
            where = self._history(path)
            about = f"{self._storage}{where}"
            old = {subject: self._held[path][subject] for subject in subjects}
            versions = {
                f"{about}#v-{subject.rpartition('#')[2]}": _version(
                    subject, node, now, self.activity
                )
                for subject, node in old.items()
            }
            yield self._document(where, {**old, **versions})

    def _history(self, path: str) -> str:
        """history/bank/…/2024-03/{import}.ttl for data/bank/…/2024-03.ttl."""
        name = self.activity.partition("#")[0].rpartition("/")[2].removesuffix(".ttl")
        return f"{history_of(path)}{name}.ttl"

    def _document(self, path: str, nodes: Nodes) -> Written:
        return Written(path, turtle(nodes, f"{self._storage}{path}"))


def outcome_of(node: Node, there: Node) -> Outcome:
    """What putting a record would do: by its digest against that of what is there, if anything."""
    if not there or first_of(there):
        return Outcome.NEW
    is_gone = is_withdrawn(there) and not is_superseded(there)
    is_same = digest_of(there) == digest_of(node) and not is_gone
    return Outcome.SAME if is_same else Outcome.UPDATED


def digest_of(node: Node) -> str:
    """The digest that a record gives of itself, "" where it gives none."""
    return text_of(node, SD.recordDigest)


def _version(subject: str, old: Node, now: datetime, activity: str) -> Node:
    """The node that says until when a record was as its old one has it."""
    sources = sorted(term.value for term in old.get(PROV.wasGeneratedBy, ()))
    return {
        RDF.type: _VERSION_TYPES,
        DCTERMS.isVersionOf: (NamedNode(subject),),
        SD.recordDigest: (Literal(digest_of(old) or digest(subject, old)),),
        PROV.invalidatedAtTime: (Literal(utc(now), datatype=NamedNode(XSD.dateTime)),),
        PROV.wasGeneratedBy: (NamedNode(next(iter(sources), activity)),),
    }
