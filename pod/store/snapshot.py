"""Reading: each snapshot is a read transaction of its own connection, for as long as it is held.

Dropping a snapshot ends its transaction. One that is kept stays true to its moment, but holds up
the tidying of the write-ahead log: read at once and let go.
"""

from collections.abc import Iterator
from pathlib import Path

from acl.model import AclIndex
from pod.model import Content, Member, Resource
from pod.problems import Unavailable
from pod.store import journal, outbox
from pod.store.acls import index_of
from pod.store.blobs import Blobs
from pod.store.identity import Identity
from pod.store.journal import Line
from pod.store.outbox import Event
from pod.store.published import Published
from pod.store.resources import Resources
from pod.store.sqlite import connect
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


class Readers:
    """The connections of one pod that are free, and what goes with all of them."""

    def __init__(self, file: Path, identity: Identity, blobs: Blobs, published: Published) -> None:
        self.identity = identity
        self.blobs = blobs
        self.published = published
        self._file = file
        self._spare: list[Reader] = []
        self._closed = False

    def snapshot(self) -> "PodSnapshot":
        if self._closed:
            raise Unavailable("the pod is being closed; try again")
        reader = self._spare.pop() if self._spare else Reader(self._file, self.identity)
        seq, token = reader.begin()
        published = self.published
        if token != published.token and not published.advance(token):
            documents = reader.resources.acls()
            acls = index_of(documents, self.blobs.read, owner=self.identity.owner)
            published.restart(seq=seq, token=token, acls=acls)
        return PodSnapshot(self, reader, token, published.acls)

    def give_back(self, reader: Reader) -> None:
        """Take a reader back; from any thread, since that may be where a snapshot is dropped."""
        reader.end()
        if self._closed or len(self._spare) >= SPARE_READERS:
            reader.connection.close()
        else:
            self._spare.append(reader)

    def close(self) -> None:
        self._closed = True
        while self._spare:
            self._spare.pop().connection.close()


class PodSnapshot:
    """The view of one committed state."""

    __slots__ = ("_acls", "_reader", "_readers", "_token")

    def __init__(self, readers: Readers, reader: Reader, token: int, acls: AclIndex) -> None:
        self._readers = readers
        self._reader = reader
        self._token = token
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
        """What was not told yet to those who follow the pod, behind a number."""
        storage = self._readers.identity.storage
        yield from outbox.waiting(self._reader.connection, storage, after=after)

    def entries(self, *, after: int = 0) -> Iterator[Line]:
        """The lines of the journal behind a number."""
        yield from journal.lines(self._reader.connection, after=after)
