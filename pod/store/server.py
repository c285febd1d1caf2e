"""The server-wide database, `DIR/server.sqlite3`: accounts and what is theirs, signing keys."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pod.store.app_values import (
    AppName,
    Interaction,
    Issued,
    KeptConsent,
    RegisteredApp,
    Revoked,
)
from pod.store.migrate import migrate
from pod.store.server_values import (
    Account,
    Client,
    Code,
    Event,
    KeptJournalKey,
    KeptPasskey,
    Login,
    OwnedPod,
    Password,
    PodOwner,
    Session,
    SigningKey,
    WebIdLink,
)
from pod.store.sqlite import PRIVATE_FOLDER, alone_in, connect, create
from pod.store.table import Table

DATABASE = "server.sqlite3"
MOST_EVENTS = 1000  # that are kept of an account

T = TypeVar("T")


class Tables:
    """The tables of the server's database, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.accounts = Table(connection, "account", Account)
        self.logins = Table(connection, "login", Login)
        self.passwords = Table(connection, "password", Password, order="email")
        self.passkeys = Table(connection, "passkey", KeptPasskey, order="name")
        self.webids = Table(connection, "webid_link", WebIdLink, order="created, webid")
        self.pods = Table(connection, "pod", OwnedPod, order="created, name")
        self.owners = Table(connection, "pod_owner", PodOwner, order="created, webid")
        self.clients = Table(connection, "client", Client, order="created, id")
        self.sessions = Table(connection, "session", Session, order="created, id")
        self.codes = Table(connection, "code", Code)
        self.apps = Table(connection, "app", RegisteredApp)
        self.interactions = Table(connection, "interaction", Interaction)
        self.consents = Table(connection, "consent", KeptConsent, order="created, client")
        self.app_names = Table(connection, "app_name", AppName, order="created, client")
        self.issued = Table(connection, "issued", Issued)
        self.revoked = Table(connection, "revoked", Revoked)
        self.events = Table(connection, "event", Event, order="number")
        self.keys = Table(connection, "signing_key", SigningKey, order="created, kid")
        self.journal_keys = Table(connection, "journal_key", KeptJournalKey, order="created, kid")
        self._connection = connection

    def note(self, event: Event) -> None:
        """Write a line into the journal of an account; the oldest make room for it."""
        self.events.add(event)
        self._connection.execute(
            "DELETE FROM event WHERE account = ?1 AND number <= (SELECT number FROM event "
            "WHERE account = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)",
            (event.account, MOST_EVENTS),
        )


Work = Callable[[Tables], T]
"""Looks at the tables, decides, and changes them; what it comes to."""


class ServerStore:
    """Runs work on the database, one after the other, in a thread of its own. Must be closed."""

    def __init__(self, connection: sqlite3.Connection, thread: ThreadPoolExecutor) -> None:
        self._connection = connection
        self._thread = thread
        self._tables = Tables(connection)

    @classmethod
    async def open(cls, data: Path, *, now: datetime) -> "ServerStore":
        """Open the database of a data folder, made where there is none; `now` in UTC."""
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="accounts")
        try:
            connection = await asyncio.wrap_future(thread.submit(_opened, data / DATABASE, now))
        except BaseException:
            thread.shutdown(wait=False)
            raise
        return cls(connection, thread)

    async def close(self) -> None:
        await self._run(self._connection.close)
        self._thread.shutdown()

    async def read(self, work: Work[T]) -> T:
        """What work that changes nothing comes to."""
        return await self._run(lambda: work(self._tables))

    async def write(self, work: Work[T]) -> T:
        """What work comes to, with all of its changes on the disk; none where it raises."""
        return await self._run(lambda: self._transaction(work))

    async def scrub(self) -> None:
        """See to it that what was removed is nowhere in the files."""
        # The write-ahead log still has what the rows were; this empties it.
        await self._run(lambda: self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close())

    def _transaction(self, work: Work[T]) -> T:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            done = work(self._tables)
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        return done

    async def _run(self, work: Callable[[], T]) -> T:
        # Shielded: who is no longer waited for must not leave its work half known.
        return await asyncio.shield(asyncio.wrap_future(self._thread.submit(work)))


def _opened(file: Path, now: datetime) -> sqlite3.Connection:
    file.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    with alone_in(file.parent):
        if not file.exists():
            create(file)
        with closing(connect(file)) as connection:
            migrate(connection, "server", now=now)
    connection = connect(file)
    # What is deleted here is an e-mail address, or the hash of a password: overwrite it.
    connection.execute("PRAGMA secure_delete = ON")
    return connection
