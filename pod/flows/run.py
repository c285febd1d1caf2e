"""The one caller of the flows: runs one, and writes into the journal who did what, and what left.

A flow that reads answers with the journal line to be written; a flow that writes notes its own
line within its transaction, so that the line and the change are there together or not at all.
"""

from acl import Refused
from pod.flows.context import Pod
from pod.flows.journal import noted_when_sent, refusal_of
from pod.flows.outcome import Flow, Pieces
from pod.model import Reply, Request
from pod.problems import Problem


async def run(flow: Flow, request: Request, pod: Pod, pieces: Pieces) -> Reply:
    """Run a flow on a request and its body. Raises what the flow raises."""
    outcome = await flow(request, pod, pieces)
    entry = outcome.entry
    if entry is None:
        return outcome.reply
    if entry.bytes is None:
        return noted_when_sent(outcome.reply, entry, pod)
    pod.store.note(entry)
    return outcome.reply


def note_refusal(
    request: Request | None, refused: Problem | Refused, reply: Reply, pod: Pod | None
) -> None:
    """Note with which reply the rules refused a request. Other problems are not noted."""
    # A stranger's refusals are not noted: anyone could fill the owner's journal with them.
    if request is None or pod is None or not isinstance(refused, Refused):
        return
    if not refused.anonymous:
        pod.store.note(refusal_of(request, refused, reply, pod.server.now()))
