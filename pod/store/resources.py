"""The table of resources as one connection sees it: finding, listing, and the order of rows."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pod.model import Blob, Content, Member, Resource
from pod.store.effects import NO_ROW, Row
from pod.store.identity import Identity
from pod.store.inbox import from_row
from vocab.iri import ResourceIri

BATCH = 512

# A slash is followed by 0, so the paths below `a/` lie between `a/` and `a0`. Canonical paths are
# ASCII: everything lies before DEL.
_AFTER_SLASH = "0"
_AFTER_ALL = "\x7f"

_FIND = """
SELECT media_type, size, modified, version, body, blob, inbox, bytes
FROM resource LEFT JOIN body ON body.id = resource.body
WHERE parent = ? AND name = ?
"""
_MEMBERS = """
SELECT name, media_type, size, modified FROM resource
WHERE parent = ? AND name > ? AND NOT is_auxiliary
ORDER BY name LIMIT ?
"""
_DOCUMENTS = """
SELECT parent, name, media_type, size, modified, version, body, blob, inbox, bytes
FROM resource LEFT JOIN body ON body.id = resource.body
WHERE (parent, name) > (?, ?) AND parent < ? AND NOT is_container AND NOT is_auxiliary
ORDER BY parent, name LIMIT ?
"""
_AUXILIARIES = """
SELECT parent, name, media_type, size, modified, version, body, blob, inbox, bytes
FROM resource INDEXED BY resource_auxiliary LEFT JOIN body ON body.id = resource.body
WHERE is_auxiliary ORDER BY parent, name
"""


class Resources:
    """Reads rows; what it sees is the transaction that its connection is in."""

    def __init__(self, connection: sqlite3.Connection, identity: Identity) -> None:
        self._connection = connection
        self._storage = identity.storage
        self._epoch = identity.epoch

    def find(self, iri: ResourceIri) -> Resource | None:
        row = self._connection.execute(_FIND, iri.placed).fetchone()
        return None if row is None else self._resource(iri, row)

    def find_row(self, iri: ResourceIri) -> tuple[Resource | None, Row]:
        """A resource, and what must be known to replace it."""
        row = self._connection.execute(_FIND, iri.placed).fetchone()
        if row is None:
            return None, NO_ROW
        _, _, _, seq, body, blob, inbox, _ = row
        return self._resource(iri, row), Row(seq, body, blob, inbox)

    def members(self, container: ResourceIri) -> Iterator[Member]:
        name, (storage, path) = "", container
        while rows := self._connection.execute(_MEMBERS, (path, name, BATCH)).fetchall():
            for name, media_type, size, modified in rows:
                moment = datetime.fromtimestamp(modified, UTC)
                yield Member(ResourceIri(storage, path + name), media_type, size, moment)

    def documents(self, container: ResourceIri) -> Iterator[Resource]:
        end = container.path[:-1] + _AFTER_SLASH if container.path else _AFTER_ALL
        key = (container.path, "")
        while rows := self._connection.execute(_DOCUMENTS, (*key, end, BATCH)).fetchall():
            for parent, name, *row in rows:
                yield self._resource(ResourceIri(self._storage, parent + name), row)
                key = (parent, name)

    def acls(self) -> Iterator[Resource]:
        """Every ACL document."""
        for parent, name, *row in self._connection.execute(_AUXILIARIES).fetchall():
            iri = ResourceIri(self._storage, parent + name)
            if iri.is_acl:
                yield self._resource(iri, row)

    def version(self, seq: int) -> str:
        """The version that a change gives, by its number."""
        return f"{self._epoch}{seq:x}"

    def _resource(self, iri: ResourceIri, row: Any) -> Resource:
        media_type, size, modified, seq, _, blob, inbox, octets = row
        content: Content = octets or b"" if blob is None else Blob(blob, size)
        return Resource(
            iri=iri,
            media_type=media_type,
            content=content,
            version=f"{self._epoch}{seq:x}",
            modified=datetime.fromtimestamp(modified, UTC),
            inbox=from_row(inbox, self._storage),
        )
