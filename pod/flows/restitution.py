"""An export taken in: recognised, read, planned against what is there, stored in one commit.

The one way of an export into a pod, whether a person imports it or a holder deposits it.
"""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import BinaryIO

from acl import Agent, Mode, Need, all_groups, decide, permit
from importers import HEAD
from importers.contract import Importer
from importers.naming import Naming, pseudonyms
from pod.flows.authenticate import with_memberships
from pod.flows.context import Pod
from pod.flows.journal import line, words
from pod.intake.alternates import SEVERAL_SOURCES
from pod.intake.delivery import Delivery, holder_of, importer_for, slug_of
from pod.intake.plan import Plan, plan
from pod.intake.provenance import Export, activity_of, file_path, import_path, is_import_of
from pod.intake.report import Report, report
from pod.intake.withdrawn import complete_over
from pod.ldp.facts import facts_about
from pod.ldp.needs import needs_of
from pod.ldp.operation import Operation
from pod.ldp.put import put
from pod.model import Blob, Content, Entry
from pod.problems import Unavailable
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.store.port import Snapshot, Transaction
from vocab.graph import Graph
from vocab.iri import ResourceIri
from vocab.places import DATA, IMPORTS

TURTLE = RdfFormat.TURTLE.media_type
ACTION = "IMPORT"
APPEND = words(Mode.APPEND)
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class File:
    """Something to be written: the storage, its path there, its media type, its bytes.

    `as_it_came` is an export, whose path tells its bytes: where it is there already, it stays.
    """

    storage: str
    path: str
    media_type: str
    content: Content
    as_it_came: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A document that the import is planned on, as it is now."""

    version: str
    media_type: str
    content: bytes


async def take_in(delivery: Delivery, agent: Agent, pod: Pod, *, dry: bool = False) -> Report:
    """Store what an export holds, as an agent who may; what came of each of its rows.

    With `dry` nothing is stored. Raises what `importer_for` raises, Refused where the agent may
    not write there, and Unavailable where others write the same documents all the time.
    """
    agent = await with_memberships(agent, all_groups(pod.store.snapshot().acls()), pod)
    importer, export = await asyncio.to_thread(_read, delivery, agent, pod)
    data = ResourceIri(pod.store.storage, DATA)
    _check_may_add(data.child(f"{importer.domain}/"), agent, pod)
    for attempt in range(ATTEMPTS):
        now = pod.server.now()
        # An import is named by its second; one of the same file may have this second's name.
        moment = now + timedelta(seconds=attempt)
        naming = _naming(importer, export, pod, moment)
        held = _held(pod.store.snapshot(), data, naming)
        done = await asyncio.to_thread(_planned, export, naming, held, moment)
        entry = line(agent, ACTION, ResourceIri(pod.store.storage, export.kept), APPEND, now)
        if done.documents and not dry:
            files = _files(export, delivery.content, done, naming.storage)
            try:
                await pod.store.write(partial(_store, files, held, agent, entry))
            except _Moved:
                continue
        elif not dry:
            # It stores nothing, but tells what is there already.
            pod.store.note(entry)
        return report(export, done, pod.store.storage)
    raise Unavailable("these documents are being written by somebody else; try again later")


def _files(export: Export, content: Content, done: Plan, storage: str) -> tuple[File, ...]:
    """The export itself, byte for byte, and the documents that were made of it."""
    return (
        File(storage, export.kept, export.media_type, content, as_it_came=True),
        *(File(storage, one.path, TURTLE, one.content) for one in done.documents),
    )


class _Moved(Exception):
    """A document is not as it was when the import was planned."""


def _check_may_add(domain: ResourceIri, agent: Agent, pod: Pod) -> None:
    """Refuse who may not give data of a domain, even where nothing of it would be new."""
    acls = pod.store.snapshot().acls()
    permit((Need(Mode.APPEND, domain),), partial(decide, acls, agent=agent))


def _read(delivery: Delivery, agent: Agent, pod: Pod) -> tuple[Importer, Export]:
    """The importer of an export, and all that it reads in it."""
    content, sha256 = delivery.content, delivery.sha256
    with closing(_opened(content, pod)) as file:
        head = file.read(HEAD)
        importer = importer_for(delivery, head)
        file.seek(0)
        items = tuple(importer.parse(file, delivery.options))
    export = Export(
        filename=delivery.filename,
        media_type=delivery.media_type,
        sha256=sha256,
        size=content.size if isinstance(content, Blob) else len(content),
        kept=file_path(delivery.filename, sha256, pod.server.now()),
        format=importer.format,
        version=importer.version,
        holder=holder_of(delivery, importer, head),
        agent=agent.webid or "",
        items=items,
        checks=importer.reconcile(items),
        covers=complete_over(items, delivery.options),
    )
    return importer, export


def _opened(content: Content, pod: Pod) -> BinaryIO:
    return pod.store.path_of(content).open("rb") if isinstance(content, Blob) else BytesIO(content)


def _naming(importer: Importer, export: Export, pod: Pod, now: datetime) -> Naming:
    slug, storage = slug_of(export.holder.iri), pod.store.storage
    return Naming(
        storage=storage,
        holder=export.holder.iri,
        slug=slug,
        domain=importer.domain,
        activity=activity_of(storage, import_path(slug, export.sha256, now)),
        pseudonym=pseudonyms(pod.store.identity.secret),
    )


def _held(snapshot: Snapshot, data: ResourceIri, naming: Naming) -> dict[str, Held]:
    """The documents of a holder, in every domain, by their path below the storage root.

    Where sources are told apart, also those of its imports, but of none that has this one's name.
    """
    domains = [member.iri for member in snapshot.members(data) if member.iri.is_container]
    found = [
        one for domain in domains for one in snapshot.documents(domain.child(f"{naming.slug}/"))
    ]
    if naming.domain in SEVERAL_SOURCES:
        imports = snapshot.documents(ResourceIri(data.storage, IMPORTS))
        own = naming.activity.partition("#")[0]
        found += (
            one
            for one in imports
            if is_import_of(one.iri.name, naming.slug) and str(one.iri) != own
        )
    return {
        one.iri.path: Held(one.version, one.media_type, snapshot.read(one.content)) for one in found
    }


def _planned(export: Export, naming: Naming, held: Mapping[str, Held], now: datetime) -> Plan:
    graphs: dict[str, Graph] = {}
    for path, document in held.items():
        if (syntax := RdfFormat.of(document.media_type)) is not None:
            graphs[path] = parse(document.content, syntax, naming.storage + path)
    return plan(export, naming, graphs, now)


def _store(
    files: Iterable[File], held: Mapping[str, Held], agent: Agent, entry: Entry, tx: Transaction
) -> None:
    """Write the files of an import, each as far as its agent may."""
    acls = tx.acls()
    for file in files:
        target = ResourceIri(file.storage, file.path)
        facts = facts_about("PUT", target, tx)
        if file.as_it_came and facts.before is not None:
            continue
        planned_on = held.get(file.path)
        if (facts.before and facts.before.version) != (planned_on and planned_on.version):
            raise _Moved
        # A record that changes keeps its old state in the history, so whoever gives data back
        # adds to what there is, even there: Append is enough, and gives no right to read.
        needs = needs_of("PUT", target, exists=False, missing=facts.missing)
        grant = permit(needs, partial(decide, acls, agent=agent))
        operation = Operation(
            method="PUT", target=target, media_type=file.media_type, content=file.content
        )
        for change in put(operation, facts, entry.time):
            tx.apply(change, grant)
    tx.note(entry)
