"""The outbox: what has changed, in order, until those who follow the pod were told."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from vocab.iri import ResourceIri

BATCH = 512


class Kind(Enum):
    """What happened to a resource."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change. `seq` is its number in the pod, `time` in UTC, whole seconds."""

    seq: int
    target: ResourceIri
    kind: Kind
    time: datetime


def put(connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str, int]]) -> None:
    """Write events: number, path, kind, time."""
    connection.executemany("INSERT INTO outbox VALUES (?, ?, ?, ?)", rows)


def waiting(connection: sqlite3.Connection, storage: str, *, after: int = 0) -> Iterator[Event]:
    """What was not settled yet, behind a number, in order."""
    sql = "SELECT seq, path, kind, time FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?"
    while rows := connection.execute(sql, (after, BATCH)).fetchall():
        for seq, path, kind, time in rows:
            yield Event(
                seq=seq,
                target=ResourceIri(storage, path),
                kind=Kind(kind),
                time=datetime.fromtimestamp(time, UTC),
            )
        after = rows[-1][0]


def settle(connection: sqlite3.Connection, *, through: int) -> None:
    """Forget everything up to and including a number: it was told."""
    connection.execute("DELETE FROM outbox WHERE seq <= ?", (through,))
