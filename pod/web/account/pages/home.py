"""The first page of an account, its spaces, and what it can be given up."""

from collections.abc import Iterable
from urllib.parse import urlencode

from pod.flows.account.apps import apps_of
from pod.flows.account.create_pod import create_pod, pods_of
from pod.flows.account.delete_pod import delete_pod
from pod.flows.account.journal import journal
from pod.flows.account.link_webid import link_webid, webids_of
from pod.flows.account.name_issuer import Wanted, name_issuer, named_issuers
from pod.flows.account.unlink_webid import unlink_webid
from pod.flows.consent.decide import waiting_in
from pod.flows.context import Pod
from pod.flows.doings import recent_alerts
from pod.flows.own_spaces import own_spaces
from pod.model import Reply
from pod.problems import Conflict, Malformed, Problem, TooMany, Unproven
from pod.store.server_values import Session
from pod.web.account.pages.place import failed
from pod.web.account.pages.space import teller_of
from pod.web.places import APPS, HOME, JOURNAL, REQUESTS, SECURITY, SETTINGS, SPACES, TERMS
from pod.web.ui.page import page
from pod.web.visit import Visit, see_other

SHOWN_EVENTS = 30
SHOWN_ALERTS = 5


async def home(visit: Visit, session: Session) -> Reply:
    """What she has, what she should look at, and where to go on."""
    events = await journal(session.account, visit.server)
    spaces = await own_spaces(session.account, visit.server)
    values = {
        "pods": await pods_of(session.account, visit.server),
        "apps": await apps_of(session.account, visit.server),
        "waiting": sum(len(waiting_in(pod)) for pod in spaces),
        "alerts": await _alerts(visit, spaces),
        "journals": [
            (pod.store.name, f"{JOURNAL}?{urlencode({'space': pod.store.name})}") for pod in spaces
        ],
        "events": tuple(reversed(events))[:SHOWN_EVENTS],
        "to": {
            "spaces": SPACES,
            "apps": APPS,
            "requests": REQUESTS,
            "terms": TERMS,
            "security": SECURITY,
            "out": HOME + "sign-out",
        },
    }
    return page("home", visit.look, values)


async def spaces(visit: Visit, session: Session) -> Reply:
    return page("spaces", visit.look, await _spaces(visit, session))


async def makes_space(visit: Visit, session: Session) -> Reply:
    name = visit.form.get("name", "").strip()
    try:
        await create_pod(session.account, name, None, visit.server)
    except (Malformed, Conflict) as problem:
        return failed("spaces", visit, problem, await _spaces(visit, session))
    return see_other(SPACES)


async def deletes_space(visit: Visit, session: Session) -> Reply:
    """A space is deleted by who types its name."""
    name = visit.form.get("name", "")
    if visit.form.get("typed", "").strip() != name:
        return await _refused_space(visit, session, Malformed("type the name of the space"))
    await delete_pod(session.account, name, visit.server)
    return see_other(SPACES)


async def links_identity(visit: Visit, session: Session) -> Reply:
    """An identity elsewhere becomes one that she may sign in as."""
    try:
        await link_webid(session.account, visit.form.get("webid", "").strip(), visit.server)
    except Unproven as problem:
        values = await _spaces(visit, session) | {"statement": problem.statement}
        return failed("spaces", visit, problem, values)
    except (Malformed, Conflict, TooMany) as problem:
        return await _refused_space(visit, session, problem)
    return see_other(SPACES)


async def unlinks_identity(visit: Visit, session: Session) -> Reply:
    await unlink_webid(session.account, visit.form.get("link", ""), visit.server)
    return see_other(SPACES)


async def names_issuer(visit: Visit, session: Session) -> Reply:
    """She has another provider sign her in, or one more, or not any more."""
    form = visit.form
    wanted = Wanted(
        issuer=form.get("issuer", "").strip(),
        remove="remove" in form,
        sure=form.get("sure") == "yes",
    )
    try:
        await name_issuer(session.account, form.get("link", ""), wanted, visit.server)
    except (Malformed, Conflict, TooMany) as problem:
        return await _refused_space(visit, session, problem)
    return see_other(SPACES)


async def _alerts(visit: Visit, spaces: Iterable[Pod]) -> list[tuple[str, str]]:
    """What she should look at, each with the address of its explanation, the latest first."""
    found = []
    for pod in spaces:
        unusual = await recent_alerts(pod)
        teller = await teller_of(visit, pod, [one.party for one in unusual])
        for one in unusual[:SHOWN_ALERTS]:
            named = urlencode({"space": pod.store.name, "line": one.number})
            said = f"{teller.alert(one)} ({teller.dated(one.time)})"
            found.append((one.time, said, f"{JOURNAL}why?{named}"))
    latest = sorted(found, reverse=True)[:SHOWN_ALERTS]
    return [(said, address) for _, said, address in latest]


async def _spaces(visit: Visit, session: Session) -> dict[str, object]:
    links = await webids_of(session.account, visit.server)
    return {
        "wrong": "",
        "statement": "",
        "here": SPACES,
        "settings": SETTINGS,
        "pods": await pods_of(session.account, visit.server),
        "webids": links,
        "issuers": {
            one.id: (await named_issuers(session.account, one.id, visit.server))[1] for one in links
        },
    }


async def _refused_space(visit: Visit, session: Session, problem: Problem) -> Reply:
    return failed("spaces", visit, problem, await _spaces(visit, session))
