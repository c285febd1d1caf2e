"""The documents that hold a record which a person writes herself, and how it came there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from importers.contract import Record
from importers.members import prefixed
from importers.naming import Naming
from importers.triples import to_node
from pod.intake.draft import Draft, Outcome, Written, outcome_of
from pod.intake.formats import Formats
from pod.intake.instants import utc
from pod.intake.own import SELF, called
from pod.intake.places import Held, Places
from pod.intake.tombstones import is_tombstone
from vocab.graph import Literal, NamedNode, Node, Nodes
from vocab.names import PROV, RDF, SCHEMA, SD, XSD
from vocab.shapes import Violation, violations


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a record that a person adds: its IRI, and the documents that say so."""

    record: str
    outcome: Outcome
    documents: tuple[Written, ...]


def kept(
    record: Record,
    naming: Naming,
    paths: Callable[[], Iterable[str]],
    held: Held,
    now: datetime,
) -> Kept:
    """Plans the documents that hold a record. Raises ValueError where its shape forbids it.

    Of one that is there under its id, the state before goes into the history; one that she deleted
    lives again.
    """
    places = Places(naming, paths, held)
    usual = naming.document(record)
    path = next(iter(places.find(record, 0, usual)), usual)
    about = f"{naming.storage}{path}#{naming.fragment(record, 0)}"
    node = to_node(record, about, naming)
    wrong = violations(about, node)
    if wrong:
        raise ValueError("; ".join(map(_sentence, sorted(wrong))))
    documents = {path: _living(held(path) or {}, about)}
    formats = Formats(SELF, naming.storage, held)
    draft = Draft(naming.storage, documents, naming.activity, formats)
    outcome = outcome_of(node, draft.node(path, about))
    if outcome is Outcome.SAME:
        return Kept(record=about, outcome=outcome, documents=())
    draft.put(path, about, node)
    draft.put(_document_of(naming), naming.activity, _entry(naming, now))
    if held(where := naming.place("Holder")) is None:
        draft.put(where, naming.holder, _herself(naming))
    return Kept(record=about, outcome=outcome, documents=tuple(draft.written(now)))


def _sentence(wrong: Violation) -> str:
    return f"`{prefixed(wrong.path)}` ({called(wrong.path)}): {wrong.message}"


def _living(document: Nodes, about: str) -> Nodes:
    """A document without the mark of a record that was deleted, if it is there."""
    if not is_tombstone(document.get(about, {})):
        return document
    return {subject: node for subject, node in document.items() if subject != about}


def _document_of(naming: Naming) -> str:
    return naming.activity.partition("#")[0].removeprefix(naming.storage)


def _entry(naming: Naming, now: datetime) -> Node:
    """That she wrote something, and when; never what."""
    moment = Literal(utc(now), datatype=NamedNode(XSD.dateTime))
    return {
        RDF.type: (NamedNode(PROV.Activity),),
        PROV.startedAtTime: (moment,),
        PROV.endedAtTime: (moment,),
        PROV.wasAssociatedWith: (NamedNode(naming.holder),),
    }


def _herself(naming: Naming) -> Node:
    """She is the holder, by the name of her pod."""
    name = naming.storage.removesuffix("/").rpartition("/")[2]
    return {RDF.type: (NamedNode(SD.Holder),), SCHEMA.name: (Literal(name),)}
