"""A subscription, from the request to the channel that it makes (Notifications §2.2)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from acl import Agent, Mode, Need, Refused, decide, groups_of, permit
from pod.channel import Channel, ChannelType
from pod.flows.authenticate import authenticate, with_memberships
from pod.flows.body import whole
from pod.flows.context import Pod
from pod.flows.journal import READ, line
from pod.flows.offer import described, service_type
from pod.flows.outcome import Outcome, Pieces
from pod.flows.reader import epoch_of
from pod.ldp.allow import CHANNELS, RECEIVE, SENDER, allow_headers, is_own
from pod.ldp.links import discovery_links
from pod.ldp.represent import VARY, choose, show
from pod.model import Reply, Request
from pod.notify.description import channel as description
from pod.notify.request import LONGEST, Wanted, check_receiver, read_request, type_as_written
from pod.problems import Conflict, Unauthenticated, Unprocessable
from pod.store.port import Transaction
from vocab.iri import ResourceIri

# NTF-14: no channel lasts longer; the answer says until when it does.
LIFETIME = timedelta(days=14)
MOST_OF_AGENT = 1000  # channels of one agent in a pod
MOST_OF_POD = 10_000
SUBSCRIBE = "SUBSCRIBE"


async def subscribe(request: Request, pod: Pod, pieces: Pieces) -> Outcome:
    """A new channel for somebody who may read its topics."""
    agent = await authenticate(request, pod.server)
    kind, body = service_type(request), await whole(pieces, LONGEST)
    channel = await asked_for(request, pod, agent, (kind, body))
    await pod.store.write(_make(channel, pod))
    if kind.is_pushed:
        pod.server.notices.post(pod, channel)
    # LDNChannel2023 §2.2 #subscription: "201 Created" with its Location; the other types have 200.
    status = 201 if kind is ChannelType.LDN else 200
    return Outcome(shown(request, channel, pod, status, written=type_as_written(body, kind)))


async def asked_for(
    request: Request, pod: Pod, agent: Agent, sent: tuple[ChannelType, bytes]
) -> Channel:
    """The channel that a body asks for, made for somebody who may have it.

    Raises Unprocessable, UnsupportedMediaType, Unauthenticated and Refused.
    """
    kind, body = sent
    base, now = str(request.target), pod.server.now()
    wanted = read_request(body, request.headers.get("Content-Type", ""), kind, base)
    send_to = None
    if kind.is_pushed:
        if agent.webid is None:
            # WebhookChannel2023 §3 #auth: "MUST perform authenticated subscription request."
            raise Unauthenticated("sign in to have messages sent to an address")
        server = pod.server
        send_to = check_receiver(
            wanted.send_to, server.addresses.is_own, development=server.config.development
        )
    topics = tuple(_topic(text, pod) for text in wanted.topics)
    await _permit(topics, agent, pod)
    random = pod.server.random
    return Channel(
        id=random(16).hex(),
        type=kind,
        agent=agent,
        epoch=await epoch_of(agent, pod.server),
        topics=topics,
        starts=wanted.starts,
        ends=_end(wanted, now),
        state=wanted.state,
        rate=wanted.rate,
        accept=wanted.accept,
        capability=None if kind.is_pushed else random(20).hex(),
        send_to=send_to,
        receiver=wanted.receiver,
        activities=wanted.activities if kind is ChannelType.LDN else frozenset(),
        cursor=pod.store.snapshot().seq,
    )


def shown(
    request: Request, channel: Channel, pod: Pod, status: int, *, written: str | None = None
) -> Reply:
    """A channel, as its subscriber sees it; `written` is how she wrote its type."""
    address = pod.store.storage + CHANNELS + channel.id
    node = description(
        channel, address, pod.store.storage + SENDER, _receive_from(channel, pod.store.storage)
    )
    if written is not None:
        node = {**node, "type": written}
    found = described(request, node, pod)
    form = choose(found, request.headers.get("Accept"))
    part = show(found, form, pod.store.snapshot())
    headers = (
        ("Content-Type", found.media_type if form is None else form.media_type),
        *((("Location", address),) if status == 201 else ()),
        VARY,
        # The address to receive from opens the channel to whoever knows it.
        ("Cache-Control", "no-store"),
        *allow_headers(request.target),
        *discovery_links(request.target),
    )
    return Reply(status=status, headers=headers, body=part.body)


def _topic(text: str, pod: Pod) -> ResourceIri:
    storage = pod.store.storage
    try:
        topic = ResourceIri.parse(storage, text.removeprefix(storage))
    except ValueError as error:
        raise Unprocessable(f"this topic cannot be one: {error}") from error
    if not text.startswith(storage) or "?" in text or "#" in text or is_own(topic):
        raise Unprocessable(f"name a resource in {storage} as `topic`, without `?` and `#`")
    return topic


async def _permit(topics: tuple[ResourceIri, ...], agent: Agent, pod: Pod) -> None:
    """NTF-09: Read on each topic. Raises Refused."""
    needs = tuple(Need(Mode.READ, topic) for topic in topics)
    acls = pod.store.snapshot().acls()
    try:
        permit(needs, partial(decide, acls, agent=agent))
    except Refused:
        member = await with_memberships(agent, groups_of(acls, *topics), pod)
        permit(needs, partial(decide, pod.store.snapshot().acls(), agent=member))


def _end(wanted: Wanted, now: datetime) -> datetime:
    latest = now + LIFETIME
    ends = latest if wanted.ends is None else min(wanted.ends, latest)
    if ends <= now or (wanted.starts is not None and ends <= wanted.starts):
        raise Unprocessable("the channel would end before it begins; choose a later `endAt`")
    return ends


def _make(channel: Channel, pod: Pod) -> Callable[[Transaction], None]:
    connected, now = pod.server.notices.connected(pod), pod.server.now()

    def work(tx: Transaction) -> None:
        channels = tx.channels
        channels.end_before(now)
        if channels.count(channel.agent) >= MOST_OF_AGENT:
            # Apps subscribe anew each time they start: the oldest that nobody listens on gives way.
            idle = (name for name in channels.pulled_by(channel.agent) if name not in connected)
            oldest = next(idle, None)
            if oldest is None:
                raise Conflict("you have as many channels here as you may have; end one first")
            channels.end(oldest)
        if channels.count() >= MOST_OF_POD:
            raise Conflict("this pod has as many channels as it can have; try again later")
        channels.put(channel, now)
        for topic in channel.topics:
            tx.note(line(channel.agent, SUBSCRIBE, topic, READ, now))

    return work


def _receive_from(channel: Channel, storage: str) -> str | None:
    if channel.capability is None:
        return None
    address = storage + RECEIVE + channel.capability
    # WebSocketChannel2023 §2 #subscription-type: an address that is used "directly with a
    # JavaScript client".
    return web_socket(address) if channel.type is ChannelType.WEB_SOCKET else address


def web_socket(address: str) -> str:
    """The address of a web socket that is served beside an http or https address."""
    return "ws" + address.removeprefix("http")
