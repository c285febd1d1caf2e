"""The one way out: documents fetched from elsewhere, by a client that cannot be turned inwards.

A WebID, a group or a holder's profile is an address that a stranger wrote down. Whoever can make
this server ask for it must not reach the machine itself or the network it stands in. The address
is therefore looked at where its socket is made, after the name was resolved: what was checked is
what is connected to, for each redirect too. Small, timed, remembered for a while; failure is None.

INVARIANT (one guard): `_may_ask` lets a URL pass and `_socket` an address, whatever is sent there.
"""

import asyncio
import re
import socket
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import (
    AddrInfoType,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    ThreadedResolver,
)
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from pod.http.addresses import is_this_machine
from pod.http.negotiate import negotiate
from pod.http.networks import may_connect

LIMIT = 256 * 1024
SECONDS = 5.0  # for all of it, however many redirects
IDLE_SECONDS = 3.0  # without a byte
FRESH = timedelta(minutes=5)
FAILED = timedelta(minutes=1)
# A document may say how long it is good for. Shorter would have it asked for with each request;
# longer, and a member who was taken from a group would stay in it.
SHORTEST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)

_MOST_REDIRECTS = 3
_MOST_KEPT = 128
_CHUNK = 16 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_AGE = re.compile(r'(?:^|,)\s*max-age="?([0-9]{1,9})', re.IGNORECASE)
_UNKEPT = re.compile(r"(?:^|,)\s*no-(?:store|cache)\b", re.IGNORECASE)

