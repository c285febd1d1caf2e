"""Reading: each snapshot is a read transaction of its own connection, for as long as it is held.

Dropping a snapshot ends its transaction. One that is kept stays true to its moment, but holds up
the tidying of the write-ahead log: read at once and let go.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic

from acl.model import AclIndex, Edition
from acl.period import InForce, at
from pod.model import Content, Member, Resource
from pod.problems import Unavailable
from pod.store import journal, outbox, rules
from pod.store.acls import index_of
from pod.store.agreements import Agreements
from pod.store.blobs import Blobs
from pod.store.channels import Channels
from pod.store.identity import Identity
from pod.store.journal import Line
from pod.store.journal_pages import Page, Wanted, page
from pod.store.outbox import Buried, Event
from pod.store.published import Published
from pod.store.resources import Resources
from pod.store.sqlite import BEHIND, connect
from vocab.iri import ResourceIri

SPARE_READERS = 4


class Reader:
    """One connection to read with, and the state that it saw when its transaction began."""

    def __init__(self, file: Path, identity: Identity) -> None:
        self.connection = connect(file, any_thread=True)
        self.resources = Resources(self.connection, identity)
        self._cursor = self.connection.cursor()

    def begin(self) -> tuple[int, int]:
        """Begin a transaction; the number and token of the state that it sees."""
        self._cursor.execute("BEGIN")
        seq, token = self._cursor.execute("SELECT seq, token FROM state").fetchone()
        return seq, token

    def end(self) -> None:
        self._cursor.execute("COMMIT")

    def data_version(self) -> int:
        """A number that changes when another connection commits; outside of a transaction."""
        version: int = self._cursor.execute("PRAGMA data_version").fetchone()[0]
        return version


class Readers:
    """The connections of one pod that are free, and what goes with all of them.

    INVARIANT (time): rules are given out by `in_force` alone, as they hold at that moment.
    """

    def __init__(
        self,
        file: Path,
        identity: Identity,
        blobs: Blobs,
        published: Published,
        now: Callable[[], datetime],
    ) -> None:
        self.identity = identity
        self.blobs = blobs
        self.published = published
        self._now = now
        self._in_force = InForce()
        self._file = file
        self._spare: list[Reader] = []
        self._watch: Reader | None = None
        self._seen = -1
        self._current_until = 0.0
        self._closed = False

    def view(self, iri: ResourceIri) -> "Glance | PodSnapshot":
        """A view that is good for one document: what is kept of it, when nothing has changed.

        INVARIANT: what is kept and the ACLs that go with it are of one state, `published`.
        """
        found = None if iri.is_container else self.published.kept.get(iri.path)
        if found is not None and iri.storage == self.identity.storage and self._is_current():
            return Glance(self, found, self.in_force())
        return self.snapshot()

    def in_force(self) -> AclIndex:
        """The rules of the state that is published, with the periods that hold now."""
        acls = self.published.acls
        return self._in_force.find(acls, self._now()) if acls.moments else acls

    def _is_current(self) -> bool:
        """Whether no other process has committed since `published` was last compared.

        What this process commits is published before it is acknowledged; what another commits
        may go unseen for BEHIND seconds.
        """
        if self._watch is None or self._closed:
            return False
        now = monotonic()
        if now < self._current_until:
            return True
        if self._watch.data_version() != self._seen:
            return False
        self._current_until = now + BEHIND
        return True

    def snapshot(self) -> "PodSnapshot":
        if self._closed:
            raise Unavailable("the pod is being closed; try again")
        if self._watch is None:
            self._watch = Reader(self._file, self.identity)
        # Read before the state: what is committed in between is noticed the next time.
        seen = self._watch.data_version()
        found = self._snapshot()
        self._seen = seen
        self._current_until = monotonic() + BEHIND
        return found

    def _snapshot(self) -> "PodSnapshot":
        reader = self._spare.pop() if self._spare else Reader(self._file, self.identity)
        seq, token = reader.begin()
        published = self.published
        if token != published.token and not published.advance(token):
            documents = reader.resources.acls()
            acls = index_of(documents, self.blobs.read, owners=self.identity.owners, seq=seq)
            published.restart(seq=seq, token=token, acls=acls)
        return PodSnapshot(self, reader, (seq, token), self.in_force())

    def give_back(self, reader: Reader) -> None:
        """Take a reader back; from any thread, since that may be where a snapshot is dropped."""
        reader.end()
        if len(self._spare) >= SPARE_READERS:
            reader.connection.close()
        else:
            self._spare.append(reader)
        if self._closed:  # perhaps since it was given back
            self._close_spare()

    def close(self) -> None:
        self._closed = True
        if self._watch is not None:
            self._watch.connection.close()
            self._watch = None
        self._close_spare()

    def _close_spare(self) -> None:
        with suppress(IndexError):  # by more than one thread
            while True:
                self._spare.pop().connection.close()


class Glance:
    """The view of one document that is kept, and of the ACLs of the same state."""

    __slots__ = ("_acls", "_found", "_readers")

    def __init__(self, readers: Readers, found: Resource, acls: AclIndex) -> None:
        self._readers = readers
        self._found = found
        self._acls = acls

    def load(self, iri: ResourceIri) -> Resource | None:
        """The document; raises ValueError for any other."""
        if iri != self._found.iri:
            raise ValueError("this view is of one document")
        return self._found

    def acls(self) -> AclIndex:
        return self._acls

    def members(self, _container: ResourceIri) -> Iterator[Member]:
        """Nothing: a document holds no other resource."""
        return iter(())

    def read(self, content: Content) -> bytes:
        return self._readers.blobs.read(content)


class PodSnapshot:
    """The view of one committed state. `seq` is the number of the last change."""

    __slots__ = ("_acls", "_reader", "_readers", "_token", "seq")

    def __init__(
        self, readers: Readers, reader: Reader, state: tuple[int, int], acls: AclIndex
    ) -> None:
        self._readers = readers
        self._reader = reader
        self.seq, self._token = state
        self._acls = acls

    def __del__(self) -> None:
        self._readers.give_back(self._reader)

    def load(self, iri: ResourceIri) -> Resource | None:
        readers = self._readers
        if iri.storage != readers.identity.storage:
            return None
        published = readers.published
        if published.token != self._token:  # held while the pod moved on
            return self._reader.resources.find(iri)
        found = published.kept.get(iri.path)
        if found is None:
            found = self._reader.resources.find(iri)
            if found is not None:
                published.kept.put(found)
        return found

    def acls(self) -> AclIndex:
        return self._acls

    def members(self, container: ResourceIri) -> Iterator[Member]:
        yield from self._reader.resources.members(container)

    def documents(self, container: ResourceIri) -> Iterator[Resource]:
        yield from self._reader.resources.documents(container)

    def read(self, content: Content) -> bytes:
        return self._readers.blobs.read(content)

    def events(self, *, after: int = 0) -> Iterator[Event]:
        """What has changed behind a number, as far back as that is kept."""
        storage = self._readers.identity.storage
        yield from outbox.events(self._reader.connection, storage, after=after)

    def buried(self, *, after: int) -> Iterator[Buried]:
        """The access rules of what was deleted behind a number."""
        storage = self._readers.identity.storage
        yield from outbox.buried(self._reader.connection, storage, after=after)

    @property
    def channels(self) -> Channels:
        return Channels(self._reader.connection, self._readers.identity.storage)

    @property
    def agreements(self) -> Agreements:
        return Agreements(self._reader.connection)

    def rules_at(self, moment: Edition | datetime) -> AclIndex | None:
        """The rules of an edition, or as they held at a time, in UTC; None before the history."""
        connection, readers = self._reader.connection, self._readers
        if not rules.are_now(connection, moment):
            storage = readers.identity.storage
            return rules.rules_at(connection, storage, moment, readers.blobs.read)
        # Many documents, which need not be read again.
        if isinstance(moment, datetime):
            moment = Edition(self._acls.edition.number, moment)
        acls = replace(self._acls, edition=Edition(moment.number))
        return acls if moment.looked_at is None else at(acls, moment.looked_at)

    def journal(self, wanted: Wanted) -> Page:
        """A page of the journal."""
        return page(self._reader.connection, wanted)

    def entries(self, *, after: int = 0) -> Iterator[Line]:
        """The lines of the journal behind a number."""
        yield from journal.lines(self._reader.connection, after=after)
