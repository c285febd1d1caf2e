"""What every flow is given: the ports, the clock, and what the server knows of itself."""

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from acl import AccessClass, AclIndex
from pod.account.throttle import Throttles
from pod.channel import Channel
from pod.config import Config
from pod.flows.apart import Apart
from pod.flows.hashing import Hashing
from pod.flows.listener import Listener
from pod.flows.uploads import Uploads
from pod.http.addresses import Addresses
from pod.ldp.kept import KeptShown
from pod.ldp.repeated import Repeated
from pod.model import Results
from pod.oidc.client import ProofKey
from pod.oidc.keys import KeyRing
from pod.oidc.proof import ProofKeys
from pod.oidc.revocations import Revocations
from pod.oidc.tokens import TokenCache
from pod.sparql.dataset import Plan
from pod.store.notary import Notary
from pod.store.port import PodStore, Streams
from pod.store.seen import SeenMarks
from pod.store.server import ServerStore
from vocab.profile import Profile


class Fetched(Protocol):
    """A document from elsewhere, already checked for its size and for where it came from."""

    @property
    def url(self) -> str:
        """Where it was found in the end."""
        ...

    @property
    def media_type(self) -> str: ...

    @property
    def body(self) -> bytes: ...


class Fetch(Protocol):
    """Asks for a document elsewhere, with what is accepted; None for whatever goes wrong."""

    def __call__(
        self, url: str, accept: str, /, *, anew: bool = False
    ) -> Awaitable[Fetched | None]:
        """With `anew`, what is known from before does not do."""
        ...


Readable = Callable[[AclIndex], Collection[AccessClass]]
"""From the access rules in force to the classes that an asker may read."""


class Sitting(Protocol):
    """Several queries of one asker over one committed state, one after the other."""

    async def select(self, plan: Plan, media_type: str) -> Results:
        """The results of a query in a media type; one that fails hurts no other."""
        ...


class Index(Protocol):
    """The query index of one pod."""

    def sitting(self, readable: Readable) -> AbstractAsyncContextManager[Sitting]:
        """Take a turn for several queries. Who has one takes no other before it is over."""
        ...

    async def select(self, plan: Plan, readable: Readable, media_type: str) -> Results:
        """The results of a query over what is readable, in a media type."""
        ...


class Pods(Protocol):
    """The pods of the server, by name."""

    async def create(self, name: str, *, storage: str, owner: str) -> PodStore:
        """An empty pod; raises Malformed for an impossible name, Conflict for one that is taken."""
        ...

    async def delete(self, name: str) -> None:
        """Remove a pod, leaving nothing; raises NotFound."""
        ...

    async def own(self, name: str, owners: Mapping[str, bool]) -> None:
        """Say who owns a pod, by WebID, and whether its root names her; raises NotFound."""
        ...

    def names(self) -> tuple[str, ...]:
        """The pods there are."""
        ...

    def at_hand(self, name: str) -> "Pod | None":
        """A pod that is open already, and still there."""
        ...

    async def find(self, name: str) -> "Pod | None":
        """A pod, opened; None when there is none of this name."""
        ...

    @property
    def notary(self) -> Notary:
        """Who signs the journals of all pods."""
        ...

    async def with_channels(self) -> tuple[str, ...]:
        """The pods that have notification channels, whether they are open or not."""
        ...


class Notices(Protocol):
    """Who is told of changes, in every pod of the server."""

    def join(self, pod: "Pod", listener: Listener) -> None:
        """Tell a listener what happens in a pod."""
        ...

    def post(self, pod: "Pod", channel: Channel) -> None:
        """Send what happens to the address that a channel names."""
        ...

    def hang_up(self, pod: "Pod", channel: str) -> None:
        """End the lines of a channel that is no more."""
        ...

    def connected(self, pod: "Pod") -> frozenset[str]:
        """The ids of the channels that somebody listens on now."""
        ...

    async def resume(self, server: "Server") -> None:
        """Send what was not sent before the server ended."""
        ...

    async def close(self) -> None:
        """End every line."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the server signs with, and what it remembers of tokens and proofs. `sending_key` proves
    that a message comes from here, for as long as the process lives.
    """

    keys: KeyRing
    sending_key: ProofKey
    tokens: TokenCache
    proofs: ProofKeys
    seen: SeenMarks
    revoked: Revocations
    making: asyncio.Lock = field(default_factory=asyncio.Lock)  # a key, one at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One server. `base` is its public address with the final slash, which is also its issuer;
    `addresses` tell where its pods are. `listings` has those of containers that are too long to be
    made at once.

    `now` is the time in UTC; `random` gives so many bytes that nobody can guess; `fetch` asks for
    a document elsewhere, with what is accepted, and gives None for whatever goes wrong. `post`
    sends headers and a body to an address elsewhere, and gives the status of the answer, or None.
    `profiles` are the extension profiles by name.
    """

    config: Config
    base: str
    addresses: Addresses
    now: Callable[[], datetime]
    random: Callable[[int], bytes]
    accounts: ServerStore
    hashing: Hashing
    apart: Apart
    throttles: Throttles
    listings: Streams
    uploads: Uploads
    identity: Identity
    fetch: Fetch
    post: Callable[[str, Mapping[str, str], bytes], Awaitable[int | None]]
    pods: Pods
    notices: Notices
    profiles: Mapping[str, Profile] = field(default_factory=dict)

    def random_text(self, size: int) -> str:
        """So many random bytes as text of letters, digits, hyphens and underscores."""
        return urlsafe_b64encode(self.random(size)).decode().rstrip("=")

    def random_name(self, size: int) -> str:
        """So many random bytes as a name that people type: digits and the letters a to f, for a
        command takes what begins with a hyphen for an option.
        """
        return self.random(size).hex()

    @property
    def second(self) -> datetime:
        """The time now as it is kept: without fractions of a second."""
        return self.now().replace(microsecond=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pod:
    """One pod and the server that it is on."""

    store: PodStore
    index: Index
    shown: KeptShown
    repeated: Repeated
    server: Server
