"""One pod, as the flows see it: reads on the event loop's thread, writes in the writer's."""

import asyncio
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pod.model import Blob, Content, Entry
from pod.store.blobs import Blobs
from pod.store.closing import seal_now
from pod.store.identity import Identity, new_identity, write_identity
from pod.store.incoming import receive
from pod.store.migrate import migrate
from pod.store.notary import Notary
from pod.store.snapshot import Glance, PodSnapshot, Readers
from pod.store.sqlite import connect, create
from pod.store.transaction import PodTransaction
from pod.store.under_way import UnderWay
from pod.store.workspace import Workspace
from pod.store.writer import DATABASE, Settings, Writer
from vocab.iri import ResourceIri

T = TypeVar("T")
BLOBS = "blobs"


def create_pod(
    folder: Path, *, storage: str, owner: str, now: datetime, notary: Notary | None = None
) -> None:
    """Make an empty pod in an existing folder. It has no root yet: that is the first change."""
    create(folder / DATABASE)
    with closing(connect(folder / DATABASE)) as connection:
        migrate(connection, "pod", now=now)
        write_identity(connection, new_identity(storage=storage, owner=owner, now=now), now=now)
        if notary is not None:
            seal_now(connection, storage, notary)


class OpenPod:
    """An open pod. It closes itself when nobody holds it any more; `close` waits for that."""

    def __init__(self, folder: Path, writer: Writer, readers: Readers, settings: Settings) -> None:
        self.name = folder.name
        self._folder = folder
        self._writer = writer
        self._readers = readers
        self._settings = settings
        self._finalizer = weakref.finalize(self, _let_go, writer, readers)
        self._finalizer.atexit = False

    @classmethod
    async def open(
        cls, folder: Path, *, now: Callable[[], datetime], settings: Settings
    ) -> "OpenPod":
        """Open the pod of a folder, which is named for it. `now` tells the time in UTC."""
        blobs = Blobs(folder / BLOBS, grace=settings.grace)
        writer = Writer(folder, blobs, now=now, settings=settings)
        try:
            opened = await writer.open()
        except asyncio.CancelledError:  # else nobody would end it
            await writer.close()
            raise
        readers = Readers(folder / DATABASE, opened.identity, blobs, opened.published, now)
        return cls(folder, writer, readers, settings)

    @property
    def storage(self) -> str:
        return self._readers.identity.storage

    @property
    def identity(self) -> Identity:
        return self._readers.identity

    @property
    def ended(self) -> "asyncio.Future[None]":
        """Done when the writer has let go of the database."""
        return self._writer.ended

    def intact(self) -> bool:
        """Whether the database is still where it was opened; another process may remove a pod."""
        return self._writer.intact()

    def snapshot(self) -> PodSnapshot:
        return self._readers.snapshot()

    def view(self, iri: ResourceIri) -> Glance | PodSnapshot:
        return self._readers.view(iri)

    async def write(self, work: Callable[[PodTransaction], T]) -> T:
        result: T = await self._writer.submit(work)
        return result

    def note(self, entry: Entry) -> None:
        self._writer.note(entry)

    def listen(self, listener: Callable[[], None] | None) -> None:
        """Have somebody told after each commit of this process, on the loop's thread."""
        self._writer.listener = listener

    async def receive(self, chunks: AsyncIterator[bytes]) -> Content:
        memory_body = self._settings.memory_body
        try:
            return await receive(chunks, self._readers.blobs, memory_body=memory_body)
        finally:  # who has gone in the last moment may have left a claim, too
            self._writer.watch_claims()

    def path_of(self, blob: Blob) -> Path:
        return self._readers.blobs.path_of(blob.digest)

    def hold(self, content: Content) -> None:
        """Keep a body that was received, and that nothing names yet, for another time of grace."""
        if isinstance(content, Blob):
            self._readers.blobs.hold(content.digest)

    def workspace(self) -> Workspace:
        """Room for an import; to be closed."""
        return Workspace(self._readers.blobs.incoming, in_memory=self._settings.import_memory)

    def under_way(self, run: str) -> UnderWay:
        """What an import of many files, named so, has taken in so far."""
        return UnderWay(self._folder, run)

    async def close(self) -> None:
        """Write what is waiting, and let go of the files."""
        self._finalizer.detach()
        self._readers.close()
        await self._writer.close()


def _let_go(writer: Writer, readers: Readers) -> None:
    readers.close()
    writer.stop()
