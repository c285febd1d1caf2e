"""The page of ways in: passwords, passkeys, recovery codes, and where she is signed in."""

from pod.account.journal import Action
from pod.flows.account.add_passkey import add_passkey, offer_passkey, passkeys_of
from pod.flows.account.add_password import add_password, passwords_of
from pod.flows.account.change_password import change_password
from pod.flows.account.recover import codes_left, make_codes
from pod.flows.account.remove_login import remove_login
from pod.flows.account.session import end_session, sessions_of
from pod.model import Reply
from pod.problems import Conflict, Malformed, TooMany
from pod.store.server_values import Session
from pod.web.account.pages.account_sheets import signed_in_at, ways_in
from pod.web.account.pages.place import failed
from pod.web.account.pages.twins import Shown
from pod.web.places import HOME, SECURITY
from pod.web.ui.page import page
from pod.web.visit import Visit, see_other


async def security(visit: Visit, session: Session) -> Shown:
    """How she signs in, and where she is signed in."""
    account, server = session.account, visit.server
    passwords, passkeys = await passwords_of(account, server), await passkeys_of(account, server)
    sessions = await sessions_of(account, server)
    values = {
        "wrong": "",
        "codes": (),
        "home": HOME,
        "here": SECURITY,
        "passkey": SECURITY + "passkey/options",
        "passwords": passwords,
        "passkeys": passkeys,
        "codes_left": await codes_left(account, server),
        "sessions": sessions,
        "current": session.id,
    }
    sheets = (ways_in(passwords, passkeys), signed_in_at(sessions, session.id))
    return Shown(template="security", values=values, sheets=sheets)


async def adds_password(visit: Visit, session: Session) -> Reply:
    form, server = visit.form, visit.server
    try:
        name, password = form.get("email", ""), form.get("password", "")
        await add_password(session.account, name, password, server)
    except (Malformed, Conflict) as problem:
        return failed("security", visit, problem, await _values(visit, session))
    return see_other(SECURITY)


async def changes_password(visit: Visit, session: Session) -> Reply:
    form, server = visit.form, visit.server
    old, new = form.get("old", ""), form.get("new", "")
    try:
        await change_password(form.get("login", ""), old, new, visit.asker, server)
    except (Malformed, TooMany) as problem:
        return failed("security", visit, problem, await _values(visit, session))
    return see_other(SECURITY)


async def offers_new_passkey(visit: Visit, session: Session) -> Reply:
    """What the browser makes a passkey from."""
    options = await offer_passkey(session.account, visit.server)
    headers = (("Content-Type", "application/json"), ("Cache-Control", "no-store"))
    return Reply(status=200, headers=headers, body=options.encode())


async def adds_passkey(visit: Visit, session: Session) -> Reply:
    form, server = visit.form, visit.server
    try:
        await add_passkey(session.account, form.get("answer", ""), form.get("name", ""), server)
    except (Malformed, Conflict) as problem:
        return failed("security", visit, problem, await _values(visit, session))
    return see_other(SECURITY)


async def removes_login(visit: Visit, session: Session) -> Reply:
    try:
        await remove_login(session.account, visit.form.get("login", ""), visit.server)
    except Malformed as problem:
        return failed("security", visit, problem, await _values(visit, session))
    return see_other(SECURITY)


async def makes_recovery(visit: Visit, session: Session) -> Reply:
    codes = await make_codes(session.account, visit.server)
    return page("security", visit.look, await _values(visit, session) | {"codes": codes})


async def ends_session(visit: Visit, session: Session) -> Reply:
    ended = visit.form.get("session", "")
    await end_session(session.account, ended, visit.server, Action.SESSION_ENDED)
    return see_other(SECURITY)


async def _values(visit: Visit, session: Session) -> dict[str, object]:
    return {**(await security(visit, session)).values}
