"""How a request came here: for which host, by which scheme, from whom."""

from dataclasses import dataclass

from aiohttp import web

from pod.http.forwarded import Proxies, origin, plain
from pod.web.incoming import Fields


@dataclass(frozen=True, slots=True)
class Arrival:
    """`host` is the host that was asked for, as it was written. `scheme` is "" where only a proxy
    knows it. `peer` is the IP address of the client, or what a proxy says in its place; "" for
    somebody on this machine who came by a Unix socket.
    """

    host: str
    scheme: str
    peer: str


def arrival_of(incoming: web.BaseRequest, proxies: Proxies, scheme: str = "") -> Arrival:
    """How a request came; `scheme` is what the port tells where there is no TLS.

    Raises Malformed for what a trusted proxy says and cannot be read.
    """
    peer = _peer(incoming)
    scheme = "https" if incoming.secure else scheme
    # HTTP-25: what forwarding fields say is believed of trusted proxies only.
    if proxies and proxies.trusts(peer):
        said = origin(Fields(incoming.headers), proxies)
        return Arrival(said.host or _host(incoming), said.scheme or scheme, said.peer or peer)
    return Arrival(_host(incoming), scheme, peer)


def _host(incoming: web.BaseRequest) -> str:
    # RFC 9112 §3.2.2: with the absolute-form, "the server MUST ignore the received Host header
    # field (if any) and instead use the host information of the request target".
    raw = incoming.raw_path
    if not raw.startswith("/"):
        scheme, _, rest = raw.partition("://")
        if "/" in rest and "/" not in scheme:
            return rest.partition("/")[0]
    return incoming.headers.get("Host", "")


def _peer(incoming: web.BaseRequest) -> str:
    remote = incoming.remote
    if not remote:
        return ""
    # A socket for IPv6 has IPv4 peers too, in another spelling.
    return plain(remote) if ":" in remote else remote
