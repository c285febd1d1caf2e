"""The page of the spaces of an account, of the identities of their owner, and of its end."""

from pod.flows.account.create_pod import create_pod, pods_of
from pod.flows.account.delete_pod import delete_pod
from pod.flows.account.link_webid import link_webid, webids_of
from pod.flows.account.name_issuer import Wanted, name_issuer, named_issuers
from pod.flows.account.unlink_webid import unlink_webid
from pod.model import Reply
from pod.problems import Conflict, Malformed, Problem, TooMany, Unproven
from pod.store.server_values import Session
from pod.web.account.pages.account_sheets import known_by, owned
from pod.web.account.pages.place import failed
from pod.web.account.pages.twins import Shown
from pod.web.places import SETTINGS, SPACES
from pod.web.visit import Visit, see_other


async def spaces(visit: Visit, session: Session) -> Shown:
    """Her spaces, and the addresses that she is known by, with who signs her in there."""
    account, server = session.account, visit.server
    pods, links = await pods_of(account, server), await webids_of(account, server)
    issuers = {one.id: (await named_issuers(account, one.id, server))[1] for one in links}
    values = {
        "wrong": "",
        "statement": "",
        "here": SPACES,
        "settings": SETTINGS,
        "pods": pods,
        "webids": links,
        "issuers": issuers,
    }
    return Shown(template="spaces", values=values, sheets=(owned(pods), known_by(links, issuers)))


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


async def _spaces(visit: Visit, session: Session) -> dict[str, object]:
    return {**(await spaces(visit, session)).values}


async def _refused_space(visit: Visit, session: Session, problem: Problem) -> Reply:
    return failed("spaces", visit, problem, await _spaces(visit, session))
