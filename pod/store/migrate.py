"""Bringing a database to the form that this version writes. Migrations are only ever added.

They lie in `migrations/` as `{family}_{number}_{title}.sql`, numbered from 1 without a gap. The
number of the last one applied is the database's `user_version`.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.resources import files

_RECORD = """
CREATE TABLE IF NOT EXISTS migration (
    number INTEGER NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    applied INTEGER NOT NULL
) STRICT
"""


class UnusableDatabase(Exception):
    """A database that this version must not touch; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its place in the order, what it is about, and its statements."""

    number: int
    title: str
    sql: str


def migrations(family: str) -> tuple[Migration, ...]:
    """The steps of a family of databases ("pod", "server"), in order."""
    found = []
    for file in (files("pod.store") / "migrations").iterdir():
        kind, _, rest = file.name.removesuffix(".sql").partition("_")
        number, _, title = rest.partition("_")
        if kind == family:
            found.append(Migration(int(number), title, file.read_text(encoding="utf-8")))
    return tuple(sorted(found, key=lambda step: step.number))


def migrate(connection: sqlite3.Connection, family: str, *, now: datetime) -> int:
    """Apply the steps that a database lacks, all or none; the number of the last it had before.

    Raises UnusableDatabase for one that a newer version has written.
    """
    steps = migrations(family)
    version = version_of(connection)
    if version == len(steps):
        return version
    connection.create_function("sha256", 1, _digest, deterministic=True)
    connection.execute("BEGIN IMMEDIATE")
    try:
        _apply(connection, steps, int(now.timestamp()))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return version


def _apply(connection: sqlite3.Connection, steps: tuple[Migration, ...], now: int) -> None:
    version = version_of(connection)
    if version > len(steps):
        raise UnusableDatabase(
            "the database was written by a newer version of this server; install that version"
        )
    connection.execute(_RECORD)
    for step in steps[version:]:
        for statement in _statements(step.sql):
            connection.execute(statement)
        connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (step.number, step.title, now))
    connection.execute(f"PRAGMA user_version = {len(steps)}")


def _digest(octets: bytes) -> str:
    """What SQLite has no function for: the SHA-256 of some bytes, in hex."""
    return sha256(octets).hexdigest()


def version_of(connection: sqlite3.Connection) -> int:
    """The number of the last step that a database has."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(sql: str) -> Iterator[str]:
    # `executescript` would commit what is open, so the text is cut where a statement is complete.
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
