"""A person answers what an app's request needs of her: signs in, allows, refuses.

Pages ask her one thing after the other. Scripts that were written for Community Solid Server answer
in steps instead, which are kept until somebody comes to see what is left to ask.
"""

import json
from dataclasses import dataclass, replace

from pod.flows.context import Server
from pod.flows.oidc.admit import admit
from pod.flows.oidc.apps import app_of
from pod.flows.oidc.authorize import Sent, granted, refusal, step_of
from pod.flows.oidc.permit import person_of, remember
from pod.oidc.authorization import Authorization, answerable, read_authorization
from pod.oidc.interaction import Ask, Begun, Consent
from pod.oidc.oauth_error import OAuthError
from pod.oidc.passwords import hash_secret
from pod.problems import Malformed, NotFound
from pod.store.server import Tables
from pod.store.server_values import Session

_REFUSED = "access_denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request whose person is being asked. `done` is what she was asked already, and `webid` as
    whom she wants to go on, where she has said so beforehand.
    """

    id: str
    asked: Authorization
    done: frozenset[Ask]
    webid: str | None
    is_refused: bool

    @property
    def allowed(self) -> Consent | None:
        """What she has allowed in steps; whether the WebID is hers is still to be seen."""
        if self.webid is None or Ask.CONSENT not in self.done:
            return None
        return Consent(webid=self.webid, scopes=frozenset(self.asked.scopes))


async def waiting(interaction: str, begun: Begun | None, server: Server) -> Waiting:
    """The request of an interaction, in the browser that began it.

    Raises NotFound where it is over, or another browser began it, and Malformed where the app has
    changed meanwhile so that it cannot be answered.
    """
    now, hashed = server.now(), hash_secret(interaction)
    kept = await server.accounts.read(lambda tables: tables.interactions.find(hash=hashed))
    if kept is None or kept.expires <= now:
        raise NotFound("this took too long; go back to the app and begin again")
    if begun is None or kept.browser != hash_secret(begun.mark):
        raise NotFound("this was begun in another browser, or yours keeps no cookies; begin again")
    parameters = json.loads(kept.parameters)
    at = answerable(parameters, await app_of(parameters["client_id"], server))
    try:
        asked = read_authorization(parameters, at)
    except OAuthError as error:
        raise Malformed(str(error)) from error
    words = frozenset(kept.done.split())
    return Waiting(
        id=interaction,
        asked=asked,
        done=frozenset(ask for ask in Ask if ask.value in words),
        webid=kept.webid,
        is_refused=_REFUSED in words,
    )


async def is_waiting(begun: Begun | None, server: Server) -> bool:
    """Whether the last request that a browser has brought still waits for an answer."""
    if begun is None:
        return False
    hashed, browser = hash_secret(begun.last), hash_secret(begun.mark)
    kept = await server.accounts.read(
        lambda tables: tables.interactions.find(hash=hashed, browser=browser)
    )
    return kept is not None and kept.expires > server.now()


async def prompt(found: Waiting, session: Session | None, server: Server) -> Ask:
    """What to ask in the next of several steps; it always ends with the consent."""
    step = await step_of(found.asked, session, found.done, server, found.allowed)
    if step is Ask.SIGN_IN:
        return step
    return Ask.CONSENT if found.webid is not None else Ask.CHOOSE_WEBID


async def look(found: Waiting, session: Session | None, server: Server) -> Ask | Sent:
    """What to ask next; or where she goes, when nothing is left to ask. Raises NotFound where she
    went there already.
    """
    if found.is_refused:
        return await refuse(found, server)
    try:
        step = await step_of(found.asked, session, found.done, server, found.allowed)
    except OAuthError as error:
        return refusal(found.asked.answerable, error, server)
    if isinstance(step, Consent) and session is not None:
        await _end(found, server)
        return await granted(found.asked, step, session, server)
    return step if isinstance(step, Ask) else Ask.SIGN_IN


async def note_done(found: Waiting, ask: Ask, server: Server) -> None:
    """Note that she was asked something and has answered."""
    await _note(found, found.done | {ask}, found.webid, server)


async def pick(found: Waiting, webid: str, session: Session, server: Server) -> None:
    """She wants to go on as one of her WebIDs. Raises Malformed for one that is not hers."""
    await _check_own(webid, session, server)
    await _note(found, found.done | {Ask.CHOOSE_WEBID}, webid, server)


async def forget(found: Waiting, server: Server) -> None:
    """She wants to choose again."""
    await _note(found, found.done - {Ask.CHOOSE_WEBID, Ask.CONSENT}, None, server)


async def choose(
    found: Waiting, webid: str, session: Session, server: Server, *, remembered: bool
) -> Waiting:
    """She lets the app act as one of her WebIDs, and is to be asked what it may do. Raises
    Malformed for one that is not hers.
    """
    chosen = replace(found, webid=webid)
    await agree(chosen, session, server, remembered=remembered, trusted=False)
    return chosen


async def agree(
    found: Waiting, session: Session, server: Server, *, remembered: bool, trusted: bool
) -> None:
    """She lets the app act as the WebID that she picked, and if it is `trusted` do all that she
    may. Raises Malformed where she picked none.
    """
    if found.webid is None:
        raise Malformed("choose a WebID first, with `controls.oidc.webId`")
    await _check_own(found.webid, session, server)
    if trusted:
        await admit(found.asked.answerable.app.id, found.webid, session.account, server)
    if remembered:
        consent = Consent(webid=found.webid, scopes=frozenset(found.asked.scopes))
        await remember(found.asked, consent, session, server)
    await _note(found, found.done | {Ask.CHOOSE_WEBID, Ask.CONSENT}, found.webid, server)


async def cancel(found: Waiting, server: Server) -> None:
    """She does not allow it. The app is told so when she goes on."""
    hashed = hash_secret(found.id)
    await server.accounts.write(
        lambda tables: tables.interactions.set("done", _REFUSED, hash=hashed)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What she allows: to act as this WebID, not to be asked again, to do all that she may."""

    webid: str
    remembered: bool
    trusted: bool


