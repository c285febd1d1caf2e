"""Where a query index learns what the pod holds: the documents and their classes, as committed.

INVARIANT (one state): what `changes_since` gives, the access rules too, is one committed state. So
whoever computes from these rules what an agent may read, and asks an index that was brought up by
these changes, never puts old rules over new documents, nor the other way round.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from acl import AccessClass, AclIndex, Edition, at, class_of
from pod.model import Resource
from pod.problems import NotFound
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import LIMIT
from pod.store.acls import index_of, rules_of
from pod.store.blobs import Blobs
from pod.store.identity import read_identity
from pod.store.pod import BLOBS
from pod.store.resources import Resources
from pod.store.sqlite import connect
from pod.store.writer import DATABASE
from vocab.iri import META_SUFFIX, ResourceIri

NOWHERE = 0
"""The position of an index that holds nothing."""

# A slash is followed by 0, so what is below `a/` lies between `a/` and `a0`. Canonical paths are
# ASCII: everything lies before DEL.
_AFTER_SLASH = "0"
_AFTER_ALL = "\x7f"

_RECENT = "SELECT path FROM outbox WHERE seq > ?"
_RDF = " OR ".join(f"media_type LIKE '{syntax.media_type}%'" for syntax in RdfFormat)
_DOCUMENTS = f"""
SELECT parent || name FROM resource
WHERE parent >= ? AND parent < ? AND NOT is_container AND ({_RDF})
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An RDF document as it is now, in its access class."""

    path: str
    access: AccessClass
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A document that is in this access class now, its content as it was."""

    path: str
    access: AccessClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """No RDF document is at this path, or none that an index can take."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """A committed state, told as what has changed since another; if `whole`, since nothing."""

    position: int
    whole: bool
    acls: AclIndex
    documents: Iterable[Written | Moved | Gone]


class IndexSource(Protocol):
    """What a query index follows. It is used by one thread at a time."""

    def changes_since(self, position: int) -> AbstractContextManager[Changes]:
        """The state now; its documents can be read as long as the context lasts."""
        ...

    def close(self) -> None:
        """Let go of what is open; it is opened again when it is needed."""
        ...


class PodSource:
    """The source that reads the pod of a folder, with a connection of its own.

    `now` tells the time in UTC: the rules that are told are those that hold then.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._now = now
        self._reading: _Reading | None = None

    @contextmanager
    def changes_since(self, position: int) -> Iterator[Changes]:
        if self._reading is None:
            self._reading = _Reading(self._folder)
        with self._reading.transaction() as now:
            found = self._reading.changes(position, now)
            yield replace(found, acls=at(found.acls, self._now()))

    def close(self) -> None:
        if self._reading is not None:
            self._reading.connection.close()
            self._reading = None


class _Reading:
    """An open connection, and the access rules of the state that was read last."""

    def __init__(self, folder: Path) -> None:
        self.connection = connect(folder / DATABASE, any_thread=True)
        self.connection.execute("PRAGMA query_only = ON")
        identity = read_identity(self.connection)
        self._storage = identity.storage
        self._owners = identity.owners
        self._resources = Resources(self.connection, identity)
        self._blobs = Blobs(folder / BLOBS)
        self._acls = AclIndex({})
        self._acls_at = NOWHERE

    @contextmanager
    def transaction(self) -> Iterator[int]:
        """Hold one committed state; its number."""
        self.connection.execute("BEGIN")
        try:
            yield self.connection.execute("SELECT seq FROM state").fetchone()[0]
        finally:
            self.connection.execute("ROLLBACK")

    def changes(self, position: int, now: int) -> Changes:
        touched = self._touched(position, now)
        if touched is None:
            acls = self._resources.acls()
            self._acls = index_of(acls, self._blobs.read, owners=self._owners, seq=now)
            documents = self._all()
        else:
            before, self._acls = self._acls, self._acls_after(touched, now)
            # Only where an ACL comes or goes do documents change their class.
            sources = before.rules.keys() ^ self._acls.rules.keys()
            documents = self._some(touched, sources)
        self._acls_at = now
        return Changes(position=now, whole=touched is None, acls=self._acls, documents=documents)

    def _touched(self, position: int, now: int) -> list[ResourceIri] | None:
        """What has changed since, each once; None when that is not known."""
        if position == NOWHERE or position != self._acls_at:
            return None
        rows = self.connection.execute(_RECENT, (position,)).fetchall()
        # Every change has a number of its own: where one is missing, it was forgotten.
        if len(rows) != now - position:
            return None
        return [
            ResourceIri(self._storage, path) for path in dict.fromkeys(path for (path,) in rows)
        ]

    def _acls_after(self, touched: Iterable[ResourceIri], seq: int) -> AclIndex:
        changed = [iri for iri in touched if iri.is_acl]
        if not changed:
            return self._acls
        rules = dict(self._acls.rules)
        for iri in changed:
            document = self._resources.find(iri)
            if document is None:
                rules.pop(iri.subject, None)
            else:
                rules[iri.subject] = rules_of(document, self._blobs.read)
        return AclIndex(rules, self._acls.owners, Edition(seq))

    def _all(self) -> Iterator[Written | Moved | Gone]:
        for iri in self._below("", _AFTER_ALL):
            yield self._as_it_is(iri)

    def _some(
        self, touched: Iterable[ResourceIri], sources: Collection[ResourceIri]
    ) -> Iterator[Written | Moved | Gone]:
        for source in sources:
            for iri in self._covered(source):
                yield Moved(path=iri.path, access=class_of(self._acls, iri))
        for iri in touched:
            if not iri.is_acl and not iri.is_container:
                yield self._as_it_is(iri)

    def _covered(self, source: ResourceIri) -> Iterator[ResourceIri]:
        """Every document that an ACL of this resource can be in force for."""
        if source.is_container:
            end = source.path[:-1] + _AFTER_SLASH if source.path else _AFTER_ALL
            yield from self._below(source.path, end)
        else:
            yield source
            yield ResourceIri(self._storage, source.path + META_SUFFIX)

    def _below(self, start: str, end: str) -> Iterator[ResourceIri]:
        for (path,) in self.connection.execute(_DOCUMENTS, (start, end)).fetchall():
            iri = ResourceIri(self._storage, path)
            if not iri.is_acl:
                yield iri

    def _as_it_is(self, iri: ResourceIri) -> Written | Gone:
        found = self._resources.find(iri)
        content = None if found is None else self._content(found)
        if found is None or content is None:
            return Gone(path=iri.path)
        access = class_of(self._acls, iri)
        return Written(path=iri.path, access=access, media_type=found.media_type, content=content)

    def _content(self, found: Resource) -> bytes | None:
        if RdfFormat.of(found.media_type) is None or found.size > LIMIT:
            return None
        try:
            return self._blobs.read(found.content)
        except NotFound:  # a later change took the file away; the next query sees that one
            return None
