"""Requests for access at their own addresses: for the owner all of them, for askers their own."""

import json
from collections.abc import Mapping
from typing import Any

from pod.agreements import REQUESTS, AccessGrant, AccessRequest
from pod.consent.access_request import now_at
from pod.consent.asking import LWS_JSON
from pod.consent.telling import told, told_as_lws
from pod.flows.answered import JSON, answered
from pod.flows.asker import is_of, is_owner, known_asker
from pod.flows.consent.decide import requests_in
from pod.flows.context import Pod
from pod.flows.outcome import Outcome, Pieces
from pod.http.negotiate import negotiate
from pod.model import Reply, Request
from pod.problems import NotAcceptable, NotFound
from pod.rdf.formats import RdfFormat

SIGN_IN = "sign in to see what was asked for"
_LD_JSON = RdfFormat.JSON_LD.media_type
NOT_YOURS = "there is no such request that you may see"


async def requests(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """The requests that who asks may see, in JSON, the latest first."""
    agent = await known_asker(request, pod, SIGN_IN)
    if negotiate(request.headers.get("Accept"), (JSON,), JSON) is None:
        raise NotAcceptable(f"the list of requests comes as {JSON}")
    everything = is_owner(agent, pod)
    grants = {one.request: one for one in pod.store.snapshot().agreements.grants.all()}
    listed = [
        told(one, pod.store.storage, grants.get(one.id))
        for one in requests_in(pod)
        if everything or is_of(one, agent)
    ]
    body = json.dumps({"requests": listed}, ensure_ascii=False).encode()
    return Outcome(answered(request, JSON, body))


async def one_request(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """A request with where it stands, for its asker and the owner."""
    agent = await known_asker(request, pod, SIGN_IN)
    found = found_at(request, pod)
    # Who has nothing to do with it is not told whether there is one.
    if found is None or not (is_of(found, agent) or is_owner(agent, pod)):
        raise NotFound(NOT_YOURS)
    return Outcome(shown(request, found, pod))


def found_at(request: Request, pod: Pod) -> AccessRequest | None:
    """The request whose address was asked, as it stands now; None where there is none."""
    name = request.target.path.removeprefix(f"{REQUESTS}/")
    kept = pod.store.snapshot().agreements.requests.find(id=name)
    return None if kept is None else now_at(kept, pod.server.now())


def shown(
    request: Request, found: AccessRequest, pod: Pod, *more: tuple[str, str], status: int = 200
) -> Reply:
    """A request in our own JSON, or as Linked Web Storage has it. Raises NotAcceptable."""
    # LWS §10.4.1 #json-ld-serialization: "The media type associated with this serialization is
    # application/lws+json".
    media_type = negotiate(request.headers.get("Accept"), (JSON, _LD_JSON, LWS_JSON), JSON)
    if media_type is None:
        raise NotAcceptable(f"a request comes as {JSON}, {_LD_JSON} or {LWS_JSON}")
    tell = told if media_type == JSON else told_as_lws
    said: Mapping[str, Any] = tell(found, pod.store.storage, grant_for(found, pod))
    body = json.dumps(said, ensure_ascii=False).encode()
    return answered(request, media_type, body, *more, status=status)


def grant_for(asked: AccessRequest, pod: Pod) -> AccessGrant | None:
    """What a request came to; None where it did not, or not yet."""
    grants = pod.store.snapshot().agreements.grants.all(agent=asked.agent, client=asked.client)
    return next((one for one in grants if one.request == asked.id), None)