async def allow(found: Waiting, allowed: Allowed, session: Session, server: Server) -> Sent:
    """She lets the app act as one of her WebIDs. Raises Malformed for one that is not hers, and
    NotFound where she has answered already.
    """
    await _check_own(allowed.webid, session, server)
    await _end(found, server)
    if allowed.trusted:
        await admit(found.asked.answerable.app.id, allowed.webid, session.account, server)
    consent = Consent(webid=allowed.webid, scopes=frozenset(found.asked.scopes))
    if allowed.remembered:
        await remember(found.asked, consent, session, server)
    return await granted(found.asked, consent, session, server)


async def refuse(found: Waiting, server: Server) -> Sent:
    """She does not. The app is told so."""
    await _end(found, server)
    denied = OAuthError(_REFUSED, "the person does not allow it")
    return refusal(found.asked.answerable, denied, server)


async def _check_own(webid: str, session: Session, server: Server) -> None:
    person = await person_of(session, server)
    if person is None or webid not in person.webids:
        raise Malformed("choose one of your own identities")


async def _note(found: Waiting, done: frozenset[Ask], webid: str | None, server: Server) -> None:
    hashed, words = hash_secret(found.id), " ".join(sorted(each.value for each in done))

    def work(tables: Tables) -> None:
        tables.interactions.set("done", words, hash=hashed)
        tables.interactions.set("webid", webid, hash=hashed)

    await server.accounts.write(work)


async def _end(found: Waiting, server: Server) -> None:
    """Raises NotFound for the second of two answers: one request is good for one code."""
    hashed = hash_secret(found.id)
    if not await server.accounts.write(lambda tables: tables.interactions.remove(hash=hashed)):
        raise NotFound("this was answered already; go back to the app")
