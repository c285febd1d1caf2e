"""Forgetting: a record, of which only a tombstone stays, or all that a holder ever gave.

What is forgotten is gone from the documents, from the history and from what the person wrote on
it. The file that a record came in stays below /imports/ until its holder is forgotten.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from pod.flows.by_owner import apply
from pod.flows.context import Pod
from pod.intake.annotations import without_notes
from pod.intake.delivery import slug_of
from pod.intake.document import turtle
from pod.intake.own import SELF
from pod.intake.plan import is_of
from pod.intake.provenance import files_of, is_import_of
from pod.intake.tombstones import buried, without_versions
from pod.ldp.operation import Operation
from pod.model import Resource
from pod.problems import Malformed, NotFound
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.store.port import Transaction
from vocab.graph import Graph, named_in, nodes_of
from vocab.iri import ResourceIri
from vocab.places import ANNOTATIONS, DATA, HISTORY, IMPORTS, history_of

TURTLE = RdfFormat.TURTLE.media_type


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """The addresses of the documents that say less now, and of those that are gone."""

    changed: tuple[str, ...]
    deleted: tuple[str, ...]


async def forget(records: Iterable[str], pod: Pod) -> Forgotten:
    """Delete records by their IRIs, so that no import brings them back.

    Raises Malformed for what is no IRI of a record of this pod, and NotFound for a record that is
    not there; then nothing is deleted.
    """
    wanted: dict[ResourceIri, set[str]] = {}
    for record in records:
        wanted.setdefault(_document(record, pod.store.storage), set()).add(record)

    def work(tx: Transaction) -> Forgotten:
        desk = _Desk(tx, pod)
        for target, names in wanted.items():
            found = tx.load(target)
            before = None if found is None else desk.graph(found)
            if before is None or not names <= named_in(before):
                raise NotFound(
                    f"there is no such record in `/{target.path}`; look at its IRI again"
                )
            desk.rewrite(target, buried(before, names, pod.server.now()))
            desk.each(history_of(target.path), partial(without_versions, records=names))
            desk.each(ANNOTATIONS, partial(without_notes, records=names))
        return desk.done()

    return await pod.store.write(work)


async def forget_holder(holder: str, pod: Pod) -> Forgotten:
    """Delete all that a holder gave: records, their history, imports and the files themselves.

    Nothing is left that would keep them deleted: what it gives again is new. Raises NotFound.
    """
    slugs = {slug_of(holder), *([SELF] if holder in pod.store.identity.owners else ())}

    def work(tx: Transaction) -> Forgotten:
        desk = _Desk(tx, pod)
        imports = [
            one
            for one in desk.below(IMPORTS)
            if any(is_import_of(one.iri.name, slug) for slug in slugs)
        ]
        files = {file for one in imports for file in files_of(desk.graph(one) or frozenset())}
        others = (one for one in desk.below(IMPORTS) if one not in imports)
        files -= {file for one in others for file in files_of(desk.graph(one) or frozenset())}
        data = [one for one in desk.below(DATA) if _is_of(one.iri.path, slugs)]
        past = [one for one in desk.below(HISTORY) if _is_of(_data_path(one.iri.path), slugs)]
        if not (imports or data):
            raise NotFound("this pod holds nothing that this holder gave")
        for one in (*data, *past, *imports):
            desk.delete(one.iri)
        for file in sorted(files):
            target = ResourceIri(pod.store.storage, file.removeprefix(pod.store.storage))
            if tx.load(target) is not None:
                desk.delete(target)
        for container in sorted({_container(one.iri) for one in (*data, *past)}):
            desk.delete_containers(container)
        gone = {str(one.iri) for one in data}
        desk.each(ANNOTATIONS, partial(without_notes, documents=gone))
        return desk.done()

    return await pod.store.write(work)


def _document(record: str, storage: str) -> ResourceIri:
    document, fragment, _ = record.partition("#")
    path = record.removeprefix(storage)
    if not fragment or not path.startswith(DATA) or path == record:
        raise Malformed("give the IRI of a record of this pod, as a query prints it: …/data/…#…")
    try:
        return ResourceIri.parse(storage, document.removeprefix(storage))
    except ValueError as error:
        raise Malformed(f"this IRI cannot be used: {error}") from error


def _data_path(path: str) -> str:
    """The path of the documents whose history lies at a path."""
    return DATA + path.removeprefix(HISTORY)


def _is_of(path: str, slugs: Collection[str]) -> bool:
    return any(is_of(path, slug) for slug in slugs)


def _container(found: ResourceIri) -> ResourceIri:
    """The container of a holder that something lies in: data/bank/{holder}/."""
    return ResourceIri(found.storage, "/".join([*found.path.split("/")[:3], ""]))


class _Desk:
    """Rewrites and deletes documents in one transaction, as far as the owner may."""

    def __init__(self, tx: Transaction, pod: Pod) -> None:
        self._tx = tx
        self._pod = pod
        self._storage = pod.store.storage
        self._now = pod.server.now()
        self._changed: list[str] = []
        self._deleted: list[str] = []

    def graph(self, found: Resource) -> Graph | None:
        """What a document says; None where it is no RDF."""
        syntax = RdfFormat.of(found.media_type)
        if syntax is None:
            return None
        return parse(self._tx.read(found.content), syntax, str(found.iri))

    def below(self, path: str) -> Iterator[Resource]:
        return self._tx.documents(ResourceIri(self._storage, path))

    def each(self, path: str, less: "partial[Graph]") -> None:
        """Makes every document below a container say less; one that then says nothing goes."""
        for found in tuple(self.below(path)):
            before = self.graph(found)
            if before is None or (after := less(before)) == before:
                continue
            if after:
                self.rewrite(found.iri, after)
            else:
                self.delete(found.iri)

    def rewrite(self, target: ResourceIri, after: Graph) -> None:
        content = turtle(nodes_of(after), str(target))
        self._apply(Operation(method="PUT", target=target, media_type=TURTLE, content=content))
        self._changed.append(str(target))

    def delete(self, target: ResourceIri) -> None:
        self._apply(Operation(method="DELETE", target=target))
        self._deleted.append(str(target))

    def delete_containers(self, container: ResourceIri) -> None:
        """Deletes a container, and those in it, as far as nothing is in them."""
        for member in tuple(self._tx.members(container)):
            if member.iri.is_container:
                self.delete_containers(member.iri)
        if next(iter(self._tx.members(container)), None) is None:
            self.delete(container)

    def done(self) -> Forgotten:
        return Forgotten(changed=tuple(self._changed), deleted=tuple(self._deleted))

    def _apply(self, operation: Operation) -> None:
        apply(operation, self._tx, self._pod, self._now)
