"""A record that the person writes herself, taken into her pod."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from importers.contract import Record
from importers.naming import Naming, pseudonyms
from pod.flows.by_owner import apply
from pod.flows.context import Pod
from pod.intake.draft import Outcome
from pod.intake.own import SELF, Words, domain_of, own_record
from pod.intake.own_documents import Kept, kept
from pod.intake.provenance import activity_of, import_path
from pod.ldp.operation import Operation
from pod.problems import Malformed
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.store.port import Transaction
from vocab.graph import Nodes, nodes_of
from vocab.iri import ResourceIri
from vocab.places import DATA

TURTLE = RdfFormat.TURTLE.media_type


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a record: its IRI, and whether it is new, updated or was there the same."""

    record: str
    outcome: Outcome


async def add(said: Words, pod: Pod) -> Added:
    """Keep what the person says of a record. Raises Malformed where it cannot be kept as it is."""
    try:
        record, domain = own_record(said), domain_of(said)
    except ValueError as error:
        raise Malformed(str(error)) from error

    def work(tx: Transaction) -> Added:
        try:
            made = _planned(record, domain, tx, pod)
        except ValueError as error:
            raise Malformed(str(error)) from error
        for document in made.documents:
            target = ResourceIri(pod.store.storage, document.path)
            operation = Operation(
                method="PUT", target=target, media_type=TURTLE, content=document.content
            )
            apply(operation, tx, pod, pod.server.now())
        return Added(record=made.record, outcome=made.outcome)

    return await pod.store.write(work)


def _planned(record: Record, domain: str, tx: Transaction, pod: Pod) -> Kept:
    now, storage = pod.server.now(), pod.store.storage
    digest = sha256(repr(record).encode()).hexdigest()
    activity = activity_of(storage, import_path(SELF, digest, now))
    naming = own_naming(pod, domain, activity)

    def held(path: str) -> Nodes | None:
        found = tx.load(ResourceIri(storage, path))
        syntax = None if found is None else RdfFormat.of(found.media_type)
        if found is None or syntax is None:
            return None
        return nodes_of(parse(tx.read(found.content), syntax, str(found.iri)))

    def paths() -> Iterator[str]:
        below = ResourceIri(storage, f"{DATA}{domain}/{SELF}/")
        return (one.iri.path for one in tuple(tx.documents(below)))

    return kept(record, naming, paths, held, now)


def own_naming(pod: Pod, domain: str = "", activity: str = "") -> Naming:
    """How what the person writes herself is named: she is the holder."""
    return Naming(
        storage=pod.store.storage,
        holder=pod.store.identity.owner,
        slug=SELF,
        domain=domain,
        activity=activity,
        pseudonym=pseudonyms(pod.store.identity.secret),
    )
