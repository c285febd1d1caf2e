"""The outbox: the last changes in order, for those who follow the pod, such as the query index.

Who stands further behind than it reaches begins anew from what the pod holds.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from vocab.iri import ResourceIri

BATCH = 512
KEPT = 10_000  # changes


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


def put(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str, int]], *, last: int
) -> None:
    """Write events: number, path, kind, time. `last` is the number of the last one ever."""
    connection.executemany("INSERT INTO outbox VALUES (?, ?, ?, ?)", rows)
    connection.execute("DELETE FROM outbox WHERE seq <= ?", (last - KEPT,))


def events(connection: sqlite3.Connection, storage: str, *, after: int = 0) -> Iterator[Event]:
    """What has happened behind a number, in order, as far back as it is kept."""
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
