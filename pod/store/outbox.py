"""The outbox: the last changes in order, for those who follow the pod, such as the query index.

Who stands further behind than it reaches begins anew from what the pod holds.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from acl import Rule
from pod.model import Resource
from pod.store.acls import rules_in
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


@dataclass(frozen=True, slots=True)
class Buried:
    """The access rules that a resource had when it was deleted, by the change with that `seq`."""

    seq: int
    subject: ResourceIri
    rules: tuple[Rule, ...]


def put(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str, int]], *, last: int
) -> None:
    """Write events: number, path, kind, time. `last` is the number of the last one ever."""
    connection.executemany("INSERT INTO outbox VALUES (?, ?, ?, ?)", rows)
    connection.execute("DELETE FROM outbox WHERE seq <= ?", (last - KEPT,))
    connection.execute("DELETE FROM buried_acl WHERE seq <= ?", (last - KEPT,))


def bury(connection: sqlite3.Connection, seq: int, acl: Resource) -> None:
    """Keep the ACL document that went with a resource; one in a file of its own is too long."""
    if isinstance(acl.content, bytes):
        row = (seq, acl.iri.path, acl.media_type, acl.content)
        connection.execute("INSERT INTO buried_acl VALUES (?, ?, ?, ?)", row)


def buried(connection: sqlite3.Connection, storage: str, *, after: int) -> Iterator[Buried]:
    """The rules of what was deleted behind a number, in order."""
    sql = "SELECT seq, path, media_type, bytes FROM buried_acl WHERE seq > ? ORDER BY seq"
    for seq, path, media_type, content in connection.execute(sql, (after,)):
        acl = ResourceIri(storage, path)
        yield Buried(seq, acl.subject, rules_in(acl, media_type, content))


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
