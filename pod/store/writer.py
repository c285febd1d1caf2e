"""The one thread that writes to a pod, and how the event loop speaks with it.

What is handed over while a commit runs goes with the next one, so under load many changes share
one write to the disk. All futures of a batch are resolved by one call into the loop.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any

from pod.model import Entry
from pod.problems import Unavailable
from pod.store.batch import Committer, Failed, Outcome, Work
from pod.store.blobs import GRACE_SECONDS, Blobs
from pod.store.changes import Desk
from pod.store.closing import FIRST_SEALED, seal_now
from pod.store.identity import Identity, read_identity
from pod.store.kept import Kept
from pod.store.migrate import migrate
from pod.store.notary import Notary
from pod.store.published import Published
from pod.store.resources import Resources
from pod.store.sqlite import BEHIND, connect
from pod.store.workspace import IN_MEMORY

MEMORY_BODY = 256 * 1024
LARGEST_BATCH = 256  # jobs in one commit
DATABASE = "pod.sqlite3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How pods are kept open; the same for all pods of a process.

    Bodies longer than `memory_body` bytes become files; a file that no resource names is kept for
    `grace` seconds; a journal line that a reader noted waits `notes_wait` seconds for a commit to
    go with. Journals are signed by the `notary`, or not at all. An import has `import_memory`
    values in memory, and more in files.
    """

    memory_body: int = MEMORY_BODY
    import_memory: int = IN_MEMORY
    grace: float = GRACE_SECONDS
    notes_wait: float = 1.0
    kept: Kept = field(default_factory=Kept)
    notary: Notary | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Work to run in the writer, and where its asker waits."""

    work: Work
    future: "asyncio.Future[Any]"


@dataclass(frozen=True, slots=True)
class Opened:
    """What the writer found when it opened the database."""

    identity: Identity
    published: Published


class Writer:
    """Made on the event loop's thread; but for `stop`, its public methods are called there."""

    def __init__(
        self, folder: Path, blobs: Blobs, *, now: Callable[[], datetime], settings: Settings
    ) -> None:
        self._file = folder / DATABASE
        self._intact_until = 0.0
        self._blobs = blobs
        self._now = now
        self._settings = settings
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[list[Job] | None] = SimpleQueue()
        self._waiting: list[Job] = []  # of this turn of the loop
        self._notes: deque[Entry] = deque()
        self._notes_timer: asyncio.TimerHandle | None = None
        self._claims_timer: asyncio.TimerHandle | None = None
        self.listener: Callable[[], None] | None = None  # told after each commit
        self._stopped = False
        self._inode = self._file.stat().st_ino
        self._opened: asyncio.Future[Opened] = self._loop.create_future()
        self.ended: asyncio.Future[None] = self._loop.create_future()
        self._thread = self._thread_until(self.ended)

    async def open(self) -> Opened:
        """Start. Raises what opening the database raises."""
        self._thread.start()
        return await self._opened

    def submit(self, work: Work) -> "asyncio.Future[Any]":
        if self._stopped:
            raise Unavailable("the pod is being closed; try again")
        job = Job(work, self._loop.create_future())
        self._waiting.append(job)
        if len(self._waiting) == 1:
            # At the end of the turn, so that all who ask in one turn share a commit.
            self._loop.call_soon(self._hand_over)
        return job.future

    def note(self, entry: Entry) -> None:
        self._notes.append(entry)
        if self._stopped:
            self._come_back()
        elif self._notes_timer is None:
            self._notes_timer = self._loop.call_later(
                self._settings.notes_wait, self._end_notes_wait
            )

    def watch_claims(self) -> None:
        """See to it that the claims on blobs that nobody names end."""
        if self._claims_timer is None and self._blobs.claimed and not self._stopped:
            self._claims_timer = self._loop.call_later(self._blobs.grace, self._end_claims)

    def stop(self) -> None:
        """Finish what was handed over and end; may be called from any thread, and twice."""
        self._stopped = True
        self._queue.put(None)

    def intact(self) -> bool:
        """Whether the file that was opened still has its name, or had it BEHIND seconds ago."""
        now = monotonic()
        if now < self._intact_until:
            return True
        try:
            found = self._file.stat().st_ino == self._inode
        except FileNotFoundError:
            found = False
        self._intact_until = now + BEHIND if found else 0.0
        return found

    async def close(self) -> None:
        """Stop, and wait until everything is on the disk."""
        self._hand_over()
        for timer in (self._notes_timer, self._claims_timer):
            if timer is not None:
                timer.cancel()
        self.stop()
        await asyncio.shield(self.ended)

    def _come_back(self) -> None:
        """What was read before the pod was closed, and is through only now, is noted all the same:
        the pod may have been opened anew meanwhile, for others.
        """
        ended, before = self._loop.create_future(), self.ended
        before.add_done_callback(lambda _: self._note_late(ended))
        self.ended = ended

    def _note_late(self, ended: "asyncio.Future[None]") -> None:
        if not self._notes or not self.intact():  # it was taken along, or the pod is no more
            ended.set_result(None)
            return
        self._queue.put(None)
        self._thread_until(ended).start()

    def _thread_until(self, ended: "asyncio.Future[None]") -> Thread:
        return Thread(target=self._run, args=(ended,), name="pod writer", daemon=True)

    def _hand_over(self) -> None:
        jobs, self._waiting = self._waiting, []
        self._queue.put(jobs)

    def _end_notes_wait(self) -> None:
        self._notes_timer = None
        self._hand_over()

    def _end_claims(self) -> None:
        self._claims_timer = None
        self._hand_over()
        self.watch_claims()

    def _resolve(
        self, jobs: Sequence[Job], outcomes: Sequence[Outcome], published: Published, token: int
    ) -> None:
        published.advance(token)
        for job, outcome in zip(jobs, outcomes, strict=True):
            if isinstance(outcome, Failed):
                _refuse(job.future, outcome.error)
            else:
                _give(job.future, outcome.value)
        if self.listener is not None:
            self.listener()

    # From here on: the writer's thread.

    def _post(self, callback: Callable[..., None], *arguments: Any) -> None:
        with suppress(RuntimeError):  # the loop was closed: nobody is waiting any more
            self._loop.call_soon_threadsafe(callback, *arguments)

    def _run(self, ended: "asyncio.Future[None]") -> None:
        connection = None
        try:
            connection = connect(self._file)
            committer, opened = self._open(connection)
        except Exception as error:  # noqa: BLE001 - whoever opens the pod must hear of it
            if connection is not None:
                connection.close()
            self._post(_refuse, self._opened, error)
            self._post(_give, ended, None)
            return
        self._post(_give, self._opened, opened)
        with suppress(sqlite3.Error, OSError):  # what is left over can wait
            committer.sweep()
        self._post(self.watch_claims)
        while self._turn(committer, opened.published):
            pass
        connection.close()
        self._post(_give, ended, None)

    def _open(self, connection: sqlite3.Connection) -> tuple[Committer, Opened]:
        notary = self._settings.notary
        before = migrate(connection, "pod", now=self._now())
        self._blobs.prepare()
        identity = read_identity(connection)
        if before < FIRST_SEALED and notary is not None:
            seal_now(connection, identity.storage, notary)
        resources = Resources(connection, identity)
        desk = Desk(
            connection=connection, identity=identity, resources=resources, blobs=self._blobs
        )
        committer = Committer(desk, now=self._now, notary=notary)
        return committer, Opened(identity, committer.open(self._settings.kept))

    def _turn(self, committer: Committer, published: Published) -> bool:
        """Commit what is waiting; False when this was the last time."""
        jobs, last = self._next_batch()
        notes = [self._notes.popleft() for _ in range(len(self._notes))]
        outcomes, effects = committer.commit([job.work for job in jobs], notes, published)
        left_over = self._blobs.unclaimed(all_claims_end=last)
        if effects is None:
            self._notes.extendleft(reversed(notes))
        else:
            self._blobs.release(effects.named)
            left_over |= effects.dropped
        if left_over:
            with suppress(sqlite3.Error, OSError):  # the sweep of the next opening finds it
                committer.collect(left_over)
        if jobs:
            self._post(self._resolve, jobs, outcomes, published, committer.token)
        return not last

    def _next_batch(self) -> tuple[list[Job], bool]:
        batch: list[Job] = []
        jobs = self._queue.get()
        with suppress(Empty):
            while jobs is not None:
                batch += jobs
                if len(batch) >= LARGEST_BATCH:
                    return batch, False
                jobs = self._queue.get_nowait()
            return batch, True
        return batch, False


def _give(future: "asyncio.Future[Any]", value: Any) -> None:
    if not future.done():  # else the asker has gone
        future.set_result(value)


def _refuse(future: "asyncio.Future[Any]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
