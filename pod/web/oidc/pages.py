"""The pages between an app and a person: who she is, what she allows, and her way back."""

from collections.abc import Awaitable, Callable

from pod.account.journal import Action
from pod.account.session import INTERACTION as COOKIE
from pod.account.session import cookie
from pod.flows.account.session import end_session
from pod.flows.oidc.apps import has_logo, logo_of
from pod.flows.oidc.authorize import PATIENCE, Arrived, Sent, authorize
from pod.flows.oidc.interact import (
    Allowed,
    Waiting,
    allow,
    choose,
    look,
    note_done,
    refuse,
    waiting,
)
from pod.flows.oidc.permit import person_of
from pod.flows.oidc.questions import question
from pod.model import Reply
from pod.oidc.interaction import Ask, data_page, page_of
from pod.oidc.picture import MEDIA_TYPE
from pod.problems import Forbidden, Malformed, NotFound, TooMany
from pod.store.server_values import Session
from pod.web.account.pages.doors import proven, sign_in_values
from pod.web.page_fields import NOSNIFF
from pod.web.reply import STATUS
from pod.web.ui.page import page
from pod.web.ui.refusals import in_words
from pod.web.visit import Visit, kept_cookie, no_cookie, see_other

EVERYTHING = "everything"
"""The choice to let an app do all that its person may."""

Show = Callable[[Visit, str], Awaitable[Reply]]
"""From a visit, and the interaction that its address names, to a page or the way to the next."""


async def arrive(visit: Visit, _none: str) -> Reply:
    """An app has sent somebody here."""
    arrived = Arrived(peer=visit.peer, session=visit.session, begun=visit.begun)
    sent = await authorize(visit.pairs, arrived, visit.server)
    if isinstance(sent, Sent):
        return _go(sent)
    lasting = int(PATIENCE.total_seconds())
    kept = cookie(sent.text, visit.server.base, lasting, COOKIE)
    return see_other(page_of(sent.last), kept)


async def ask(visit: Visit, interaction: str) -> Reply:
    """The page for what is to be asked next."""
    found = await waiting(interaction, visit.begun, visit.server)
    step = await look(found, visit.session, visit.server)
    if isinstance(step, Sent):
        return _go(step)
    if step is Ask.SIGN_IN:
        return _sign_in_page(visit, found)
    return await _consent_page(visit, found)


async def signs_in(visit: Visit, interaction: str) -> Reply:
    """She has sent her name and her password, or what her passkey has signed."""
    found = await waiting(interaction, visit.begun, visit.server)
    try:
        begun = await proven(visit)
    except Forbidden:
        return _sign_in_page(visit, found, "wrong")
    except TooMany:
        return _sign_in_page(visit, found, "wait")
    await note_done(found, Ask.SIGN_IN, visit.server)
    return see_other(page_of(interaction), kept_cookie(begun, visit.server.base))


async def decides(visit: Visit, interaction: str) -> Reply:
    """She has allowed it, or refused."""
    found, form = await waiting(interaction, visit.begun, visit.server), visit.form
    if form.get("decision") != "allow":
        return _go(await refuse(found, visit.server))
    step = await look(found, visit.session, visit.server)
    if isinstance(step, Sent):
        return _go(step)
    if visit.session is None or step is Ask.SIGN_IN:
        return see_other(page_of(interaction))
    return await _allows(visit, found, visit.session)


async def _allows(visit: Visit, found: Waiting, session: Session) -> Reply:
    form = visit.form
    webid, remembered = form.get("webid", ""), "remember" in form
    if form.get("access") == EVERYTHING:
        allowed = Allowed(webid=webid, remembered=remembered, trusted=True)
        return _go(await allow(found, allowed, session, visit.server))
    chosen = await choose(found, webid, session, visit.server, remembered=remembered)
    if await question(chosen, session, visit.server) is None:
        return await ask(visit, found.id)
    return see_other(data_page(found.id, 1))


async def shows_logo(visit: Visit, interaction: str) -> Reply:
    """The picture that an app names, to be shown on these pages alone. Raises NotFound."""
    found = await waiting(interaction, visit.begun, visit.server)
    picture = await logo_of(found.asked.answerable.app, visit.server)
    if picture is None:
        raise NotFound("this app has no picture that can be shown")
    headers = (
        ("Content-Type", MEDIA_TYPE),
        ("Content-Security-Policy", "default-src 'none'; sandbox"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
        NOSNIFF,
    )
    return Reply(status=200, headers=headers, body=picture)


def logo_at(found: Waiting) -> str:
    """Where the picture of an app is on this server; "" where it has none."""
    return f"{page_of(found.id)}logo" if has_logo(found.asked.answerable.app) else ""


async def switches(visit: Visit, interaction: str) -> Reply:
    """She is somebody else than the one who is signed in."""
    found = await waiting(interaction, visit.begun, visit.server)
    if visit.session is not None:
        await _end(visit)
    return see_other(page_of(found.id), no_cookie(visit.server.base))


async def _end(visit: Visit) -> None:
    if visit.session is not None:
        session = visit.session
        await end_session(session.account, session.id, visit.server, Action.SIGNED_OUT)


def failed(visit: Visit, problem: Malformed | NotFound | Forbidden | TooMany) -> Reply:
    """The page for somebody who cannot go on, and whom no app can be told about."""
    detail = in_words(str(problem), visit.look.language)
    values = {"message": _MESSAGES[type(problem)], "detail": detail}
    return page("message", visit.look, values, status=STATUS[type(problem)])


_MESSAGES = {
    Malformed: "bad_request",
    NotFound: "too_late",
    Forbidden: "strange_form",
    TooMany: "too_many",
}


def _go(sent: Sent) -> Reply:
    return see_other(sent.address)


def _sign_in_page(visit: Visit, found: Waiting, wrong: str = "") -> Reply:
    at = found.asked.answerable
    values = sign_in_values(visit) | {
        "app": at.app.name or at.app.id,
        "wrong": wrong,
        "action": page_of(found.id) + "sign-in",
        "email": visit.form.get("email", "") or found.asked.login_hint or "",
    }
    status = {"wrong": 403, "wait": 429}.get(wrong, 200)
    return page("sign_in", visit.look, values, status=status, leads_to=at.redirect_uri)


async def _consent_page(visit: Visit, found: Waiting) -> Reply:
    at, here = found.asked.answerable, page_of(found.id)
    person = await person_of(visit.session, visit.server)
    values = {
        "app": at.app.name or at.app.id,
        "client": at.app.id,
        "logo": logo_at(found),
        "goes_to": at.redirect_uri,
        "offline": "offline_access" in found.asked.scopes,
        "webids": () if person is None else person.webids,
        "action": here + "consent",
        "switch": here + "switch",
        "everything": EVERYTHING,
    }
    return page("authorize", visit.look, values, leads_to=at.redirect_uri)
