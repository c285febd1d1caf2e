"""Committing: several jobs in one transaction, each kept or rolled back on its own."""

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from acl.model import AclIndex
from pod.model import Entry
from pod.problems import Unavailable
from pod.store import outbox
from pod.store.acls import index_of
from pod.store.changes import Desk, move_containers
from pod.store.closing import Closing
from pod.store.effects import Effects
from pod.store.journal import Head, Scribe
from pod.store.kept import Kept, Shelf
from pod.store.notary import Notary
from pod.store.published import Publication, Published
from pod.store.transaction import PodTransaction

Work = Callable[[PodTransaction], Any]


@dataclass(frozen=True, slots=True)
class Done:
    """A job that is durable, and what it gave."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """A job of which nothing was kept, and why."""

    error: Exception


Outcome = Done | Failed

NOWHERE = -1  # no state has this token
_STATE = "SELECT seq, token, journal_seq, journal_hash FROM state"
_ADVANCE = (
    "UPDATE state SET seq = ?, token = ?, journal_seq = ?, journal_hash = ?, journal_seal = ?"
)


class Committer:
    """Commits batches. Belongs to the writer's thread; other processes may write in between."""

    def __init__(
        self, desk: Desk, *, now: Callable[[], datetime], notary: Notary | None = None
    ) -> None:
        self._desk = desk
        self._scribe = Scribe(desk.connection)
        self._closing = Closing(desk.connection, desk.identity.storage, notary)
        self._execute = desk.connection.execute
        self._now = now
        self.token = NOWHERE  # the state that `_acls` belongs to
        self._acls = AclIndex({})

    def open(self, kept: Kept) -> Published:
        """What is committed when the pod is opened."""
        self._execute("BEGIN")
        _, effects = self._begin()
        self._execute("COMMIT")
        return Published(token=self.token, acls=effects.acls, kept=Shelf(kept))

    def commit(
        self, works: Sequence[Work], notes: Sequence[Entry], published: Published
    ) -> tuple[list[Outcome], Effects | None]:
        """Run jobs and make them durable together, with the journal lines that were noted.

        The outcomes in order, and what the batch came to; None when the commit failed.
        """
        try:
            self._execute("BEGIN IMMEDIATE")
            head, effects = self._begin()
            now = self._now()
            outcomes = [self._run(work, effects, now=now) for work in works]
            # Most of what was noted is older than what was handed over for this commit.
            effects.entries = sorted((*effects.entries, *notes), key=attrgetter("time"))
            self._finish(head, effects, published)
        except Exception as error:  # noqa: BLE001 - every asker must hear of it, whatever it is
            self._scribe.forget()
            with suppress(sqlite3.Error):
                self._execute("ROLLBACK")
            return [Failed(_named(error)) for _ in works], None
        return outcomes, effects

    def collect(self, digests: Iterable[str]) -> None:
        """Remove the files of blobs that no resource names any more."""
        self._execute("BEGIN IMMEDIATE")
        try:
            for digest in digests:
                named = self._execute("SELECT 1 FROM named_blob WHERE digest = ?", (digest,))
                if named.fetchone() is None:
                    self._desk.blobs.unlink(digest)
        finally:
            self._execute("COMMIT")

    def sweep(self) -> None:
        """Remove the files that an earlier run left over."""
        self._execute("BEGIN IMMEDIATE")
        try:
            rows = self._execute("SELECT digest FROM named_blob")
            named = {digest for (digest,) in rows}
            self._desk.blobs.sweep(named=named, now=self._now().timestamp())
        finally:
            self._execute("COMMIT")

    def _begin(self) -> tuple[Head, Effects]:
        seq, token, journal_seq, journal_hash = self._execute(_STATE).fetchone()
        if token != self.token:  # another process has written
            self._acls = self._parsed_acls(seq)
            self._desk.loaded.clear()
            self.token = token
        return Head(journal_seq, journal_hash), Effects(seq=seq, acls=self._acls)

    def _parsed_acls(self, seq: int) -> AclIndex:
        desk = self._desk
        owners = desk.identity.owners
        return index_of(desk.resources.acls(), desk.blobs.read, owners=owners, seq=seq)

    def _run(self, work: Work, effects: Effects, *, now: datetime) -> Outcome:
        job = effects.follow()
        transaction = PodTransaction(self._desk, job, now=now)
        try:
            value = work(transaction)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the asker's to see
            if transaction.begun:
                # Where SQLite has ended the whole transaction this fails, and so does the batch.
                self._execute("ROLLBACK TO job")
                self._execute("RELEASE job")
            return Failed(_named(error))
        if transaction.begun:
            self._execute("RELEASE job")
        effects.absorb(job)
        return Done(value)

    def _finish(self, head: Head, effects: Effects, published: Published) -> None:
        if not effects.changed and not effects.entries:
            self._execute("COMMIT")
            return
        outbox.put(self._desk.connection, effects.events, last=effects.seq)
        move_containers(self._desk.connection, effects)
        for path in effects.changed:
            self._desk.loaded.drop(path)
        head, ended = self._scribe.append(head, effects.entries)
        self._closing.end(ended)
        token = secrets.randbits(62) if effects.changed else self.token
        seal = self._closing.seal(head)
        self._execute(_ADVANCE, (effects.seq, token, head.seq, head.hash, seal))
        if not effects.changed:
            self._execute("COMMIT")
            return
        publication = Publication(
            base=self.token,
            seq=effects.seq,
            token=token,
            acls=effects.acls,
            changed=effects.changed,
        )
        published.announce(publication)
        try:
            self._execute("COMMIT")
        except sqlite3.Error:
            published.withdraw(publication)
            raise
        self.token = token
        self._acls = effects.acls


def _named(error: Exception) -> Exception:
    """The problem that a busy, full or broken disk is to the asker; other errors as they are."""
    if isinstance(error, StopIteration):  # which no future can carry
        return RuntimeError("a job asked for the next of nothing")
    if not isinstance(error, sqlite3.OperationalError):
        return error
    problem = Unavailable("the pod cannot be written now; try again later")
    problem.__cause__ = error
    return problem
