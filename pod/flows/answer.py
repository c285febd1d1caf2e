"""The person answers a request for access, and whoever asks is told."""

import json
from collections.abc import Mapping
from typing import Any

from pod.agreements import REQUESTS, AccessGrant, AccessRequest, Proposal, RequestState
from pod.consent.erasure import MEDIA_TYPE
from pod.consent.rules import iri_of
from pod.flows.consent import decide
from pod.flows.consent.decide import Items
from pod.flows.context import Pod
from pod.flows.post import post_to

AS = "https://www.w3.org/ns/activitystreams"
_TYPES = {
    RequestState.GRANTED: "Accept",
    RequestState.REFUSED: "Reject",
    RequestState.PROPOSED: "Offer",
}


async def accept(
    name: str, items: Items, days: int | None, screen: str | None, pod: Pod
) -> AccessGrant:
    """Give what was asked, or less of it; see pod.flows.consent.decide.accept."""
    grant = await decide.accept(name, items, days, screen, pod)
    await _tell(decide.request_in(name, pod), pod, grant)
    return grant


async def refuse(name: str, pod: Pod, reason: str | None = None) -> AccessRequest:
    """Refuse, with a reason or without one. Raises NotFound and Conflict."""
    request = await decide.refuse(name, reason, pod)
    await _tell(request, pod)
    return request


async def propose(name: str, proposed: Proposal, pod: Pod) -> AccessRequest:
    """Offer something else. Raises NotFound, Conflict and Unprocessable."""
    request = await decide.propose(name, proposed, pod)
    await _tell(request, pod)
    return request


async def _tell(request: AccessRequest, pod: Pod, grant: AccessGrant | None = None) -> None:
    """Post the answer to the inbox that the asker has named. One that does not take it can still
    look at the address of its request: nothing hangs on it.
    """
    if request.inbox is None:
        return
    body = json.dumps(_message(request, pod, grant), ensure_ascii=False).encode()
    await post_to(request.inbox, MEDIA_TYPE, body, pod)


def _message(request: AccessRequest, pod: Pod, grant: AccessGrant | None) -> Mapping[str, Any]:
    """What the asker is told, as LDN has it: whether, and where the rest is. No data."""
    address = f"{pod.store.storage}{REQUESTS}/{request.id}"
    given = {} if grant is None else {"result": iri_of(grant, pod.store.storage)}
    said = {} if request.reason is None else {"content": request.reason}
    return {
        "@context": AS,
        "id": f"{address}#{request.state.value}",
        "type": _TYPES[request.state],
        "actor": pod.store.identity.owner,
        "object": address,
        "target": request.client or request.agent,
        "published": pod.server.second.isoformat(),
        **given,
        **said,
    }
