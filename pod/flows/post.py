"""A message to an inbox, wherever that lies: on another server, or in a pod of this one."""

from collections.abc import AsyncIterator

from acl import Refused
from pod.flows.context import Pod
from pod.flows.run import run
from pod.flows.send import credentials
from pod.flows.write import write
from pod.model import Request
from pod.problems import Problem
from vocab.iri import ResourceIri


async def post_to(inbox: str, media_type: str, body: bytes, pod: Pod) -> bool:
    """Post a message of a pod's, as its sender; whether it was taken. It is tried once."""
    server = pod.server
    headers = {"Content-Type": media_type, **await credentials(inbox, pod)}
    here = server.addresses.find(inbox)
    if here is None:
        status = await server.post(inbox, headers, body)
        return status is not None and 200 <= status < 300
    # This server never asks itself: the same is done without the network, by the same rules.
    other = await server.pods.find(here[0])
    if other is None:
        return False
    try:
        target = ResourceIri.parse(other.store.storage, here[1])
        request = Request(method="POST", target=target, headers=headers, url=inbox)
        await run(write, request, other, _pieces(body))
    except (Problem, Refused, ValueError):
        return False
    return True


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    yield body
