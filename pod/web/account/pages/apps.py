"""The page of apps: what each may do in which space, who is signed in to, and keys for scripts."""

from pod.flows.account.issue_credentials import credentials_of, issue_credentials
from pod.flows.account.link_webid import webids_of
from pod.flows.account.revoke_credentials import revoke_credentials
from pod.flows.own_spaces import own_spaces
from pod.ldp.allow import ALL_GRANTS
from pod.model import Reply
from pod.problems import Malformed
from pod.store.server_values import Session
from pod.web.account.pages.parties import Party, access_sheet, parties_of
from pod.web.account.pages.place import failed
from pod.web.account.pages.space import teller
from pod.web.account.pages.twins import Shown
from pod.web.places import APPS, JOURNAL
from pod.web.ui.calls import Get
from pod.web.ui.page import page
from pod.web.visit import Visit, see_other


async def apps(visit: Visit, session: Session) -> Shown:
    """What each may do, what it has used of that, and what has ended."""
    found = await parties_of(visit, session)
    spaces = await own_spaces(session.account, visit.server)
    return Shown(
        template="apps",
        call=Get(url=f"{spaces[0].store.storage}{ALL_GRANTS}") if spaces else None,
        values=await _values(found, visit, session),
        sheets=(access_sheet(found, teller(visit)),),
    )


async def makes_credentials(visit: Visit, session: Session) -> Reply:
    form = visit.form
    try:
        client, secret = await issue_credentials(
            session.account, form.get("label", "").strip(), form.get("webid", ""), visit.server
        )
    except Malformed as problem:
        return failed("apps", visit, problem, await values_of(visit, session))
    made = {"id": client.id, "secret": secret}
    return page("apps", visit.look, await values_of(visit, session) | {"made": made})


async def revokes_credentials(visit: Visit, session: Session) -> Reply:
    await revoke_credentials(session.account, visit.form.get("client", ""), visit.server)
    return see_other(APPS)


async def values_of(visit: Visit, session: Session) -> dict[str, object]:
    """What the page is filled with."""
    return await _values(await parties_of(visit, session), visit, session)


async def _values(found: list[Party], visit: Visit, session: Session) -> dict[str, object]:
    return {
        "wrong": "",
        "made": None,
        "here": APPS,
        "journal": JOURNAL,
        "told": teller(visit),
        "many": len(await own_spaces(session.account, visit.server)) > 1,
        "apps": [one for one in found if one.has_any],
        "past": [one for one in found if any(each.past for _, each in one.spaces)],
        "can_pause": any(one.has_access for one in found),
        "credentials": await credentials_of(session.account, visit.server),
        "webids": await webids_of(session.account, visit.server),
    }
