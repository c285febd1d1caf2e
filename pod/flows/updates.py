"""The older protocol of live updates, `solid-0.1`: `sub` an address, be told `pub` of it.

It knows no sign-in of its own, so without one it tells of what everybody may read; whoever sends
an access token and a proof first (`auth …`, `dpop …`) is told of what she may read.
"""

from acl import ANYONE, Agent
from pod.flows.authenticate import authenticate
from pod.flows.context import Pod
from pod.flows.listener import Line, Listener
from pod.flows.reader import epoch_of, may_read
from pod.flows.subscribe import web_socket
from pod.ldp.allow import UPDATES
from pod.model import Request
from pod.problems import Unauthenticated
from vocab.iri import ResourceIri

GREETING = "protocol solid-0.1"
MOST_TOPICS = 500  # of one connection


class Updates:
    """One connection: what it has said so far."""

    def __init__(self, pod: Pod, line: Line, peer: str) -> None:
        self._pod = pod
        self._line = line
        self._peer = peer
        self._sent: dict[str, str] = {}
        self._agent: Agent = ANYONE
        self._topics: set[ResourceIri] = set()

    async def answer(self, text: str) -> str | None:
        """What is said to a line of text; None where nothing is."""
        word, _, rest = text.strip().partition(" ")
        match word:
            case "sub":
                return await self._follow(rest.strip())
            case "auth":
                self._sent["Authorization"] = rest.strip()
            case "dpop":
                self._sent["DPoP"] = rest.strip()
            case "ping":
                return "pong"
            case _:
                pass  # of another version of the protocol
        return None

    async def _follow(self, address: str) -> str:
        try:
            await self._sign_in()
            topic = self._topic(address)
        except (ValueError, Unauthenticated):
            return f"err {address} forbidden"
        epoch = await epoch_of(self._agent, self._pod.server)
        since = self._pod.store.snapshot().seq
        if len(self._topics) >= MOST_TOPICS or not await may_read(
            self._agent, epoch, topic, self._pod
        ):
            # LEG-01: it is not told whether anything is there.
            return f"err {address} forbidden"
        if topic not in self._topics:
            self._topics.add(topic)
            listener = Listener(
                line=self._line, agent=self._agent, epoch=epoch, topics=(topic,), since=since
            )
            self._pod.server.notices.join(self._pod, listener)
        return f"ack {address}"

    async def _sign_in(self) -> None:
        """Take the credentials that were sent, once both are there. Raises Unauthenticated."""
        if self._sent.keys() != {"Authorization", "DPoP"}:
            return
        headers, self._sent = self._sent, {}
        store = self._pod.store
        address = store.storage + UPDATES
        try:
            self._agent = await authenticate(self._request(address, headers), self._pod.server)
        except Unauthenticated:
            # Clients make the proof for the address with the one scheme or the other.
            request = self._request(web_socket(address), headers)
            self._agent = await authenticate(request, self._pod.server)

    def _request(self, url: str, headers: dict[str, str]) -> Request:
        target = ResourceIri(self._pod.store.storage, UPDATES)
        return Request(method="GET", target=target, headers=headers, url=url, peer=self._peer)

    def _topic(self, address: str) -> ResourceIri:
        storage = self._pod.store.storage
        if not address.startswith(storage):
            raise ValueError("the address is in another storage")
        return ResourceIri.parse(storage, address.removeprefix(storage).partition("#")[0])
