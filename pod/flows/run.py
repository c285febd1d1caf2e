"""The one caller of the flows: runs one, and writes into the journal who did what.

A flow that reads answers with the journal line to be written; a flow that writes notes its own
line within its transaction, so that the line and the change are there together or not at all.
"""

from acl import Refused
from pod.flows.context import Pod
from pod.flows.journal import refusal_of
from pod.flows.outcome import Flow, Pieces
from pod.model import Reply, Request


async def run(flow: Flow, request: Request, pod: Pod, pieces: Pieces) -> Reply:
    """Run a flow on a request and its body. Raises what the flow raises."""
    try:
        outcome = await flow(request, pod, pieces)
    except Refused as refused:
        # A stranger's refusals are not noted: anyone could fill the owner's journal with them.
        if not refused.anonymous:
            pod.store.note(refusal_of(request, refused, pod.server.now()))
        raise
    if outcome.entry is not None:
        pod.store.note(outcome.entry)
    return outcome.reply
