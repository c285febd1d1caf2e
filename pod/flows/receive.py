"""Who comes to receive messages: by the address alone, which nobody can guess."""

from pod.channel import Channel
from pod.flows.context import Pod
from pod.flows.reader import may_read
from pod.ldp.allow import RECEIVE
from pod.model import Request
from pod.notify.activity import change_of
from pod.problems import NotFound

_NOTHING = "no channel is received from this address; subscribe again"


async def channel_at(request: Request, pod: Pod) -> Channel:
    """The channel whose messages are received from the target.

    Raises NotFound for an address that no channel has, or one whose channel is over.
    """
    capability = request.target.path.removeprefix(RECEIVE)
    found = pod.store.snapshot().channels.opened_by(capability)
    if found is None or found.ends <= pod.server.now():
        raise NotFound(_NOTHING)
    if not all([await may_read(found.agent, found.epoch, topic, pod) for topic in found.topics]):
        # NTF-10: who lost the right to read has no channel any more.
        await pod.store.write(lambda tx: tx.channels.end(found.id))
        raise NotFound(_NOTHING)
    return found


def seen_before(request: Request, pod: Pod) -> int:
    """The number of the last change that a receiver knows of: as it says, or the last there is."""
    last = pod.store.snapshot().seq
    # HTML §9.2.4: "Last-Event-ID" is the id of the last message that came.
    known = change_of(request.headers.get("Last-Event-ID", ""))
    return last if known is None else min(known, last)
