"""The receipt of what she has given, and the page on which she reduces it."""

from pod.agreements import AccessGrant
from pod.consent.answer import read_answer
from pod.consent.asked import sentence_of
from pod.consent.deed import Party, party_of
from pod.consent.line import retention
from pod.consent.record import leaves
from pod.consent.screen import Answer
from pod.flows.consent.reduce import reduce, screen_to_reduce
from pod.flows.consent.standing import live
from pod.flows.consent.stop import stop
from pod.flows.context import Pod
from pod.model import Reply
from pod.problems import Conflict, Malformed, Unprocessable
from pod.store.server_values import Session
from pod.web.account.pages.changes import to_stopped
from pod.web.account.pages.ended import grant_named
from pod.web.account.pages.place import failed
from pod.web.account.pages.space import teller_of
from pod.web.places import APPS, link
from pod.web.ui.consent import consent_part
from pod.web.ui.page import page
from pod.web.visit import Visit, see_other

REDUCE = f"{APPS}reduce"
RECEIPT = f"{APPS}receipt"


async def shows(visit: Visit, session: Session) -> Reply:
    """What is given now, all of it ticked: she takes away what she likes."""
    pod, grant = await grant_named(visit, session)
    try:
        return page("reduce", visit.look, await _values(visit, pod, grant))
    except Conflict:  # it is over
        return to_stopped(_party(grant, pod).name)


async def reduces(visit: Visit, session: Session) -> Reply:
    """She has answered: less of it, nothing of it, or as it is."""
    pod, grant = await grant_named(visit, session)
    try:
        screen = await screen_to_reduce(grant, pod)
        decision = read_answer(visit.pairs, screen)
        if decision.answer is Answer.REFUSE:
            await stop(grant.id, pod)
            return to_stopped(_party(grant, pod).name)
        if decision.answer is not Answer.ACCEPT:
            return see_other(APPS)
        made = await reduce(grant.id, decision.items, decision.days, pod, screen=decision.screen)
    except Conflict:
        return to_stopped(_party(grant, pod).name)
    except (Malformed, Unprocessable) as problem:
        return failed("reduce", visit, problem, await _values(visit, pod, grant))
    return see_other(link(RECEIPT, space=pod.store.name, grant=made.id))


async def receipt(visit: Visit, session: Session) -> Reply:
    """What she has given: kept, signed, and where it is stopped."""
    pod, grant = await grant_named(visit, session)
    return page("receipt", visit.look, await receipt_values(visit, pod, grant))


async def receipt_values(visit: Visit, pod: Pod, grant: AccessGrant) -> dict[str, object]:
    """What a receipt is filled with."""
    party = _party(grant, pod)
    told = await teller_of(visit, pod, [party])
    asked = pod.store.snapshot().agreements.requests.find(id=grant.request or "")
    sentence = sentence_of(grant, asked)
    return {
        "name": told.who(party),
        "told": told,
        "grant": grant,
        "why": sentence.within(visit.look.language) or told.purpose(grant.purpose),
        "party": party,
        "is_over": not live((grant,), visit.server.now()),
        "leaves": leaves(grant.record),
        "kept": retention(grant.retention),
        "space": pod.store.name,
        "apps": APPS,
    }


async def _values(visit: Visit, pod: Pod, grant: AccessGrant) -> dict[str, object]:
    here = link(REDUCE, space=pod.store.name, grant=grant.id)
    screen = await screen_to_reduce(grant, pod)
    return await receipt_values(visit, pod, grant) | {
        "wrong": "",
        "consent": consent_part(screen, visit.look.language, here),
    }


def _party(grant: AccessGrant, pod: Pod) -> Party:
    return party_of(grant.agent, grant.client, pod.store.identity.owners)
