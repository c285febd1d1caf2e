"""A person answers what an app's request needs of her: signs in, allows, refuses."""

import json
from dataclasses import dataclass

from pod.flows.context import Server
from pod.flows.oidc.apps import app_of
from pod.flows.oidc.authorize import Sent, granted, refusal, step_of
from pod.flows.oidc.permit import person_of, remember
from pod.oidc.authorization import Authorization, answerable, read_authorization
from pod.oidc.interaction import Ask, Consent
from pod.oidc.oauth_error import OAuthError
from pod.oidc.passwords import hash_secret
from pod.problems import Malformed, NotFound
from pod.store.server import Tables
from pod.store.server_values import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request whose person is being asked. `done` is what she was asked already."""

    id: str
    asked: Authorization
    done: frozenset[Ask]


async def waiting(interaction: str, server: Server) -> Waiting:
    """The request of an interaction. Raises NotFound where it is over, and Malformed where the app
    has changed meanwhile so that it cannot be answered.
    """
    now, hashed = server.now(), hash_secret(interaction)
    kept = await server.accounts.read(lambda tables: tables.interactions.find(hash=hashed))
    if kept is None or kept.expires <= now:
        raise NotFound("this took too long; go back to the app and begin again")
    parameters = json.loads(kept.parameters)
    at = answerable(parameters, await app_of(parameters["client_id"], server))
    try:
        asked = read_authorization(parameters, at)
    except OAuthError as error:
        raise Malformed(str(error)) from error
    return Waiting(id=interaction, asked=asked, done=frozenset(map(Ask, kept.done.split())))


async def look(found: Waiting, session: Session | None, server: Server) -> Ask | Sent:
    """What to ask next; or where she goes, when nothing is left to ask."""
    try:
        step = await step_of(found.asked, session, found.done, server)
    except OAuthError as error:
        return refusal(found.asked.answerable, error, server)
    if isinstance(step, Consent) and session is not None:
        await _end(found, server)
        return await granted(found.asked, step, session, server)
    return step if isinstance(step, Ask) else Ask.SIGN_IN


async def note_done(found: Waiting, ask: Ask, server: Server) -> None:
    """Note that she was asked something and has answered."""
    done = " ".join(sorted(each.value for each in found.done | {ask}))
    await server.accounts.write(
        lambda tables: tables.interactions.set("done", done, hash=hash_secret(found.id))
    )


async def allow(
    found: Waiting, webid: str, session: Session, server: Server, *, remembered: bool
) -> Sent:
    """She lets the app act as one of her WebIDs. Raises Malformed for one that is not hers."""
    person = await person_of(session, server)
    if person is None or webid not in person.webids:
        raise Malformed("choose one of your own identities")
    consent = Consent(webid=webid, scopes=frozenset(found.asked.scopes))
    if remembered:
        await remember(found.asked, consent, session, server)
    await _end(found, server)
    return await granted(found.asked, consent, session, server)


async def refuse(found: Waiting, server: Server) -> Sent:
    """She does not. The app is told so."""
    await _end(found, server)
    denied = OAuthError("access_denied", "the person does not allow it")
    return refusal(found.asked.answerable, denied, server)


async def _end(found: Waiting, server: Server) -> None:
    now, hashed = server.now(), hash_secret(found.id)

    def work(tables: Tables) -> None:
        tables.interactions.remove_until("expires", now)
        tables.interactions.remove(hash=hashed)

    await server.accounts.write(work)
