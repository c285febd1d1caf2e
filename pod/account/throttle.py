"""How often somebody may try: a bucket of tries that fills up again, and waits that grow.

Nothing here waits: who tries too often is told for how long to.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import TypeVar

V = TypeVar("V")

_MOST = 20_000  # names that are remembered at once; the one unused for longest goes first
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries at once, and one more each time that `every` has passed."""

    tries: int
    every: timedelta


class Buckets:
    """One bucket of tries for each name: an address on the network, an account."""

    def __init__(self, limit: Limit, most: int = _MOST) -> None:
        self._limit = limit
        self._most = most
        self._empty: OrderedDict[str, datetime] = OrderedDict()

    def take(self, name: str, now: datetime) -> timedelta | None:
        """One try: None when there was one left, else how long until there is."""
        limit, name = self._limit, name[:_LONGEST_NAME]
        # A bucket is known by the time at which it will be full again.
        full = max(self._empty.pop(name, now), now) + limit.every
        wait = full - now - limit.tries * limit.every
        _keep(self._empty, name, full - limit.every if wait > timedelta(0) else full, self._most)
        return wait if wait > timedelta(0) else None


class Waits:
    """After some failures in a row, twice as long to wait after each one more."""

    def __init__(self, free: int, first: timedelta, longest: timedelta, most: int = _MOST) -> None:
        self._free = free
        self._first = first
        self._longest = longest
        self._most = most
        self._failures: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    def left(self, name: str, now: datetime) -> timedelta | None:
        """How long there is still to wait; None when it may be tried."""
        count, last = self._failures.get(name[:_LONGEST_NAME], (0, now))
        if count < self._free:
            return None
        # The power is bounded, or it would be a number of any size.
        wait = min(self._first * 2 ** min(count - self._free, 30), self._longest)
        return last + wait - now if last + wait > now else None

    def failed(self, name: str, now: datetime) -> None:
        name = name[:_LONGEST_NAME]
        count, last = self._failures.pop(name, (0, now))
        # What was long ago is forgotten, a little of it with each wait of the longest kind.
        count = max(0, count - int((now - last) / self._longest))
        _keep(self._failures, name, (count + 1, now), self._most)

    def succeeded(self, name: str) -> None:
        self._failures.pop(name[:_LONGEST_NAME], None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttles:
    """What is counted at the doors of accounts.

    `creations`, `registrations` of apps, `arrivals` from apps and `attempts` count by network;
    `waits` by e-mail and network, so that who guesses somebody's password locks himself out and not
    her; `guesses` by e-mail from anywhere. `requests` for tokens, and about them, count by network,
    and `refusals` of tokens by network and client. `keys` counts by issuer how often its keys are
    asked for out of turn. `askings` for access count by who asks and by network.
    """

    creations: Buckets
    registrations: Buckets
    arrivals: Buckets
    attempts: Buckets
    waits: Waits
    guesses: Waits
    requests: Buckets
    refusals: Waits
    keys: Buckets
    askings: Buckets


def throttles(*, development: bool) -> Throttles:
    """Those of a server; for one in development, where all come from one address, far wider."""
    wider = 100 if development else 1
    return Throttles(
        creations=Buckets(Limit(10 * wider, timedelta(minutes=10) / wider)),
        registrations=Buckets(Limit(30 * wider, timedelta(minutes=2) / wider)),
        arrivals=Buckets(Limit(200 * wider, timedelta(seconds=3) / wider)),
        attempts=Buckets(Limit(60 * wider, timedelta(seconds=10) / wider)),
        waits=Waits(5, first=timedelta(seconds=1), longest=timedelta(minutes=15)),
        guesses=Waits(100, first=timedelta(seconds=1), longest=timedelta(minutes=1)),
        requests=Buckets(Limit(600 * wider, timedelta(milliseconds=200) / wider)),
        refusals=Waits(20 * wider, first=timedelta(seconds=1), longest=timedelta(minutes=1)),
        keys=Buckets(Limit(1, timedelta(minutes=1))),
        askings=Buckets(Limit(20 * wider, timedelta(minutes=10) / wider)),
    )


def network_of(address: str | None) -> str:
    """What counts as one place: an IPv4 address, or the IPv6 network that a household gets."""
    try:
        ip = ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or IPv6Address(int(ip) >> 64 << 64))
    return str(ip)


def _keep(kept: OrderedDict[str, V], name: str, value: V, most: int) -> None:
    kept[name] = value
    if len(kept) > most:
        kept.popitem(last=False)
