"""The access journal: a chain of lines, each sealed with the hash of the one before.

The hash of a line is the SHA-256 of the hash before it (32 zero bytes for the first) followed by
the line as a JSON array in UTF-8, without spaces: number, time, agent, client, action, target,
modes, source, outcome. The time is in microseconds since 1970-01-01 UTC. Whoever keeps one hash
can tell later whether anything up to that line was altered or left out.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from pod.model import Entry

START = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
BATCH = 512
_COLUMNS = "seq, time, agent, client, action, target, modes, source, outcome, previous, hash"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a journal: its number and its hash."""

    seq: int = 0
    hash: bytes = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry in its place in the chain."""

    seq: int
    entry: Entry
    previous: bytes
    hash: bytes


def append(connection: sqlite3.Connection, head: Head, entries: Iterable[Entry]) -> Head:
    """Write entries behind the head; the head afterwards."""
    rows = []
    for entry in entries:
        fields = (head.seq + 1, *_fields(entry))
        sealed = _seal(head.hash, fields)
        rows.append((*fields, head.hash, sealed))
        head = Head(head.seq + 1, sealed)
    connection.executemany("INSERT INTO journal VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)
    return head


def lines(connection: sqlite3.Connection, *, after: int = 0) -> Iterator[Line]:
    """The lines behind a number, in order."""
    rows = _rows(connection, after)
    return (_line(row) for row in rows)


def first_broken(connection: sqlite3.Connection, head: Head) -> int | None:
    """The number of the first line that does not fit the chain; None when all do.

    `head` is what the database says its journal ends with, so that a lost end is noticed too.
    """
    here = Head()
    for row in _rows(connection, 0):
        *fields, previous, sealed = row
        expected = here.seq + 1
        if (fields[0], previous) != (expected, here.hash) or sealed != _seal(previous, fields):
            return expected
        here = Head(expected, sealed)
    return None if here == head else here.seq + 1


def _rows(connection: sqlite3.Connection, after: int) -> Iterator[tuple[Any, ...]]:
    sql = f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT {BATCH}"  # noqa: S608 - constants
    while rows := connection.execute(sql, (after,)).fetchall():
        yield from rows
        after = rows[-1][0]


def _fields(entry: Entry) -> tuple[Any, ...]:
    return (
        (entry.time - START) // MICROSECOND,
        _text(entry.agent),
        _text(entry.client),
        _text(entry.action),
        _text(entry.target),
        _text(entry.modes),
        _text(entry.source),
        entry.outcome,
    )


def _text(value: str | None) -> str | None:
    """A text that can be stored: what a broken request made of its target is no Unicode."""
    if value is None or value.isascii():
        return value
    return value.encode("utf-8", "replace").decode()


def _seal(previous: bytes, fields: Iterable[Any]) -> bytes:
    return sha256(previous + _encode(tuple(fields)).encode()).digest()


def _line(row: tuple[Any, ...]) -> Line:
    seq, time, agent, client, action, target, modes, source, outcome, previous, sealed = row
    entry = Entry(
        time=START + time * MICROSECOND,
        agent=agent,
        client=client,
        action=action,
        target=target,
        modes=modes,
        source=source,
        outcome=outcome,
    )
    return Line(seq=seq, entry=entry, previous=previous, hash=sealed)
