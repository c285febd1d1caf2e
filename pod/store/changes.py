"""Changing rows: what one change comes to in each table.

INVARIANT (versions): every change takes the next number of the pod, and every row that it touches
gets that number as its version, a container too when its listing changes, and a resource when
its description names another inbox than before.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pod.model import Blob, Content, Draft, Resource
from pod.problems import Unavailable
from pod.store import outbox, rules
from pod.store.acls import with_document, without_subject
from pod.store.blobs import Blobs
from pod.store.effects import NO_ROW, Effects, Move, Row
from pod.store.identity import Identity
from pod.store.inbox import from_row, inbox_in, to_row
from pod.store.loaded import Loaded
from pod.store.outbox import Kind
from pod.store.resources import Resources
from vocab.iri import ResourceIri

_FIND = "SELECT version, body, blob, inbox FROM resource WHERE parent = ? AND name = ?"
_INSERT = "INSERT INTO resource VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
_UPDATE = """
UPDATE resource SET media_type = ?, size = ?, modified = ?, version = ?, body = ?, blob = ?
WHERE parent = ? AND name = ?
"""
_DELETE = "DELETE FROM resource WHERE parent = ? AND name = ?"
_A_MEMBER = "SELECT 1 FROM resource WHERE parent = ? AND name > '' AND NOT is_auxiliary LIMIT 1"
_AUXILIARIES = """
SELECT name, version, body, blob, inbox FROM resource INDEXED BY resource_auxiliary
WHERE is_auxiliary AND parent = ? AND name >= ? AND name < ?
"""
_MOVE = """
UPDATE resource SET version = ?, modified = coalesce(?, modified) WHERE parent = ? AND name = ?
"""
_LINK = "UPDATE resource SET inbox = ?, version = ? WHERE parent = ? AND name = ?"
KEPT = 1024  # resources that a batch hands on as they are; beyond, they are looked up again
FEW = 64  # of them, whatever their size
LARGEST_KEPT = 16 * 1024  # bytes of any other


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the jobs of one writer work with. The connection belongs to the writer's thread."""

    connection: sqlite3.Connection
    identity: Identity
    resources: Resources
    blobs: Blobs
    loaded: Loaded = field(default_factory=Loaded)


