"""The one way out: documents fetched from elsewhere, by a client that cannot be turned inwards.

A WebID, a group or a holder's profile is an address that a stranger wrote down. Whoever can make
this server ask for it must not reach the machine itself or the network it stands in. The address
is therefore looked at where its socket is made, after the name was resolved: what was checked is
what is connected to, for each redirect too. Small, timed, remembered for a while; failure is None.
"""

import asyncio
import socket
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address

from aiohttp import (
    AddrInfoType,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from aiohttp.abc import AbstractResolver
from yarl import URL

LIMIT = 256 * 1024
SECONDS = 5.0
FRESH = timedelta(minutes=5)
FAILED = timedelta(minutes=1)

_MOST_REDIRECTS = 3
_MOST_KEPT = 128
_CHUNK = 16 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
# RFC 4291 §2.4 and IANA: all of the IPv6 space that is assigned for global unicast.
_GLOBAL_UNICAST = IPv6Network("2000::/3")

_Wanted = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A document: where it was found in the end, its media type without parameters, its bytes."""

    url: str
    media_type: str
    body: bytes


class Outgoing:
    """Asks for documents with GET.

    `now` is the time in UTC. `allow_loopback` lets a server in development see its neighbours on
    the same machine, over http too. `resolver` finds the addresses of names, the system's own
    where none is given. Must be closed.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        allow_loopback: bool,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._now = now
        self._allow_loopback = allow_loopback
        self._resolver = resolver
        self._session: ClientSession | None = None
        self._kept: OrderedDict[_Wanted, tuple[datetime, Fetched | None]] = OrderedDict()
        self._running: dict[_Wanted, asyncio.Task[Fetched | None]] = {}

    async def fetch(
        self,
        url: str,
        accept: str,
        *,
        limit: int = LIMIT,
        seconds: float = SECONDS,
        anew: bool = False,
    ) -> Fetched | None:
        """The document at `url`, whose media type should be one that `accept` lists.

        None when it cannot be had within `seconds` and `limit` bytes, or must not be asked for.
        Both answers are kept for a while, but for who asks `anew`, and those who ask at once share
        one request.
        """
        wanted = (url.partition("#")[0], accept, limit)
        until, kept = self._kept.get(wanted, (None, None))
        if until is not None and self._now() < until and not anew:
            return kept
        running = self._running.get(wanted)
        if running is None:
            running = asyncio.create_task(self._fetch(wanted, seconds))
            self._running[wanted] = running
            running.add_done_callback(lambda _: self._running.pop(wanted))
        return await asyncio.shield(running)

    async def close(self) -> None:
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _fetch(self, wanted: _Wanted, seconds: float) -> Fetched | None:
        found = None
        try:
            async with asyncio.timeout(seconds):
                found = await self._follow(wanted)
        # uvloop raises RuntimeError for some failures to connect; ValueError is no URL.
        except (ClientError, OSError, ValueError, RuntimeError):
            pass
        self._kept[wanted] = (self._now() + (FAILED if found is None else FRESH), found)
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
            async with self._open().get(here, headers=headers, allow_redirects=False) as answer:
                if answer.status not in _REDIRECTS:
                    return await _read(answer, limit)
                here = here.join(URL(answer.headers.get("Location", "")))
        return None

    def _may_ask(self, url: URL) -> bool:
        if url.raw_user is not None or url.raw_password is not None:
            return False
        loopback = self._allow_loopback and url.host in _LOOPBACK_NAMES
        return url.scheme == "https" or (url.scheme == "http" and loopback)

    def _open(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(
                    resolver=self._resolver, socket_factory=self._socket, limit=20, limit_per_host=4
                ),
                cookie_jar=DummyCookieJar(),
                timeout=ClientTimeout(total=None),
                auto_decompress=False,
            )
        return self._session

    def _socket(self, address: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, where = address
        if not may_connect(str(where[0]), loopback=self._allow_loopback):
            raise OSError("this address is not a public one")
        return socket.socket(family, kind, protocol)


def may_connect(address: str, *, loopback: bool) -> bool:
    """Whether an IP address is one of the public internet, or this machine where `loopback` says.

    Private, link-local, shared (RFC 6598), multicast and reserved addresses are not; nor are those
    that carry an IPv4 address within them (mapped, 6to4, Teredo, NAT64).
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if ip.is_loopback:
        return loopback
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast
    return ip.is_global and ip in _GLOBAL_UNICAST and ip.sixtofour is None


async def _read(answer: ClientResponse, limit: int) -> Fetched | None:
    if answer.status != 200 or answer.headers.get("Content-Encoding", "identity") != "identity":
        return None
    body = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > limit:
            return None
    return Fetched(url=str(answer.url), media_type=answer.content_type, body=bytes(body))
