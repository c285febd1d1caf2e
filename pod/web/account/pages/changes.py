"""What a person does on the page of apps: pause, resume and stop, and trust with everything."""

from collections.abc import Awaitable, Callable

from pod.consent.deed import party_of
from pod.flows.account.apps import apps_of, stop_app
from pod.flows.app_access import pause_app, pause_everything, stop_everything
from pod.flows.app_access import stop_app as stop_app_in
from pod.flows.consent.pause import pause
from pod.flows.consent.resume import resume
from pod.flows.consent.stop import stop
from pod.flows.context import Pod
from pod.flows.holdings import holdings
from pod.flows.own_spaces import own_spaces
from pod.flows.trust import distrust, trust
from pod.model import Reply
from pod.oidc.tokens import client_iri
from pod.problems import Conflict, Malformed, NotFound, Problem, Unprocessable
from pod.store.server_values import Session
from pod.web.account.pages.apps import values_of
from pod.web.account.pages.place import failed
from pod.web.account.pages.space import chosen_space
from pod.web.places import APPS, link
from pod.web.visit import Visit, see_other

_REFUSALS = (Malformed, Conflict, Unprocessable)


async def pauses(visit: Visit, session: Session) -> Reply:
    return await _changed(visit, session, pause)


async def resumes(visit: Visit, session: Session) -> Reply:
    return await _changed(visit, session, resume)


async def stops(visit: Visit, session: Session) -> Reply:
    """One grant ends for good; what it has left is shown."""
    pod = await chosen_space(visit, session)
    grant = await stop(visit.form.get("grant", ""), pod)
    return to_stopped(party_of(grant.agent, grant.client, pod.store.identity.owners).name)


async def pauses_app(visit: Visit, session: Session) -> Reply:
    client = visit.form.get("client", "")
    for pod in await own_spaces(session.account, visit.server):
        await pause_app(client, pod)
    return see_other(APPS)


async def stops_app(visit: Visit, session: Session) -> Reply:
    """All of one app or organisation ends, in every space, and it is let in no more."""
    client, server = client_iri(visit.server.base, visit.form.get("client", "")), visit.server
    for pod in await own_spaces(session.account, server):
        for one in await holdings(pod):
            if one.party.name == client:
                for held in one.held:
                    await stop(held.grant.id, pod)
        await stop_app_in(client, pod)
    for app in await apps_of(session.account, server):
        if client_iri(server.base, app.client) == client:
            await stop_app(session.account, app.client, server)
    return to_stopped(client)


async def pauses_all(visit: Visit, session: Session) -> Reply:
    for pod in await own_spaces(session.account, visit.server):
        await pause_everything(pod)
    return see_other(APPS)


async def stops_all(visit: Visit, session: Session) -> Reply:
    """Everything ends, for who has ticked the box."""
    if visit.form.get("sure") != "yes":
        return await _failed(visit, session, Malformed("tick the box first"))
    for pod in await own_spaces(session.account, visit.server):
        await stop_everything(pod)
    return see_other(APPS)


async def trusts(visit: Visit, session: Session) -> Reply:
    """An app may do all that she may, in one space: for who has ticked the box."""
    pod, client = await chosen_space(visit, session), visit.form.get("client", "")
    if visit.form.get("sure") != "yes":
        return await _failed(visit, session, Malformed("tick the box first"))
    known = {one.party.name for one in await holdings(pod)}
    signed = await apps_of(session.account, visit.server)
    if client not in known.union(client_iri(visit.server.base, one.client) for one in signed):
        raise NotFound("this app has asked for nothing here")
    await trust(client, pod)
    return see_other(APPS)


async def distrusts(visit: Visit, session: Session) -> Reply:
    await distrust(visit.form.get("client", ""), await chosen_space(visit, session))
    return see_other(APPS)


async def _changed(
    visit: Visit, session: Session, change: Callable[[str, Pod], Awaitable[object]]
) -> Reply:
    pod = await chosen_space(visit, session)
    try:
        await change(visit.form.get("grant", ""), pod)
    except _REFUSALS as problem:
        return await _failed(visit, session, problem)
    return see_other(APPS)


async def _failed(visit: Visit, session: Session, problem: Problem) -> Reply:
    return failed("apps", visit, problem, await values_of(visit, session))


def to_stopped(name: str) -> Reply:
    """The way to what has ended of an app or organisation, and to what it may have kept."""
    return see_other(link(f"{APPS}stopped", who=name))
