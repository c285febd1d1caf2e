"""The settings of an account: how pages are, taking everything along, and leaving."""

from pod.consent.deed import Who
from pod.flows.account.create_pod import pods_of
from pod.flows.account.delete_account import delete_account
from pod.flows.account.journal import journal
from pod.flows.context import Pod
from pod.flows.export import export
from pod.flows.holdings import holdings
from pod.flows.own_spaces import own_spaces
from pod.flows.rows import rows
from pod.http.language import LANGUAGES
from pod.insight.query import query
from pod.model import Reply
from pod.problems import Malformed
from pod.store.server_values import Session
from pod.web.account.pages.account_sheets import happened
from pod.web.account.pages.place import failed
from pod.web.account.pages.space import chosen_space, teller
from pod.web.account.pages.twins import Shown
from pod.web.page_fields import NOSNIFF
from pod.web.places import (
    HOME,
    LOOK,
    SECURITY,
    SETTINGS,
    SIGN_IN,
    SPACES,
    TERMS,
)
from pod.web.ui.page import page
from pod.web.ui.told import short
from pod.web.visit import Visit, no_cookie, see_other

DELETE = SETTINGS + "delete/"
EXPORT = SETTINGS + "export"
SHOWN_EVENTS = 30


async def settings(visit: Visit, session: Session) -> Shown:
    """What she can set, and where."""
    events = await journal(session.account, visit.server)
    values = {
        "languages": LANGUAGES,
        "spaces": [one.store.name for one in await own_spaces(session.account, visit.server)],
        "events": tuple(reversed(events))[:SHOWN_EVENTS],
        "to": {
            "look": LOOK,
            "security": SECURITY,
            "terms": TERMS,
            "spaces": SPACES,
            "export": EXPORT,
            "delete": DELETE,
            "out": HOME + "sign-out",
        },
        "told": teller(visit),
    }
    return Shown(template="settings", values=values, sheets=(happened(reversed(events)),))


async def exports(visit: Visit, session: Session) -> Reply:
    """The whole of one space, made while it is sent."""
    pod = await chosen_space(visit, session)
    day = visit.server.now().date().isoformat()
    headers = (
        ("Content-Type", "application/zip"),
        ("Content-Disposition", f'attachment; filename="{pod.store.name}-{day}.zip"'),
        ("Cache-Control", "no-store"),
        NOSNIFF,
    )
    return Reply(status=200, headers=headers, body=await export(pod))


async def show_delete(visit: Visit, session: Session) -> Reply:
    """What is lost with the account, before anything is."""
    return page("delete", visit.look, await _lost(visit, session))


async def deletes_account(visit: Visit, session: Session) -> Reply:
    """All of it is deleted by who ticks the box and types the name of one of its spaces."""
    names = {one.name for one in await pods_of(session.account, visit.server)}
    form = visit.form
    if form.get("sure") != "yes":
        problem = Malformed("tick the box first")
        return failed("delete", visit, problem, await _lost(visit, session))
    if names and form.get("typed", "").strip() not in names:
        problem = Malformed("type the name of your space")
        return failed("delete", visit, problem, await _lost(visit, session))
    await delete_account(session.account, visit.server)
    return see_other(SIGN_IN, no_cookie(visit.server.base))


async def _lost(visit: Visit, session: Session) -> dict[str, object]:
    spaces = await own_spaces(session.account, visit.server)
    names = [one.name for one in await pods_of(session.account, visit.server)]
    return {
        "wrong": "",
        "name": names[0] if names else "",
        "lost": [await _lost_in(pod) for pod in spaces],
        "told": teller(visit),
        "to": {
            "export": EXPORT,
            "delete": SPACES + "delete-account",
            "settings": SETTINGS,
        },
    }


async def _lost_in(pod: Pod) -> dict[str, object]:
    """What goes with a space: what organisations gave, and what does not work any more."""
    given = await rows(query("lost"), pod)
    held = [one for one in await holdings(pod) if one.held or one.is_trusted]
    return {
        "space": pod.store.name,
        "given": [(one.get("name") or short(one["holder"]), int(one["count"])) for one in given],
        "apps": [one.name or short(one.party.name) for one in held if one.party.who is Who.APP],
        "organisations": [
            one.name or short(one.party.name) for one in held if one.party.who is not Who.APP
        ],
    }
