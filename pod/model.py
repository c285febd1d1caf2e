"""The values that travel through the server. Frozen; no behaviour beyond reading themselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from acl.model import Edition
from vocab.iri import ResourceIri


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes that lie in a content-addressed file: their SHA-256 in hex, and how many there are."""

    digest: str
    size: int


Content = bytes | Blob


@dataclass(frozen=True, slots=True)
class Unmade:
    """A body that is too long to be made at once, and is made when it has to be sent.

    `name` never stands for other bytes: the address and the entity tag of the representation.
    """

    name: tuple[str, str]


class Said(NamedTuple):
    """What a body says, without a value: how many rows, and of which fields; see `pod.rdf.said`.

    Rows are the distinct subjects of RDF, the solutions of SELECT, and 1 for anything else.
    """

    rows: int
    fields: tuple[str, ...]


class Results(NamedTuple):
    """The results of a query as they are sent, and how many rows they have; see Said."""

    body: bytes
    rows: int


class Stream(Protocol):
    """A body that can be read while it is being made."""

    @property
    def said(self) -> Said | None:
        """What it says; None as long as that is not known."""
        ...

    @property
    def size(self) -> int | None:
        """How many bytes it has; None as long as that is not known."""
        ...

    async def read(self, at: int) -> bytes:
        """The next bytes from there on, waited for where there are none yet; b"" at the end.

        Raises Unavailable when it cannot be made.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request on a resource. Header names are looked up without regard to case.

    `url` is the request's address as the client sees it, with its query. `peer` is the address of
    the client on the network, as far as it is known; it is for limits, and is kept nowhere.
    """

    method: str
    target: ResourceIri
    headers: Mapping[str, str]
    url: str
    body: Content = b""
    peer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource as stored, its bytes as they were sent.

    `version` is the number in the pod of the change that made this state: it never comes back,
    so it makes a strong entity tag. For a container it also moves when its listing changes, and
    `content` holds the triples a client put there, never the listing. `modified` is in UTC,
    whole seconds. `inbox` is the IRI that its description names as its inbox.
    """

    iri: ResourceIri
    media_type: str
    content: Content
    version: str
    modified: datetime
    inbox: str | None = None

    @property
    def size(self) -> int:
        return self.content.size if isinstance(self.content, Blob) else len(self.content)


class Member(NamedTuple):
    """One line of a container's listing."""

    iri: ResourceIri
    media_type: str
    size: int
    modified: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a resource shall be; the store gives it its version when it is applied."""

    media_type: str
    content: Content
    modified: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing to write: what was there, and what shall be. `after=None` deletes."""

    target: ResourceIri
    before: Resource | None
    after: Draft | None


class Entry(NamedTuple):
    """One line of the access journal: who did what to what, under which ACL, and what left.

    `agent` is the WebID that was acted for and `client` the app that acted for it. `time` is in
    UTC; `outcome` is the HTTP status, or 0 for the command line. `grants` are ids, `categories`
    domains of the vocabulary, `fields` names of properties (see `pod.rdf.said`), `query` the
    SHA-256 of the text of a query in hex. `rows` and `bytes` are those of the answer's body, None
    where they are not known. `precision` says how coarse values were made; None as they are kept.
    `issuer` vouched for the agent; `needs` are pairs of a mode and a path with a colon between,
    where they are others than `modes` on the target; `edition` is that of the access rules that it
    was decided by, None where no single decision is told of.
    There are no values here, and no network addresses.

    A tuple: one is made for each answer.
    """

    time: datetime
    agent: str | None
    client: str | None
    action: str
    target: str
    modes: str
    source: str | None
    outcome: int
    purpose: str | None = None
    grants: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    query: str | None = None
    rows: int | None = 0
    bytes: int | None = 0
    precision: str | None = None
    issuer: str | None = None
    needs: tuple[str, ...] = ()
    edition: Edition | None = None


class Doing(NamedTuple):
    """Lines of the journal that are alike (see pod.store.doings). `entry` is the last of them and
    `number` its own, `first` the time of the first, in UTC, and `times` how many; `rows` and
    `bytes` are those of all of them, as far as they are known.
    """

    entry: Entry
    number: int
    first: datetime
    times: int
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered. `headers` may repeat a name, so it is a tuple of pairs."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: Content | Unmade | Stream = b""
    span: tuple[int, int] | None = None  # first and last byte of `body` to send, both inclusive
    sent: Callable[[int], None] | None = None  # told how many bytes of `body` left, at the end
    allowed: Callable[[], bool] | None = None  # asked before each piece of a body that takes long
