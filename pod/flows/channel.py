"""A channel at its own address: seen, changed where its type knows that, and ended."""

from dataclasses import replace

from acl import Agent
from pod.channel import Channel, ChannelType
from pod.flows.authenticate import authenticate
from pod.flows.body import whole
from pod.flows.context import Pod
from pod.flows.outcome import Outcome, Pieces
from pod.flows.subscribe import asked_for, shown
from pod.ldp.allow import CHANNELS, allow_headers
from pod.ldp.links import discovery_links
from pod.model import Reply, Request
from pod.notify.request import LONGEST
from pod.problems import Forbidden, MethodNotAllowed, NotFound, Unauthenticated


async def channel(request: Request, pod: Pod, pieces: Pieces) -> Outcome:
    """GET, POST and DELETE by the agent who subscribed, through whichever client."""
    agent = await authenticate(request, pod.server)
    found = _channel_of(request, agent, pod)
    if request.method == "DELETE":
        return Outcome(await _end(request, found, pod))
    if request.method == "POST":
        found = await _modify(request, found, pod, (agent, pieces))
    return Outcome(shown(request, found, pod, 200))


def _channel_of(request: Request, agent: Agent, pod: Pod) -> Channel:
    name = request.target.path.removeprefix(CHANNELS)
    found = pod.store.snapshot().channels.find(name)
    if found is None or found.ends <= pod.server.now():
        raise NotFound("there is no such channel any more; subscribe again")
    # WH-03: only who subscribed can end it, or is told of it.
    if found.agent.webid != agent.webid:
        if agent.webid is None:
            raise Unauthenticated("sign in as the agent who subscribed")
        raise Forbidden("this channel is somebody else's")
    return found


async def _end(request: Request, found: Channel, pod: Pod) -> Reply:
    await pod.store.write(lambda tx: tx.channels.end(found.id))
    pod.server.notices.hang_up(pod, found.id)
    headers = (*allow_headers(request.target), *discovery_links(request.target))
    return Reply(status=204, headers=headers)


async def _modify(
    request: Request, found: Channel, pod: Pod, sent: tuple[Agent, Pieces]
) -> Channel:
    if found.type is not ChannelType.LDN:
        # LDNChannel2023 §2.2 #subscription is the only type with a request that changes a channel.
        raise MethodNotAllowed("a channel of this type cannot be changed; make another", _ENDED)
    agent, pieces = sent
    wanted = await asked_for(request, pod, agent, (found.type, await whole(pieces, LONGEST)))
    changed = replace(wanted, id=found.id)
    now = pod.server.now()
    await pod.store.write(lambda tx: tx.channels.put(changed, now))
    pod.server.notices.hang_up(pod, found.id)
    pod.server.notices.post(pod, changed)
    return changed


_ENDED = ("GET", "HEAD", "OPTIONS", "DELETE")
