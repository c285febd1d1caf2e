"""What proxies in front say of a request: from whom it came, for which host, by which scheme.

RFC 7239 (Forwarded), and the older X-Forwarded fields. Whoever sends a request can write them too,
so they are believed only as far as they were written by proxies that are trusted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from types import MappingProxyType
from typing import Final

from pod.problems import Malformed

UNIX: Final = "unix"
_OLDER: Final[Mapping[str, str]] = MappingProxyType(
    {"for": "X-Forwarded-For", "host": "X-Forwarded-Host", "proto": "X-Forwarded-Proto"}
)

Network = IPv4Network | IPv6Network

# RFC 7239 §4: forwarded-element = [ forwarded-pair ] *( ";" [ forwarded-pair ] ), a value being a
# token or a quoted-string. Spaces around ";" are no part of it, but some proxies write them; others
# leave the quotes of addresses with colons away.
_WORD: Final = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
_VALUE: Final = r'"((?:[^"\\\x00-\x1f]|\\[^\x00-\x1f])*+)"|([A-Za-z0-9!#$%&\'*+.^_`|~:\[\]-]+)'
_PAIR: Final = re.compile(rf"\s*(?:({_WORD})=(?:{_VALUE}))?\s*([;,]|\Z)")
_ESCAPED: Final = re.compile(r"\\(.)")
# RFC 7239 §6: node = nodename [ ":" node-port ]; an obfuscated name or port begins with "_".
_PORT: Final = r"(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?"
_NODE: Final = re.compile(
    rf"(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+)|(unknown|_[A-Za-z0-9._-]+)){_PORT}", re.IGNORECASE
)
_HOST: Final = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=%:\[\]-]+")
# A WebSocket begins as a request by http or https.
_SCHEMES: Final = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """What one proxy says of what came to it; "" for what it leaves unsaid.

    `peer` is an IP address, or a name that a proxy made up for one.
    """

    peer: str = ""
    host: str = ""
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Proxies:
    """The peers whose word is taken: networks, and those that come by a Unix socket."""

    networks: tuple[Network, ...] = ()
    unix: bool = False

    @classmethod
    def of(cls, texts: tuple[str, ...]) -> "Proxies":
        """Those of a setting: addresses, networks such as 10.0.0.0/8, and `unix`. Raises ValueError
        for anything else.
        """
        networks = tuple(ip_network(text) for text in texts if text != UNIX)
        return cls(networks, UNIX in texts)

    def __bool__(self) -> bool:
        return self.unix or bool(self.networks)

    def trusts(self, peer: str) -> bool:
        """Whether a peer is one of them: an IP address, or "" for the other end of a socket."""
        return self.unix if peer == "" else _is_within(peer, self.networks)


def origin(headers: Mapping[str, str], proxies: Proxies) -> Hop:
    """What the outermost trusted proxy says, in a request that came from a trusted peer.

    Raises Malformed where it cannot be read, or where two kinds of fields say different things.
    """
    kinds = (_forwarded(headers.get("Forwarded", "")), _x_forwarded(headers))
    found = [_outermost(hops, proxies) for hops in kinds if hops]
    # A proxy writes one kind, and passes on what its client has written in the other.
    if len(found) == 2 and found[0] != found[1]:
        raise Malformed(
            "the proxy in front passes on forwarding fields of its clients; "
            "have it remove those that it does not write itself"
        )
    return found[0] if found else Hop()


def plain(address: str) -> str:
    """An IP address in its one spelling, an IPv4 one as such. Raises ValueError for another."""
    found = ip_address(address.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(mapped or found)


def _outermost(hops: Sequence[Mapping[str, str]], proxies: Proxies) -> Hop:
    # RFC 7239 §8.1: the right-most element is of the nearest proxy; what lies behind the first one
    # that is not trusted may be made up, and is not even looked at.
    found = Hop()
    for said in reversed(hops):
        found = _hop(said)
        if not found.peer or not proxies.trusts(found.peer):
            break
    return found


@lru_cache(maxsize=1024)
def _is_within(peer: str, networks: tuple[Network, ...]) -> bool:
    try:
        address = ip_address(plain(peer))
    except ValueError:
        return False
    return any(address in network for network in networks)


def _forwarded(field: str) -> list[dict[str, str]]:
    """The elements of a Forwarded field, the nearest proxy's last."""
    elements: list[dict[str, str]] = [{}]
    place = 0
    while place < len(field):
        found = _PAIR.match(field, place)
        name = (found[1] or "").lower() if found else ""
        # RFC 7239 §4: "Each parameter MUST NOT occur more than once per field-value."
        if found is None or name in elements[-1]:
            raise Malformed("the proxy in front sends a Forwarded field that cannot be read")
        if name:
            elements[-1][name] = found[3] or _ESCAPED.sub(r"\1", found[2] or "")
        if found[4] == ",":
            elements.append({})
        place = found.end()
    return [element for element in elements if element]


def _x_forwarded(headers: Mapping[str, str]) -> list[dict[str, str]]:
    """The X-Forwarded fields as elements of Forwarded: one for each address.

    Proxies add to the list of addresses, but may set the other two anew: where there are fewer of
    them, the last is of the outermost.
    """
    columns = {name: _listed(headers.get(field, "")) for name, field in _OLDER.items()}
    most = max(map(len, columns.values()))
    return [
        {name: column[max(-back, -len(column))] for name, column in columns.items() if column}
        for back in range(min(most, len(columns["for"]) or 1), 0, -1)
    ]


def _listed(field: str) -> list[str]:
    return [text.strip() for text in field.split(",") if text.strip()]


def _hop(said: Mapping[str, str]) -> Hop:
    host, scheme = said.get("host", ""), said.get("proto", "").lower()
    if (scheme and scheme not in _SCHEMES) or (host and not _HOST.fullmatch(host)):
        raise Malformed("the proxy in front names a host or a scheme that is none")
    return Hop(peer=_peer(said.get("for", "")), host=host, scheme=_SCHEMES.get(scheme, ""))


def _peer(node: str) -> str:
    found = _NODE.fullmatch(node)
    if not node or (found and found[3]):
        return node
    try:
        # X-Forwarded-For has IPv6 addresses without brackets too.
        return plain((found[1] or found[2]) if found else node)
    except ValueError as error:
        raise Malformed("the proxy in front names a client by what is no address") from error
