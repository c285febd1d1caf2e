"""What the tests of the query index share: a source in memory, questions, and worker processes."""

import asyncio
import json
import os
import select
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from acl import AccessClass, AclIndex
from pod.model import Results
from pod.sparql.dataset import restrict
from pod.sparql.request import Query
from pod.store.quads import Dataset, Quads
from pod.store.query import QueryIndex
from pod.store.query_child import QueryLimits
from pod.store.query_commands import Put
from pod.store.query_rows import solutions_in
from pod.store.query_source import NOWHERE, Changes, Gone, Moved, Written
from pod.store.query_worker import ROWS, put
from vocab.iri import ResourceIri

STORAGE = "https://ana.example/"
JSON = "application/sparql-results+json"
SECONDS = 120.0  # that anything may take; nothing is waited for that long
SHARED = AccessClass(ResourceIri(STORAGE, "shared/"), "below")
SECRET = AccessClass(ResourceIri(STORAGE, "secret/"), "below")


def written(path: str, text: str, access: AccessClass = SHARED) -> Written:
    return Written(path=path, access=access, media_type="text/turtle", content=text.encode())


@dataclass
class Told:
    """A source that is told what it tells."""

    said: list[Written | Moved | Gone] = field(default_factory=list)
    acls: AclIndex = field(default_factory=lambda: AclIndex({}))
    read: int = 0

    @contextmanager
    def changes_since(self, position):
        self.read += 1
        start = 0 if position == NOWHERE else position - 1
        yield Changes(
            position=len(self.said) + 1,
            whole=position == NOWHERE,
            acls=self.acls,
            documents=self.said[start:],
        )

    def close(self):
        pass


class Here:
    """An index within this process: the same parts, but the wire and the walls."""

    def __init__(self, source, storage=STORAGE):
        self.source = source
        self.position = NOWHERE
        self.quads = Quads(storage)
        self.classes = {}

    async def select(self, plan, readable, media_type):
        with self.source.changes_since(self.position) as changes:
            if changes.whole:
                self.quads.clear()
            for document in changes.documents:
                self.take(document)
            self.position = changes.position
            classes = readable(changes.acls)
        numbers = {self.classes[found] for found in classes if found in self.classes}
        dataset = Dataset(
            readable=numbers,
            default_graphs=plan.default_graphs,
            named_graphs=plan.named_graphs,
        )
        graphs = self.quads.graphs(dataset)
        results = self.quads.query(plan.text, base=plan.base, graphs=graphs)
        body = results.serialize(format=ROWS[media_type])
        return Results(body, solutions_in(body, ROWS[media_type]))

    def take(self, document):
        match document:
            case Gone():
                self.quads.drop(document.path)
            case Moved():
                self.quads.move(document.path, self.number(document.access))
            case Written():
                command = Put(
                    path=document.path,
                    access=self.number(document.access),
                    media_type=document.media_type,
                    content=document.content,
                )
                put(self.quads, command)

    def number(self, access):
        return self.classes.setdefault(access, len(self.classes))


def patient(**limits):
    """Limits that leave a busy machine its time, where a test does not say otherwise."""
    waiting = {"seconds": SECONDS, "patience": SECONDS, "loading": SECONDS}
    return QueryLimits(**(waiting | limits))


@asynccontextmanager
async def index_of(source, storage=STORAGE, limits=None, **more):
    """An index with `limits`, or with patient ones but for those that are said."""
    index = QueryIndex(storage, source, limits or patient(**more))
    try:
        yield index
    finally:
        await index.close()


async def ask(index, text, *classes, media_type=JSON, base=STORAGE, **dataset):
    """The bytes of an answer, over what is in these classes."""
    plan = restrict(Query(text=text, base=base, **dataset))
    return (await index.select(plan, lambda _: frozenset(classes), media_type)).body


@asynccontextmanager
async def sitting_of(index, *classes):
    """A way to ask several questions in one sitting, over what is in these classes."""
    async with index.sitting(lambda _: frozenset(classes)) as sitting:

        async def asked(text, **dataset):
            plan = restrict(Query(text=text, base=STORAGE, **dataset))
            return (await sitting.select(plan, JSON)).body

        yield asked


def values(answer):
    """The values of the only variable of a SELECT, sorted."""
    rows = json.loads(answer)["results"]["bindings"]
    return sorted(value["value"] for row in rows for value in row.values())


def told_of(process, name):
    """What the kernel says of a process in one of its files; nothing once it is gone."""
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""


def children_of(parent):
    """The processes that a process has started, by their ids."""
    found = []
    for process in (folder.name for folder in Path("/proc").iterdir()):
        if process.isdecimal():
            fields = told_of(process, "stat").rpartition(b")")[2].split()
            if fields and int(fields[1]) == parent and fields[0] != b"Z":
                found.append(int(process))
    return found


def workers():
    """The worker processes of this one."""
    return [
        child
        for child in children_of(os.getpid())
        if b"pod.store.query_worker" in told_of(child, "cmdline")
    ]


async def until_gone(process):
    """Wait for the end of a process; fail when it does not come."""
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return
    try:
        ended, _, _ = await asyncio.to_thread(select.select, [descriptor], [], [], SECONDS)
        assert ended
    finally:
        os.close(descriptor)


async def running(task):
    """The worker and the child that a query of this task runs in, as soon as they are there."""
    while not task.done():
        for worker in workers():
            for child in children_of(worker):
                return worker, child
        await asyncio.sleep(0.01)
    raise AssertionError("the query ended too soon") from task.exception()
