"""What the person says of a record, written apart from it; and what the record has said so far."""

from collections.abc import Callable
from functools import partial
from typing import Final

from importers.members import is_member, kind_of_record, prefixed
from importers.triples import to_term
from pod.flows.add import own_naming
from pod.flows.by_owner import apply
from pod.flows.context import Pod
from pod.flows.owner import owner_of
from pod.intake.annotations import Correction, as_corrected, corrected, like, noted
from pod.intake.document import turtle
from pod.intake.own import stated
from pod.intake.versions import State, states
from pod.ldp.operation import Operation
from pod.problems import Malformed, NotFound
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.store.port import Snapshot, Transaction
from vocab.extended import Vocabulary
from vocab.graph import Graph, Literal, NamedNode, nodes_of
from vocab.iri import ResourceIri
from vocab.names import SCHEMA, SD, SDC
from vocab.places import ANNOTATIONS, history_of
from vocab.prefixes import expand

TURTLE = RdfFormat.TURTLE.media_type
CORRECTIONS = f"{ANNOTATIONS}corrections.ttl"
CATEGORIES = f"{ANNOTATIONS}categories.ttl"
NOTES = f"{ANNOTATIONS}notes.ttl"
_NO_RECORD: Final = "there is no such record; look at its IRI again"


async def correct(record: str, property_: str, text: str, pod: Pod) -> None:
    """State a value of a record in the place of the holder's, which stays as it is, or one that
    the holder does not state.

    The property may be named as in `pod add`. Raises NotFound, and Malformed for a property that
    does not exist or a value not of its kind.
    """
    said = record_of(record, pod.store.snapshot(), pod)
    try:
        name, value = _stated(said, property_, text, pod)
    except ValueError as error:
        raise Malformed(str(error)) from error
    owner = owner_of(pod).webid or ""
    made = Correction(record=record, property=name, value=value, by=owner, at=pod.server.now())
    where = f"{pod.store.storage}{CORRECTIONS}"
    known = Vocabulary.of(pod.server.profiles.values())
    if wrong := known.validator.validate(as_corrected(said, corrected(frozenset(), where, made))):
        raise Malformed("; ".join(f"`{prefixed(one.path)}`: {one.message}" for one in wrong))
    await _annotate(CORRECTIONS, lambda before: corrected(before, where, made), pod)


def _stated(said: Graph, name: str, text: str, pod: Pod) -> tuple[str, NamedNode | Literal]:
    """A property of a record and its value: as the shape of its class has it, where it has one;
    else of the kind that its values are. Raises ValueError, with a sentence.
    """
    kind = kind_of_record(said)
    try:
        path = expand(name) if "://" not in name else name
    except (KeyError, ValueError):
        path = ""
    values = [t.object for t in said if t.predicate.value == path]
    if kind is not None and (not values or is_member(kind, name)):
        path, value = stated(kind, name, text)
        return path, to_term(value, own_naming(pod))
    if not values:
        raise ValueError("the record does not have this property; write sd:amount -12.50")
    return path, like(text, values)  # type: ignore[arg-type]  # a record quotes no triples


async def categorise(record: str, code: str, pod: Pod) -> None:
    """Put a record into a category of the person's. Raises NotFound, and Malformed."""
    record_of(record, pod.store.snapshot(), pod)
    try:
        value = NamedNode(code if "://" in code else SDC.NS + code)
    except ValueError as error:
        raise Malformed("this is no code of a category") from error
    await _annotate(
        CATEGORIES, partial(noted, record=record, property_=SD.category, value=value), pod
    )


async def note(record: str, text: str, pod: Pod) -> None:
    """Write a note on a record. Raises NotFound."""
    record_of(record, pod.store.snapshot(), pod)
    value = Literal(text)
    await _annotate(
        NOTES, partial(noted, record=record, property_=SCHEMA.description, value=value), pod
    )


def history(record: str, pod: Pod) -> tuple[State, ...]:
    """The states of a record, the earliest first. Raises NotFound."""
    found = pod.store.snapshot()
    target = _target(record, pod)
    folder = ResourceIri(pod.store.storage, history_of(target.path))
    histories = [_graph(one.iri, found) for one in tuple(found.documents(folder))]
    told = states(record, _graph(target, found), histories)
    if not told:
        raise NotFound("there is no such record; look at its IRI again")
    return told


def corrections_of(record: str, pod: Pod) -> Graph:
    """The record as the person has corrected it. Raises NotFound."""
    found = pod.store.snapshot()
    said = _graph(ResourceIri(pod.store.storage, CORRECTIONS), found)
    return as_corrected(record_of(record, found, pod), said)


def record_of(record: str, found: Snapshot, pod: Pod) -> Graph:
    """What a holder says of a record. Raises NotFound."""
    target = _target(record, pod)
    try:
        about = NamedNode(record)
    except ValueError as error:
        raise NotFound(_NO_RECORD) from error
    said = frozenset(t for t in _graph(target, found) if t.subject == about)
    if not said:
        raise NotFound(_NO_RECORD)
    return said


def _target(record: str, pod: Pod) -> ResourceIri:
    document, _, fragment = record.partition("#")
    path = document.removeprefix(pod.store.storage)
    if not fragment or path == document:
        raise NotFound("give the IRI of a record of this pod, as a query prints it: …/data/…#…")
    try:
        return ResourceIri.parse(pod.store.storage, path)
    except ValueError as error:
        raise NotFound(f"this IRI cannot be used: {error}") from error


def _graph(target: ResourceIri, found: Snapshot) -> Graph:
    there = found.load(target)
    syntax = None if there is None else RdfFormat.of(there.media_type)
    if there is None or syntax is None:
        return frozenset()
    return parse(found.read(there.content), syntax, str(target))


async def _annotate(path: str, change: Callable[[Graph], Graph], pod: Pod) -> None:
    target, now = ResourceIri(pod.store.storage, path), pod.server.now()

    def work(tx: Transaction) -> None:
        content = turtle(nodes_of(change(_graph(target, tx))), str(target))
        operation = Operation(method="PUT", target=target, media_type=TURTLE, content=content)
        apply(operation, tx, pod, now)

    await pod.store.write(work)
