"""A request to erase at its own address, for the two sides that know it."""

import json

from pod.agreements import ERASURES
from pod.consent.erasure import read_answer, told
from pod.flows.answered import JSON, answered
from pod.flows.body import whole
from pod.flows.context import Pod
from pod.flows.erase import answer
from pod.flows.outcome import Outcome, Pieces
from pod.model import Request
from pod.problems import NotFound

_LONGEST = 16 * 1024


async def erasure(request: Request, pod: Pod, pieces: Pieces) -> Outcome:
    """GET shows it and POST answers it. Who comes is known by the address alone: the app that is
    asked may be one that can sign in no more.
    """
    name = request.target.path.removeprefix(ERASURES)
    found = pod.store.snapshot().agreements.erasures.find(id=name)
    if found is None:
        raise NotFound("there is no such request")
    if request.method == "POST":
        state, text = read_answer(await whole(pieces, _LONGEST))
        found = await answer(name, state, text, pod)
    body = json.dumps(told(found, pod.store.storage, pod.server.now())).encode()
    return Outcome(answered(request, JSON, body))
