"""Her answer to a request: yes, less, something else, no, or later; and a word about pressure."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote

from pod.account.session import is_fresh
from pod.agreements import AccessRequest, Proposal
from pod.consent.answer import Decision, read_answer
from pod.consent.screen import Answer
from pod.flows import answer
from pod.flows.consent.ask_screen import screen_of
from pod.flows.consent.decide import report
from pod.flows.context import Pod
from pod.model import Reply
from pod.problems import Conflict, Malformed, Problem, Unprocessable
from pod.store.server_values import Session
from pod.web.account.pages.place import failed, request_page
from pod.web.account.pages.requests import query_of, request_of, values_of
from pod.web.places import CONFIRM, REQUESTS
from pod.web.visit import Visit, see_other

_REFUSALS = (Malformed, Conflict, Unprocessable)


async def answers(visit: Visit, session: Session) -> Reply:
    """She has answered on the screen."""
    pod, request = await request_of(visit, session)
    shown = await screen_of(request, pod)
    try:
        decision = read_answer(visit.pairs, shown)
        stale = not is_fresh(session.created, visit.server.now())
        if decision.answer is Answer.ACCEPT and shown.is_sensitive and stale:
            # What can hurt most is agreed to by who has shown lately who she is.
            here = request_page(pod.store.name, request.id)
            return see_other(f"{CONFIRM}?next={quote(here)}")
        return await _ANSWERS[decision.answer](request, decision, pod)
    except _REFUSALS as problem:
        return await _failed(visit, pod, request, problem)


async def refuses(visit: Visit, session: Session) -> Reply:
    """She takes back what she has proposed, or refuses without looking any further."""
    pod, request = await request_of(visit, session)
    try:
        await answer.refuse(request.id, pod)
    except Conflict as problem:
        return await _failed(visit, pod, request, problem)
    return see_other(REQUESTS)


async def reports(visit: Visit, session: Session) -> Reply:
    """She says, in her words, that she was put under pressure."""
    pod, request = await request_of(visit, session)
    await report(request.id, visit.form.get("text", "").strip(), pod)
    return see_other(request_page(pod.store.name, request.id))


async def _accepts(request: AccessRequest, decision: Decision, pod: Pod) -> Reply:
    await answer.accept(request.id, decision.items, decision.days, decision.screen, pod)
    return see_other(f"{REQUESTS}receipt?{query_of(pod.store.name, request)}")


async def _proposes(request: AccessRequest, decision: Decision, pod: Pod) -> Reply:
    await answer.propose(request.id, Proposal(items=decision.items, days=decision.days), pod)
    return see_other(request_page(pod.store.name, request.id))


async def _refuses(request: AccessRequest, _decision: Decision, pod: Pod) -> Reply:
    await answer.refuse(request.id, pod)
    return see_other(REQUESTS)


async def _waits(_request: AccessRequest, _decision: Decision, _pod: Pod) -> Reply:
    return see_other(REQUESTS)


async def _reports(request: AccessRequest, _decision: Decision, pod: Pod) -> Reply:
    return see_other(f"{REQUESTS}report?{query_of(pod.store.name, request)}")


_ANSWERS: Final[dict[Answer, Callable[[AccessRequest, Decision, Pod], Awaitable[Reply]]]] = {
    Answer.ACCEPT: _accepts,
    Answer.PROPOSE: _proposes,
    Answer.REFUSE: _refuses,
    Answer.LATER: _waits,
    Answer.REPORT: _reports,
}


async def _failed(visit: Visit, pod: Pod, request: AccessRequest, problem: Problem) -> Reply:
    return failed("request", visit, problem, await values_of(visit, pod, request))
