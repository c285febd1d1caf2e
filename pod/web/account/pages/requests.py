"""What waits for a person to decide, and what became of what she has decided."""

from urllib.parse import urlencode

from pod.agreements import REQUESTS as REQUESTS_OF
from pod.agreements import AccessRequest, RequestState
from pod.consent.access_request import is_open
from pod.consent.asked import of_request
from pod.flows.consent.ask_screen import screen_of
from pod.flows.consent.decide import request_in, requests_in
from pod.flows.consent.requests import grant_for
from pod.flows.context import Pod
from pod.flows.own_spaces import own_spaces
from pod.model import Reply
from pod.problems import NotFound
from pod.store.server_values import Session
from pod.web.account.pages.exercise import EXERCISE
from pod.web.account.pages.place import request_page
from pod.web.account.pages.reduction import receipt_values
from pod.web.account.pages.space import chosen_space, teller
from pod.web.account.pages.twins import Shown
from pod.web.places import APPS, REQUESTS
from pod.web.ui.calls import Get
from pod.web.ui.consent import consent_part
from pod.web.ui.page import page
from pod.web.ui.sheet import Column, Sheet, Value
from pod.web.visit import Visit

_COLUMNS = ("who", "space", "what", "purpose", "created", "lapses", "state")

Waiting = tuple[str, AccessRequest]
"""A request, and the name of the space that it is about."""


async def requests(visit: Visit, session: Session) -> Shown:
    """All that was asked for: what waits first."""
    found = await asked_of(visit, session)
    values = {
        "exercise": EXERCISE,
        "waiting": [_told(*one, visit) for one in found if one[1].state is RequestState.WAITING],
        "proposed": [_told(*one, visit) for one in found if one[1].state is RequestState.PROPOSED],
        "answered": [_told(*one, visit) for one in found if not is_open(one[1])],
    }
    spaces = await own_spaces(session.account, visit.server)
    call = Get(url=f"{spaces[0].store.storage}{REQUESTS_OF}") if spaces else None
    return Shown(template="requests", values=values, sheets=(_sheet(found, visit),), call=call)


async def one_request(visit: Visit, session: Session) -> Reply:
    """One of them: the screen to decide on, or what became of it."""
    pod, request = await request_of(visit, session)
    return page("request", visit.look, await values_of(visit, pod, request))


async def show_report(visit: Visit, session: Session) -> Reply:
    pod, request = await request_of(visit, session)
    values = _named(pod, request) | {"text": request.reported or ""}
    return page("report", visit.look, values)


async def receipt(visit: Visit, session: Session) -> Reply:
    """What she has given: kept, signed, and where it is stopped."""
    pod, request = await request_of(visit, session)
    grant = grant_for(request, pod)
    if grant is None:
        raise NotFound("nothing was given on this request")
    return page("receipt", visit.look, await receipt_values(visit, pod, grant))


async def asked_of(visit: Visit, session: Session) -> list[Waiting]:
    """All requests in all spaces of the account, the latest first, as they stand now."""
    found = [
        (pod.store.name, one)
        for pod in await own_spaces(session.account, visit.server)
        for one in requests_in(pod)
    ]
    return sorted(found, key=lambda one: one[1].created, reverse=True)


def _sheet(found: list[Waiting], visit: Visit) -> Sheet:
    """The requests as rows, the latest first."""
    say, told = teller(visit).say, [_told(*one, visit) for one in found]
    columns = tuple(Column(name=one, title=say(f"requests.col_{one}")) for one in _COLUMNS)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            *(str(said[name]) for name in ("who", "space", "what", "purpose")),
            request.created,
            request.lapses,
            say(f"request.state_{request.state.value}"),
        )
        for said, (_, request) in zip(told, found, strict=True)
    )
    addresses = tuple(str(said["at"]) for said in told)
    return Sheet(
        name="requests",
        title=say("requests.table"),
        columns=columns,
        rows=rows,
        addresses=addresses,
    )


async def request_of(visit: Visit, session: Session) -> tuple[Pod, AccessRequest]:
    pod = await chosen_space(visit, session)
    return pod, request_in(visit.query.get("request", ""), pod)


async def values_of(visit: Visit, pod: Pod, request: AccessRequest) -> dict[str, object]:
    screen = await screen_of(request, pod) if request.state is RequestState.WAITING else None
    here = request_page(pod.store.name, request.id)
    return _named(pod, request) | {
        "wrong": "",
        "told": teller(visit),
        "asked": _told(pod.store.name, request, visit),
        "consent": screen and consent_part(screen, visit.look.language, here),
        "can_refuse": request.state is RequestState.PROPOSED,
    }


def _named(pod: Pod, request: AccessRequest) -> dict[str, object]:
    query = query_of(pod.store.name, request)
    return {
        "name": of_request(request).name,
        "space": pod.store.name,
        "request": request,
        "here": REQUESTS,
        "apps": APPS,
        "to": {
            "report": f"{REQUESTS}report?{query}",
            "refuse": f"{REQUESTS}refuse?{query}",
            "receipt": f"{REQUESTS}receipt?{query}",
        },
    }


def _told(space: str, request: AccessRequest, visit: Visit) -> dict[str, object]:
    """A request in a sentence: who asks for what."""
    asked, told = of_request(request), teller(visit)
    sentence = asked.sentence.within(visit.look.language) if asked.sentence else ""
    return {
        "who": asked.name,
        "space": space,
        "what": ", ".join(told.items((*request.required, *request.optional))),
        "purpose": sentence or told.purpose(request.purpose),
        "at": request_page(space, request.id),
        "created": told.dated(request.created),
        "lapses": told.dated(request.lapses),
        "state": request.state.value,
        "proposed": told.items(request.proposed.items) if request.proposed else [],
    }


def query_of(space: str, request: AccessRequest) -> str:
    return urlencode({"space": space, "request": request.id})
