"""The access rules of any time since their history began: which ACL documents were in force.

INVARIANT (history): a change of the rules and what is noted of it here are one transaction, and
nothing is ever removed: by a number, the rules are those that were decided by then.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from acl.model import AclIndex, Edition
from acl.period import at
from pod.model import Blob, Content, Resource
from pod.store.acls import Read, index_of
from pod.store.journal import microseconds, time_of
from vocab.iri import ResourceIri

_BEGIN = """
INSERT INTO rule_history (path, since, begun, media_type, digest) VALUES (?, ?, ?, ?, ?)
"""
_KEEP = "INSERT OR IGNORE INTO rule_document VALUES (?, ?, ?)"
_END = "UPDATE rule_history SET until = ?, ended = ? WHERE path = ? AND until IS NULL"
_OWN = "INSERT OR REPLACE INTO owner_history VALUES (?, ?, ?)"
_IN_FORCE = """
SELECT path, media_type, since, begun, digest, size, bytes
FROM rule_history JOIN rule_document USING (digest)
WHERE since <= ?1 AND (until IS NULL OR until > ?1) ORDER BY path
"""
_OWNERS = "SELECT owners FROM owner_history WHERE since <= ? ORDER BY since DESC LIMIT 1"
_LAST_BEFORE = """
SELECT max(number) FROM (
    SELECT since AS number FROM rule_history WHERE begun <= ?1
    UNION ALL SELECT until FROM rule_history WHERE ended <= ?1
    UNION ALL SELECT since FROM owner_history WHERE begun <= ?1
)
"""
_LAST = """
SELECT max(number), max(time) FROM (
    SELECT since AS number, begun AS time FROM rule_history
    UNION ALL SELECT until, ended FROM rule_history
    UNION ALL SELECT since, begun FROM owner_history
)
"""
_FIRST = "SELECT since, begun FROM owner_history ORDER BY since LIMIT 1"


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where the history begins: the number of a change, and the time, in UTC."""

    number: int
    time: datetime


def begin(connection: sqlite3.Connection, seq: int, acl: Resource, now: datetime) -> None:
    """Note that an ACL document is in force from the change `seq` on, and what was before not."""
    end(connection, seq, acl.iri, now)
    content = acl.content
    in_file = isinstance(content, Blob)
    digest = content.digest if isinstance(content, Blob) else sha256(content).hexdigest()
    connection.execute(_KEEP, (digest, acl.size, None if in_file else content))
    connection.execute(_BEGIN, (acl.iri.path, seq, microseconds(now), acl.media_type, digest))


def end(connection: sqlite3.Connection, seq: int, acl: ResourceIri, now: datetime) -> None:
    """Note that an ACL document is in force no more from the change `seq` on."""
    connection.execute(_END, (seq, microseconds(now), acl.path))


def own(connection: sqlite3.Connection, owners: Iterable[str], now: datetime) -> None:
    """Note who owns the pod from the last change on, by WebID."""
    (seq,) = connection.execute("SELECT seq FROM state").fetchone()
    connection.execute(_OWN, (seq, microseconds(now), json.dumps(sorted(owners))))


def beginning(connection: sqlite3.Connection) -> Beginning:
    """Where the history begins; of what was before it, not all is known."""
    since, begun = connection.execute(_FIRST).fetchone()
    return Beginning(since, time_of(begun))


def _number_at(connection: sqlite3.Connection, time: datetime) -> int:
    """The number of the last change of the rules up to a time, in UTC; -1 where none is known."""
    number: int | None = connection.execute(_LAST_BEFORE, (microseconds(time),)).fetchone()[0]
    return -1 if number is None else number


def are_now(connection: sqlite3.Connection, moment: Edition | datetime) -> bool:
    """Whether the rules of an edition, or of a time, are those that hold now."""
    number, time = map(int, connection.execute(_LAST).fetchone())
    return microseconds(moment) >= time if isinstance(moment, datetime) else moment.number >= number


def rules_at(
    connection: sqlite3.Connection, storage: str, moment: Edition | datetime, read: Read
) -> AclIndex | None:
    """The rules of an edition, or as they held at a time, in UTC; None before the history."""
    if isinstance(moment, datetime):
        moment = Edition(_number_at(connection, moment), moment)
    number = moment.number
    if number < beginning(connection).number:
        return None
    (owners,) = connection.execute(_OWNERS, (number,)).fetchone()
    documents = _documents(connection, storage, number)
    acls = index_of(documents, read, owners=frozenset(json.loads(owners)), seq=number)
    return acls if moment.looked_at is None else at(acls, moment.looked_at)


def _documents(connection: sqlite3.Connection, storage: str, number: int) -> Iterator[Resource]:
    for path, media_type, since, begun, digest, size, octets in connection.execute(
        _IN_FORCE, (number,)
    ).fetchall():
        content: Content = Blob(digest, size) if octets is None else octets
        yield Resource(
            iri=ResourceIri(storage, path),
            media_type=media_type,
            content=content,
            version=f"{since:x}",
            modified=time_of(begun),
        )
