"""The pages of ways in and out: signing in, making a space, recovery codes, signing out."""

from pod.account.controls import Registration
from pod.account.journal import Action
from pod.flows.account.recover import recover
from pod.flows.account.session import SignedIn, end_session
from pod.flows.account.sign_in import sign_in
from pod.flows.account.sign_up import Welcome, begin_with_passkey, finish_with_passkey, sign_up
from pod.flows.account.use_passkey import ask_for_passkey, sign_in_with_passkey
from pod.flows.account.visit import visit as enter
from pod.model import Reply
from pod.oidc.interaction import is_data_page
from pod.problems import Conflict, Forbidden, Malformed, NotFound, Problem, TooMany
from pod.web.account.pages.place import failed, is_request_page
from pod.web.places import APPS, HOME, RECOVER, SECURITY, SETTINGS, SIGN_IN, SIGN_UP, SPACES
from pod.web.reply import STATUS
from pod.web.ui.page import page
from pod.web.ui.refusals import in_words
from pod.web.visit import Visit, kept_cookie, no_cookie, see_other

_REFUSALS = (Malformed, Conflict, Forbidden, TooMany, NotFound)
_BACK = frozenset({SECURITY, APPS, SPACES, SETTINGS, SETTINGS + "delete/"})
_JSON = (("Content-Type", "application/json"), ("Cache-Control", "no-store"))


async def show_sign_in(visit: Visit) -> Reply:
    return page("sign_in", visit.look, sign_in_values(visit))


async def signs_in(visit: Visit) -> Reply:
    """She has sent her name and her password, or what her passkey has signed."""
    try:
        begun = await proven(visit)
    except (Forbidden, TooMany) as problem:
        wrong = "wait" if isinstance(problem, TooMany) else "wrong"
        values = sign_in_values(visit) | {"wrong": wrong}
        return page("sign_in", visit.look, values, status=STATUS[type(problem)])
    return see_other(_next(visit), kept_cookie(begun, visit.server.base))


async def visits(visit: Visit) -> Reply:
    """She looks around in a demonstration."""
    try:
        begun = await enter(visit.asker, visit.server)
    except TooMany as problem:
        values = sign_in_values(visit) | {"wrong": "wait"}
        return page("sign_in", visit.look, values, status=STATUS[type(problem)])
    return see_other(HOME, kept_cookie(begun, visit.server.base))


async def show_confirm(visit: Visit) -> Reply:
    """Somebody who is signed in shows again who she is, before what cannot be undone."""
    return page("sign_in", visit.look, sign_in_values(visit) | {"again": True})


async def offers_passkey(visit: Visit) -> Reply:
    """What the browser signs with a passkey."""
    try:
        options = await ask_for_passkey(visit.asker, visit.server)
    except TooMany as problem:
        return _told(visit, problem)
    return Reply(status=200, headers=_JSON, body=options.encode())


async def show_sign_up(visit: Visit) -> Reply:
    return page("sign_up", visit.look, _sign_up_values(visit))


async def signs_up(visit: Visit) -> Reply:
    """She has chosen a name, and a password or a passkey."""
    form, server = visit.form, visit.server
    name = form.get("name", "").strip()
    try:
        if form.get("answer"):
            welcome = await finish_with_passkey(name, form["answer"], visit.session, server)
        else:
            password, invitation = form.get("password", ""), form.get("invite", "")
            welcome = await sign_up(name, password, invitation, visit.asker, server)
    except _REFUSALS as problem:
        return failed("sign_up", visit, problem, _sign_up_values(visit))
    return _welcomed(visit, welcome)


async def begins_passkey(visit: Visit) -> Reply:
    """What the browser makes the passkey of a new space from."""
    form, server = visit.form, visit.server
    name = form.get("name", "").strip()
    try:
        begun, options = await begin_with_passkey(name, form.get("invite", ""), visit.asker, server)
    except _REFUSALS as problem:
        return _told(visit, problem)
    kept = ("Set-Cookie", kept_cookie(begun, server.base))
    return Reply(status=200, headers=(*_JSON, kept), body=options.encode())


async def show_recover(visit: Visit) -> Reply:
    return page("recover", visit.look, {"wrong": "", "action": RECOVER})


async def recovers(visit: Visit) -> Reply:
    """She has sent one of her recovery codes."""
    try:
        begun = await recover(visit.form.get("code", ""), visit.asker, visit.server)
    except (Forbidden, TooMany) as problem:
        return failed("recover", visit, problem, {"action": RECOVER})
    return see_other(SECURITY, kept_cookie(begun, visit.server.base))


async def signs_out(visit: Visit) -> Reply:
    if visit.session is not None:
        session = visit.session
        await end_session(session.account, session.id, visit.server, Action.SIGNED_OUT)
    return see_other(SIGN_IN, no_cookie(visit.server.base))


async def proven(visit: Visit) -> SignedIn:
    """The session of who has shown who she is. Raises Forbidden and TooMany."""
    form, server, remembered = visit.form, visit.server, "remember" in visit.form
    if form.get("answer"):
        return await sign_in_with_passkey(
            form["answer"], visit.asker, server, remembered=remembered
        )
    return await sign_in(
        form.get("email", ""),
        form.get("password", ""),
        visit.asker,
        server,
        remembered=remembered,
    )


def _told(visit: Visit, problem: Problem) -> Reply:
    """What a script on a page is told, as a text that people can read."""
    headers = (("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"))
    text = in_words(str(problem), visit.look.language)
    return Reply(status=STATUS[type(problem)], headers=headers, body=text.encode())


def _next(visit: Visit) -> str:
    """Where she was going, if that is a page of her account, or asks about her data."""
    wanted = visit.form.get("next", "")
    if wanted in _BACK or is_data_page(wanted) or is_request_page(wanted):
        return wanted
    return HOME


def sign_in_values(visit: Visit) -> dict[str, object]:
    """What the page of signing in is filled with."""
    return {
        "app": "",
        "again": False,
        "wrong": "",
        "action": SIGN_IN,
        "passkey": SIGN_IN + "passkey",
        "email": visit.form.get("email", ""),
        "next": _next(visit),
        "sign_up": "" if _is_closed(visit) else SIGN_UP,
        "recover": RECOVER,
    }


def _sign_up_values(visit: Visit) -> dict[str, object]:
    mode = visit.server.config.registration_mode
    return {
        "wrong": "",
        "closed": _is_closed(visit),
        "invite": mode is Registration.INVITE,
        "action": SIGN_UP,
        "passkey": SIGN_UP + "passkey",
        "name": visit.form.get("name", ""),
        "address": visit.server.addresses.storage_of("…"),
        "sign_in": SIGN_IN,
    }


def _is_closed(visit: Visit) -> bool:
    return visit.server.config.registration_mode is Registration.CLOSED


def _welcomed(visit: Visit, welcome: Welcome) -> Reply:
    values = {"space": welcome.made.pod.storage, "codes": welcome.codes, "home": HOME}
    reply = page("welcome", visit.look, values)
    kept = ("Set-Cookie", kept_cookie(welcome.begun, visit.server.base))
    return Reply(status=200, headers=(*reply.headers, kept), body=reply.body)
