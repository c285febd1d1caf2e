"""What an asker does about its own request: take what was proposed, or not; or ask no more.

It gets what the person has offered, and is never told more than that.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from acl import Agent
from pod.agreements import AccessRequest
from pod.consent.access_request import Act
from pod.consent.asking import LONGEST, check_known, read_object, read_offer
from pod.consent.odrl import read_counter
from pod.flows.asker import is_of, is_owner, known_asker
from pod.flows.body import whole
from pod.flows.consent.decide import counter, end, take
from pod.flows.consent.requests import NOT_YOURS, SIGN_IN, found_at, shown
from pod.flows.context import Pod
from pod.flows.outcome import Outcome, Pieces
from pod.model import Request
from pod.problems import Conflict, Forbidden, Malformed, NotFound

Said = Mapping[str, Any]


async def agree(request: Request, pod: Pod, pieces: Pieces) -> Outcome:
    """POST says in `act` what the asker does: accept, decline, counter or withdraw."""
    agent = await known_asker(request, pod, SIGN_IN)
    asked = _own(request, agent, pod)
    said = read_object(request.headers.get("Content-Type"), await whole(pieces, LONGEST))
    name = said.get("act")
    act = _ACTS.get(name) if isinstance(name, str) else None
    if act is None:
        raise Malformed(f"say in `act` what you do: {', '.join(_ACTS)}")
    await act(asked, {key: said[key] for key in said if key != "act"}, agent, pod)
    return Outcome(shown(request, found_at(request, pod) or asked, pod))


async def cancel(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """DELETE by the asker: it asks no more. The request stays, as withdrawn."""
    # LWS §10.5.1 #access-request-endpoint: "DELETE /:id — Cancel an access request."
    agent = await known_asker(request, pod, SIGN_IN)
    asked = _own(request, agent, pod)
    await _withdraw(asked, {}, agent, pod)
    return Outcome(shown(request, found_at(request, pod) or asked, pod))


def _own(request: Request, agent: Agent, pod: Pod) -> AccessRequest:
    """The request of who asks. Raises NotFound; Forbidden for the owner, who decides elsewhere."""
    found = found_at(request, pod)
    if found is not None and is_of(found, agent):
        return found
    if found is not None and is_owner(agent, pod):
        raise Forbidden("decide on the pages or by the commands of this server, not through an app")
    raise NotFound(NOT_YOURS)


async def _take(asked: AccessRequest, said: Said, agent: Agent, pod: Pod) -> None:
    check_known(said, ())
    try:
        await take(asked.id, agent, pod)
    except NotFound as problem:
        # What has gone since is not told of.
        raise Conflict("what was offered cannot be given any more; ask again") from problem


async def _decline(asked: AccessRequest, said: Said, agent: Agent, pod: Pod) -> None:
    check_known(said, ())
    await end(asked.id, Act.DECLINE, agent, pod)


async def _counter(asked: AccessRequest, said: Said, agent: Agent, pod: Pod) -> None:
    storage = pod.store.storage
    if "access" in said:
        check_known(said, ("access",))
        items, days = read_counter(said, storage, pod.server.second)
    else:
        check_known(said, ("items", "days"))
        items, days = read_offer(said, storage)
    await counter(asked.id, items, days, agent, pod)


async def _withdraw(asked: AccessRequest, said: Said, agent: Agent, pod: Pod) -> None:
    check_known(said, ())
    await end(asked.id, Act.WITHDRAW, agent, pod)


_ACTS: Final[Mapping[str, Callable[[AccessRequest, Said, Agent, Pod], Awaitable[None]]]] = {
    "accept": _take,
    "decline": _decline,
    "counter": _counter,
    "withdraw": _withdraw,
}
