"""What the flows ask of a store. tests/fakes.py has the other implementation.

A pod has one writer. `write` hands it a function that loads, decides and applies; what several
askers hand over while a commit runs is committed together. Nothing is awaited inside it.
"""

from collections.abc import AsyncIterator, Callable, Generator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from acl.model import AclIndex, Edition, Grant
from pod.model import Blob, Change, Content, Entry, Member, Resource, Said, Stream
from pod.store.agreements import Agreements
from pod.store.channels import Channels
from pod.store.identity import Identity
from pod.store.journal_pages import Page, Wanted
from pod.store.outbox import Buried, Event
from pod.store.under_way import UnderWay
from pod.store.workspace import Workspace
from vocab.iri import ResourceIri

T = TypeVar("T")


class View(Protocol):
    """A consistent view of one resource and of the access rules."""

    def load(self, iri: ResourceIri) -> Resource | None:
        """The resource as stored; None when there is none."""
        ...

    def acls(self) -> AclIndex: ...

    def members(self, container: ResourceIri) -> Iterator[Member]:
        """What it holds, where it is a container: by name, auxiliary resources left out."""
        ...

    def read(self, content: Content) -> bytes:
        """The bytes of a content, wherever they lie."""
        ...


class Snapshot(Protocol):
    """One consistent view of a pod: every read within it sees the same state."""

    def load(self, iri: ResourceIri) -> Resource | None:
        """The resource as stored, an ACL document too; None when there is none."""
        ...

    def acls(self) -> AclIndex: ...

    def members(self, container: ResourceIri) -> Iterator[Member]:
        """What a container holds, by name, auxiliary resources left out."""
        ...

    def documents(self, container: ResourceIri) -> Iterator[Resource]:
        """Every document below a container, at any depth, auxiliary resources left out."""
        ...

    def read(self, content: Content) -> bytes:
        """The bytes of a content, wherever they lie."""
        ...


class History(Snapshot, Protocol):
    """A snapshot that also tells how its state came about, and who is told of that."""

    seq: int
    """The number of the last change."""

    def events(self, *, after: int) -> Iterator[Event]:
        """The changes behind a number, in order, as far back as they are kept."""
        ...

    def buried(self, *, after: int) -> Iterator[Buried]:
        """The access rules of what was deleted behind a number."""
        ...

    @property
    def channels(self) -> Channels: ...

    def rules_at(self, moment: Edition | datetime) -> AclIndex | None:
        """The rules of an edition, or as they held at a time, in UTC; None before the history."""
        ...

    def journal(self, wanted: Wanted) -> Page:
        """A page of the access journal."""
        ...

    @property
    def agreements(self) -> Agreements:
        """What the owner was asked for, and has agreed to."""
        ...


class Transaction(Snapshot, Protocol):
    """A snapshot that may be changed, all or nothing."""

    def apply(self, change: Change, grant: Grant) -> Resource | None:
        """Write a change and all that follows from it; what is there afterwards.

        That is: the row, its place in its container, the ACL index, and the outbox. The grant
        proves that somebody decided; without one nothing can be written.
        """
        ...

    def note(self, entry: Entry) -> None:
        """Add a line to the journal in the same commit."""
        ...

    @property
    def channels(self) -> Channels:
        """The notification channels, to be changed too."""
        ...

    @property
    def agreements(self) -> Agreements:
        """What the owner was asked for and has agreed to, to be changed too."""
        ...


class Streams(Protocol):
    """Long bodies that are made once for all who ask."""

    def find(
        self, name: tuple[str, str], make: Callable[[], Generator[bytes, None, Said]]
    ) -> Stream:
        """The body of this name: whole, or under way, or begun now. Raises Unavailable."""
        ...


class PodStore(Protocol):
    """One pod."""

    @property
    def name(self) -> str: ...

    @property
    def storage(self) -> str:
        """The address of the storage root, with its slash."""
        ...

    @property
    def identity(self) -> Identity:
        """The facts about the pod that were set when it was made."""
        ...

    def intact(self) -> bool:
        """Whether the pod is still there; another process may remove it."""
        ...

    def snapshot(self) -> History:
        """The committed state now. Read it at once, on the event loop's thread, or drop it."""
        ...

    def view(self, iri: ResourceIri) -> View:
        """The committed state now, as far as one resource goes: made faster than a snapshot."""
        ...

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in the writer; its result once it is durable.

        When `work` raises, nothing of it is kept and the error comes back here.
        """
        ...

    def note(self, entry: Entry) -> None:
        """Add a line to the journal with the next commit, or soon where none comes."""
        ...

    def listen(self, listener: Callable[[], None] | None) -> None:
        """Have somebody told after each commit of this process."""
        ...

    async def receive(self, chunks: AsyncIterator[bytes]) -> Content:
        """Take a body in: small ones as bytes, larger ones as a file that is already durable."""
        ...

    def hold(self, content: Content) -> None:
        """Keep a body that was received and is not stored yet: it is not forgotten soon.

        From any thread.
        """
        ...

    def workspace(self) -> Workspace:
        """Room for an import, in bounded memory; to be closed."""
        ...

    def under_way(self, run: str) -> UnderWay:
        """What an import of many files, named so, has taken in so far."""
        ...

    def path_of(self, blob: Blob) -> Path:
        """Where the bytes of a blob lie, for streaming."""
        ...