class Changes:
    """The steps of changes, and what they come to. `now` is in UTC."""

    def __init__(self, desk: Desk, effects: Effects, *, now: datetime) -> None:
        self.effects = effects
        self._desk = desk
        self._execute = desk.connection.execute
        self._moment = now
        self._now = int(now.timestamp())

    def find(self, target: ResourceIri) -> Row | None:
        row = self.effects.row(target.path)
        if row is None:
            found = self._execute(_FIND, target.placed).fetchone()
            row = NO_ROW if found is None else Row(*found)
            self.effects.rows[target.path] = row
        return None if row is NO_ROW else row

    def store(self, target: ResourceIri, draft: Draft, row: Row | None) -> Resource:
        """Write a resource over the row that is there. Raises ValueError where none can be."""
        seq = self.effects.next()
        self._move_container(target, seq, dated=row is None)
        content = draft.content
        body, blob = self._put_content(content, row, seq)
        modified = int(draft.modified.timestamp())
        inbox = None if row is None else row.inbox
        after = Resource(
            iri=target,
            media_type=draft.media_type,
            content=content,
            version=self._desk.resources.version(seq),
            modified=datetime.fromtimestamp(modified, UTC),
            inbox=from_row(inbox, target.storage),
        )
        facts = (after.media_type, after.size, modified, seq)
        if row is None:
            kind = (target.is_container, target.is_auxiliary)
            self._execute(_INSERT, (*target.placed, *facts, *kind, body, blob))
        else:
            self._execute(_UPDATE, (*facts, body, blob, *target.placed))
        self._tell(
            target, Row(seq, body, blob, inbox), Kind.CREATED if row is None else Kind.UPDATED
        )
        number = len(self.effects.changed)
        kept = number < FEW or (number < KEPT and after.size <= LARGEST_KEPT)
        self.effects.changed[target.path] = after if kept else None
        if target.is_acl:
            rules.begin(self._desk.connection, seq, after, self._moment)
            read = self._desk.blobs.read
            self.effects.acls = with_document(self.effects.acls, after, read, seq)
        if target.is_description:
            self._link(target.subject, inbox_in(after, self._desk.blobs.read), seq)
        return after

    def delete(self, target: ResourceIri, row: Row) -> None:
        """Remove a resource and what is about it. Raises ValueError where that must not be."""
        if target.is_root:
            raise ValueError("the root of a pod cannot be deleted")
        if target.is_container and self._execute(_A_MEMBER, (target.path,)).fetchone():
            raise ValueError("a container that is not empty cannot be deleted")
        # Solid Protocol §5.4 #server-delete-remove-auxiliary-resource: "the server MUST also
        # delete the associated auxiliary resources". Then whoever comes to this address next
        # inherits nothing (WAC §5.3.1 #reinstated-resource-permissions).
        acl = self._desk.resources.find(target.acl) if target in self.effects.acls.rules else None
        for auxiliary, about in self._auxiliaries(target):
            self._remove(auxiliary, about)
        self._remove(target, row)
        if acl is not None:
            outbox.bury(self._desk.connection, self.effects.seq, acl)

    def _remove(self, target: ResourceIri, row: Row) -> None:
        seq = self.effects.next()
        self._move_container(target, seq, dated=True)
        self._execute(_DELETE, target.placed)
        self._drop_content(row)
        self._tell(target, None, Kind.DELETED)
        self.effects.changed[target.path] = None
        if target.is_acl:
            rules.end(self._desk.connection, seq, target, self._moment)
            self.effects.acls = without_subject(self.effects.acls, target.subject, seq)
        if target.is_description:
            self._link(target.subject, None, seq)

    def _auxiliaries(self, target: ResourceIri) -> Iterator[tuple[ResourceIri, Row]]:
        # Of a container everything that lies in it, since no member does; of another resource
        # what begins with its name and a dot.
        parent, name = target.placed
        key = (target.path, "", "\x7f") if target.is_container else (parent, name + ".", name + "/")
        for found, *row in self._execute(_AUXILIARIES, key).fetchall():
            auxiliary = ResourceIri(target.storage, key[0] + found)
            if target.is_container or _is_about(auxiliary, target):
                yield auxiliary, Row(*row)

    def _move_container(self, target: ResourceIri, seq: int, *, dated: bool) -> None:
        """See to it that the container of a resource moves, since its listing changes.

        `dated`: its time too, since a member comes or goes. Raises ValueError where it has none.
        """
        container = target.parent
        if container is None:
            return
        row = self.find(container)
        if row is None:
            raise ValueError("the container of the resource does not exist")
        if target.is_auxiliary:  # listed nowhere
            return
        effects, path = self.effects, container.path
        before = effects.move(path)
        # Solid Protocol §4.2 #container-last-modified-reliability: the time of a container tells
        # of its members coming and going only.
        modified = self._now if dated else before and before.modified
        effects.moves[path] = Move(seq, modified)
        effects.rows[path] = row._replace(version=seq)
        effects.changed[path] = None

    def _link(self, subject: ResourceIri, inbox: str | None, seq: int) -> None:
        """Note what the inbox of a resource is; it moves when that is another than before."""
        effects, path = self.effects, subject.path
        row, text = self.find(subject), to_row(inbox, subject.storage)
        if row is None or row.inbox == text:
            return
        self._execute(_LINK, (text, seq, *subject.placed))
        self._desk.loaded.drop(path)
        if move := effects.move(path):
            effects.moves[path] = Move(seq, move.modified)
        effects.rows[path] = row._replace(version=seq, inbox=text)
        effects.changed[path] = None

    def _put_content(
        self, content: Content, row: Row | None, seq: int
    ) -> tuple[int | None, str | None]:
        """Where the content lies now: the number of its body, or the digest of its blob."""
        if isinstance(content, Blob):
            if not self._desk.blobs.holds(content):
                raise Unavailable("the body was dropped before it could be stored; send it again")
            self.effects.named.append(content.digest)
            self._drop_content(row)
            return None, content.digest
        if content and row is not None and row.body is not None:
            self._execute("UPDATE body SET bytes = ? WHERE id = ?", (content, row.body))
            return row.body, None
        self._drop_content(row)
        if not content:
            return None, None
        self._execute("INSERT INTO body VALUES (?, ?)", (seq, content))
        return seq, None

    def _drop_content(self, row: Row | None) -> None:
        if row is None:
            return
        if row.body is not None:
            self._execute("DELETE FROM body WHERE id = ?", (row.body,))
        if row.blob is not None:
            self.effects.dropped.add(row.blob)

    def _tell(self, target: ResourceIri, row: Row | None, kind: Kind) -> None:
        effects, path = self.effects, target.path
        effects.rows[path] = row or NO_ROW
        self._desk.loaded.drop(path)
        if target.is_container:
            effects.moves[path] = None
        effects.events.append((effects.seq, path, kind.value, self._now))


def move_containers(connection: sqlite3.Connection, effects: Effects) -> None:
    """Write the new versions of the containers whose listings a batch has changed."""
    moves = effects.moves.items()
    rows = ((*move, *ResourceIri("", path).placed) for path, move in moves if move is not None)
    connection.executemany(_MOVE, rows)


def _is_about(auxiliary: ResourceIri, target: ResourceIri) -> bool:
    """Whether a resource is auxiliary to another, or to one that is."""
    here = auxiliary
    while here.is_auxiliary:
        here = here.subject
        if here == target:
            return True
    return False
