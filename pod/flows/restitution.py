"""An export taken in: recognised, read, planned against what is there, stored in one commit.

The one way of an export into a pod, whether a person imports it or a holder deposits it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from acl import Agent, Mode, Need, all_groups, decide, permit
from importers import HEAD, reach_of
from importers.importer import Importer
from importers.naming import Naming, pseudonyms
from pod.flows.authenticate import with_memberships
from pod.flows.context import Pod
from pod.flows.journal import line, words
from pod.flows.library import Changed, Library
from pod.flows.planned import STORING, Watch, Work, opened, planned, unwatched
from pod.intake.delivery import Delivery, holder_of, importer_for, slug_of
from pod.intake.plan import Summary
from pod.intake.provenance import Export, activity_of, file_path, import_path
from pod.intake.report import Report, report
from pod.ldp.facts import facts_about
from pod.ldp.needs import needs_of
from pod.ldp.operation import Operation
from pod.ldp.put import put
from pod.model import Blob, Content, Entry
from pod.problems import Unavailable
from pod.rdf.formats import RdfFormat
from pod.store.port import Transaction
from pod.store.workspace import Workspace
from vocab.iri import ResourceIri
from vocab.places import DATA

TURTLE = RdfFormat.TURTLE.media_type
ACTION = "IMPORT"
APPEND = words(Mode.APPEND)
ATTEMPTS = 5
_SMALL = 64 * 1024  # bytes of a document that surely goes into the database


@dataclass(frozen=True, slots=True)
class File:
    """Something to be written: the storage, its path there, its media type, its bytes.

    `as_it_came` is an export, whose path tells its bytes: where it is there already, it stays.
    """

    storage: str
    path: str
    media_type: str
    content: Callable[[], Content]
    as_it_came: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an export was read as, and what came of each of its rows."""

    export: Export
    report: Report


async def take_in(
    delivery: Delivery, agent: Agent, pod: Pod, *, dry: bool = False, watch: Watch = unwatched
) -> Report:
    """Store what an export holds, as an agent who may; what came of each of its rows.

    As `taken`, which tells more.
    """
    return (await taken(delivery, agent, pod, dry=dry, watch=watch)).report


async def taken(
    delivery: Delivery, agent: Agent, pod: Pod, *, dry: bool = False, watch: Watch = unwatched
) -> Taken:
    """Store what an export holds, as an agent who may.

    With `dry` nothing is stored. `watch` is told how far it is, from other threads too. Raises
    what `importer_for` raises, Refused where the agent may not write there, and Unavailable where
    others write the same documents all the time.
    """
    agent = await with_memberships(agent, all_groups(pod.store.snapshot().acls()), pod)
    importer, head = await asyncio.to_thread(_recognised, delivery, pod)
    domain = ResourceIri(pod.store.storage, DATA).child(f"{importer.domain}/")
    _check_may_add(domain, agent, pod)
    for attempt in range(ATTEMPTS):
        # An import is named by its second; one of the same file may have this second's name.
        now = pod.server.now() + timedelta(seconds=attempt)
        holder = holder_of(delivery, importer, head).iri
        work = Work(
            delivery=delivery,
            importer=importer,
            head=head,
            webid=agent.webid or "",
            naming=_naming(importer, holder, delivery, pod, now),
            now=now,
            pod=pod,
            watch=watch,
        )
        try:
            return await _attempted(work, agent, dry=dry)
        except Changed:
            continue
    raise Unavailable("these documents are being written by somebody else; try again later")


async def _attempted(work: Work, agent: Agent, *, dry: bool) -> Taken:
    """One attempt. Raises Changed."""
    pod = work.pod
    library = Library(pod, work.naming)
    with closing(pod.store.workspace()) as space:
        export, done = await asyncio.to_thread(planned, work, library, space)
        kept = ResourceIri(pod.store.storage, export.kept)
        entry = line(agent, ACTION, kept, APPEND, pod.server.now())
        if done.paths and not dry:
            files = await _files(work, export, done, space)
            await pod.store.write(partial(_store, files, library.versions, agent, entry))
            work.watch(STORING, 1, 1)
        elif not dry:
            # It stores nothing, but tells what is there already.
            pod.store.note(entry)
    return Taken(export=export, report=report(export, done, pod.store.storage))


async def _files(work: Work, export: Export, done: Summary, space: Workspace) -> tuple[File, ...]:
    """The export itself, byte for byte, and the documents that were made of it."""
    storage, store, content = work.naming.storage, work.pod.store, work.delivery.content
    files = [File(storage, export.kept, export.media_type, lambda: content, as_it_came=True)]
    for said in export.said:
        text = partial(_same, said.content)
        files.append(File(storage, said.kept, said.media_type, text, as_it_came=True))
    for path in done.paths:
        read: Callable[[], Content] = partial(space.documents.read, path)
        if space.documents.size(path) > _SMALL:
            received = await store.receive(_whole(space.documents.read(path)))
            if isinstance(received, Blob):
                read = partial(_same, received)
        files.append(File(storage, path, TURTLE, read))
    return tuple(files)


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _same(content: Content) -> Content:
    return content


def _check_may_add(domain: ResourceIri, agent: Agent, pod: Pod) -> None:
    """Refuse who may not give data of a domain, even where nothing of it would be new."""
    acls = pod.store.snapshot().acls()
    permit((Need(Mode.APPEND, domain),), partial(decide, acls, agent=agent))


def _recognised(delivery: Delivery, pod: Pod) -> tuple[Importer, bytes]:
    """The importer of an export, and its first bytes."""
    with closing(opened(delivery.content, pod)) as file:
        head = file.read(HEAD)
        head += file.read(reach_of(head) - HEAD)
    return importer_for(delivery, head), head


def _naming(importer: Importer, holder: str, delivery: Delivery, pod: Pod, now: datetime) -> Naming:
    slug, storage, sha256 = slug_of(holder), pod.store.storage, delivery.sha256
    return Naming(
        storage=storage,
        holder=holder,
        slug=slug,
        domain=importer.domain,
        activity=activity_of(storage, import_path(slug, sha256, now)),
        pseudonym=pseudonyms(pod.store.identity.secret),
        kept=f"{storage}{file_path(delivery.filename, sha256, now)}",
    )


def _store(
    files: Iterable[File],
    planned_on: Mapping[str, str | None],
    agent: Agent,
    entry: Entry,
    tx: Transaction,
) -> None:
    """Write the files of an import, each as far as its agent may.

    `planned_on` are the versions of the documents that it was planned on. Raises Changed.
    """
    acls = tx.acls()
    for file in files:
        target = ResourceIri(file.storage, file.path)
        facts = facts_about("PUT", target, tx)
        if file.as_it_came and facts.before is not None:
            continue
        if (facts.before and facts.before.version) != planned_on.get(file.path):
            raise Changed
        # A record that changes keeps its old state in the history, so whoever gives data back
        # adds to what there is, even there: Append is enough, and gives no right to read.
        needs = needs_of("PUT", target, exists=False, missing=facts.missing)
        grant = permit(needs, partial(decide, acls, agent=agent))
        operation = Operation(
            method="PUT", target=target, media_type=file.media_type, content=file.content()
        )
        for change in put(operation, facts, entry.time):
            tx.apply(change, grant)
    tx.note(entry)
