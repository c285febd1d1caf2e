"""What one job sees and does in the writer's transaction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from acl.model import AclIndex, Grant
from acl.period import at
from pod.model import Change, Content, Entry, Member, Resource
from pod.problems import Conflict
from pod.store.agreements import Agreements
from pod.store.changes import Changes, Desk
from pod.store.channels import Channels
from pod.store.effects import Effects, Move, Row
from vocab.iri import ResourceIri


class PodTransaction:
    """Given to one job. `now` is the time of the commit, in UTC."""

    def __init__(self, desk: Desk, effects: Effects, *, now: datetime) -> None:
        self.effects = effects
        self._now = now
        self._at: tuple[AclIndex, AclIndex] | None = None  # the rules, and as they hold now
        self.begun = False  # whether a savepoint of its own was needed
        self._desk = desk
        self._changes = Changes(desk, effects, now=now)

    def load(self, iri: ResourceIri) -> Resource | None:
        if iri.storage != self._desk.identity.storage:
            return None
        found, row = self._find_row(iri)
        move = self.effects.move(iri.path)
        if move is None:
            self.effects.rows[iri.path] = row
        if found is None or move is None:
            return found
        version = self._desk.resources.version(move.version)
        return replace(found, version=version, modified=_moved(found.modified, move))

    def _find_row(self, iri: ResourceIri) -> tuple[Resource | None, Row]:
        """The row as it stands in the table: a move of a container is written with the commit."""
        known = self._desk.loaded.get(iri.path)
        if known is not None:
            return known
        found, row = self._desk.resources.find_row(iri)
        if found is not None and not self.effects.is_changed(iri.path):
            self._desk.loaded.put(found, row)
        return found, row

    def acls(self) -> AclIndex:
        written = self.effects.acls
        if not written.moments:
            return written
        if self._at is None or self._at[0] is not written:
            self._at = written, at(written, self._now)
        return self._at[1]

    def members(self, container: ResourceIri) -> Iterator[Member]:
        for member in self._desk.resources.members(container):
            move = self.effects.move(member.iri.path)
            yield member._replace(modified=_moved(member.modified, move)) if move else member

    def documents(self, container: ResourceIri) -> Iterator[Resource]:
        return self._desk.resources.documents(container)

    def read(self, content: Content) -> bytes:
        return self._desk.blobs.read(content)

    @property
    def channels(self) -> Channels:
        self._begin()
        return Channels(self._desk.connection, self._desk.identity.storage)

    @property
    def agreements(self) -> Agreements:
        self._begin()
        return Agreements(self._desk.connection)

    def note(self, entry: Entry) -> None:
        self.effects.entries.append(entry)

    def apply(self, change: Change, grant: Grant) -> Resource | None:
        """Raises Conflict when something else is there than the change expects.

        Raises ValueError for what no decision should have let through: no grant, another pod's
        resource, a container that does not exist, a container that is not empty, the root.
        """
        if not isinstance(grant, Grant) or not grant.accesses:  # type: ignore[redundant-expr] # of a caller without types
            raise ValueError("a change needs a grant")
        if change.target.storage != self._desk.identity.storage:
            raise ValueError("the resource is in another pod")
        row = self._changes.find(change.target)
        found = None if row is None else self._desk.resources.version(row.version)
        if found != (None if change.before is None else change.before.version):
            raise Conflict("the resource changed meanwhile")
        self._begin()
        if change.after is not None:
            return self._changes.store(change.target, change.after, row)
        if row is None:
            raise ValueError("there is nothing to delete")
        self._changes.delete(change.target, row)
        return None

    def _begin(self) -> None:
        if not self.begun:
            self._desk.connection.execute("SAVEPOINT job")
            self.begun = True


def _moved(modified: datetime, move: Move) -> datetime:
    return modified if move.modified is None else datetime.fromtimestamp(move.modified, UTC)