_Wanted = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A document: where it was found in the end, its media type without parameters, its bytes;
    and for how long it may be taken as it is.
    """

    url: str
    media_type: str
    body: bytes
    fresh: timedelta


class Outgoing:
    """Asks for documents with GET, and sends messages with POST.

    `now` is the time in UTC. `is_own` tells of a host and a port whether they are this server's,
    which is never asked. `allow_loopback` lets a server in development see its neighbours on the
    same machine, over http too. `resolver` finds the addresses of names, the system's own where
    none is given. Must be closed.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        is_own: Callable[[str, int], bool],
        *,
        allow_loopback: bool,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._now = now
        self._is_own = is_own
        self._allow_loopback = allow_loopback
        self.resolver = resolver
        self.seconds, self.idle = SECONDS, IDLE_SECONDS
        self._sessions: dict[str, ClientSession] = {}
        self._kept: OrderedDict[_Wanted, tuple[datetime, Fetched | None]] = OrderedDict()
        self._running: dict[_Wanted, asyncio.Task[Fetched | None]] = {}

    async def fetch(
        self,
        url: str,
        accept: str,
        *,
        limit: int = LIMIT,
        seconds: float | None = None,
        anew: bool = False,
    ) -> Fetched | None:
        """The document at `url`, in a media type that `accept` lists.

        None when it cannot be had within `seconds`, those of all where none are said, and `limit`
        bytes, or must not be asked for.
        Both answers are kept for a while, but for who asks `anew`, and those who ask at once share
        one request.
        """
        wanted = (url.partition("#")[0], accept, limit)
        until, kept = self._kept.get(wanted, (None, None))
        if until is not None and self._now() < until and not anew:
            return kept
        running = self._running.get(wanted)
        if running is None:
            running = asyncio.create_task(self._fetch(wanted, seconds or self.seconds))
            self._running[wanted] = running
            running.add_done_callback(lambda _: self._running.pop(wanted))
        return await asyncio.shield(running)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int | None:
        """The status of the answer to a POST; None where there is none in time, or where nothing
        may be sent. What the answer says is not read, and a redirect is an answer like any other.
        """
        try:
            here = URL(url)
            if not self._may_ask(here):
                return None
            fields = {**headers, "User-Agent": "selfdata-pod"}
            # Apart from what `fetch` does: no slow receiver holds up who is to be let in.
            session = self._session("post")
            async with (
                asyncio.timeout(self.seconds),
                session.post(here, headers=fields, data=body, allow_redirects=False) as answer,
            ):
                return answer.status
        except (ClientError, OSError, ValueError, RuntimeError):  # as in `_fetch`
            return None

    async def close(self) -> None:
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for session in self._sessions.values():
            await session.close()

    async def _fetch(self, wanted: _Wanted, seconds: float) -> Fetched | None:
        found = None
        try:
            async with asyncio.timeout(seconds):
                found = await self._follow(wanted)
        # uvloop raises RuntimeError for some failures to connect; ValueError is no URL.
        except (ClientError, OSError, ValueError, RuntimeError):
            pass
        self._kept[wanted] = (self._now() + (FAILED if found is None else found.fresh), found)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return found

    async def _follow(self, wanted: _Wanted) -> Fetched | None:
        here, accept, limit = URL(wanted[0]), wanted[1], wanted[2]
        # An encoded body could grow without end when it is decoded, so none is asked for.
        headers = {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": "selfdata-pod"}
        for _ in range(_MOST_REDIRECTS + 1):
            if not self._may_ask(here):
                return None
            session = self._session("fetch")
            async with session.get(here, headers=headers, allow_redirects=False) as answer:
                if answer.status not in _REDIRECTS:
                    return await _read(answer, accept, limit)
                here = here.join(URL(answer.headers.get("Location", "")))
        return None

    def _may_ask(self, url: URL) -> bool:
        host = (url.raw_host or "").rstrip(".")
        if url.raw_user is not None or url.raw_password is not None or not host:
            return False
        loopback = self._allow_loopback and is_this_machine(host)
        if url.scheme != "https" and not (url.scheme == "http" and loopback):
            return False
        return not self._is_own(host, url.port or 0)

    def _session(self, purpose: str) -> ClientSession:
        if purpose not in self._sessions:
            self._sessions[purpose] = ClientSession(
                connector=TCPConnector(
                    resolver=_Names(self.resolver or ThreadedResolver()),
                    socket_factory=self._socket,
                    limit=50,
                    limit_per_host=4,
                ),
                cookie_jar=DummyCookieJar(),
                timeout=ClientTimeout(total=None, sock_read=self.idle),
                auto_decompress=False,
                trust_env=False,  # neither a proxy nor a password that the environment names
            )
        return self._sessions[purpose]

    def _socket(self, address: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, where = address
        if not may_connect(str(where[0]), loopback=self._allow_loopback):
            raise OSError("this address is not a public one")
        return socket.socket(family, kind, protocol)


class _Names(AbstractResolver):
    """Finds the addresses of names: of those of this machine without asking anybody."""

    def __init__(self, others: AbstractResolver) -> None:
        self._others = others

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        # RFC 6761 §6.3: resolvers "SHOULD recognize localhost names as special and SHOULD always
        # return the IP loopback address".
        name = "localhost" if host.endswith(".localhost") else host
        return await self._others.resolve(name, port, family)

    async def close(self) -> None:
        await self._others.close()


async def _read(answer: ClientResponse, accept: str, limit: int) -> Fetched | None:
    if answer.status != 200 or answer.headers.get("Content-Encoding", "identity") != "identity":
        return None
    if not _is_accepted(answer.content_type, accept) or (answer.content_length or 0) > limit:
        return None
    body = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > limit:
            return None
    return Fetched(
        url=str(answer.url),
        media_type=answer.content_type,
        body=bytes(body),
        fresh=freshness(answer.headers.get("Cache-Control", "")),
    )


def freshness(cache_control: str) -> timedelta:
    """For how long a document is taken as it is, by its Cache-Control field (RFC 9111 §5.2.2)."""
    if _UNKEPT.search(cache_control):
        return SHORTEST
    found = _MAX_AGE.search(cache_control)
    return FRESH if found is None else _bounded(timedelta(seconds=int(found[1])))


def _bounded(age: timedelta) -> timedelta:
    return max(SHORTEST, min(age, LONGEST))


def _is_accepted(media_type: str, accept: str) -> bool:
    # RFC 6839 §3.1: a type that ends in "+json" is JSON, such as that of key sets is.
    names = (media_type, "application/json") if media_type.endswith("+json") else (media_type,)
    return any(negotiate(accept, (), name) is not None for name in names)
