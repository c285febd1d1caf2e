"""The authorization endpoint: an app sends a person here, to come back with a code."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pod.account.throttle import network_of
from pod.flows.context import Server
from pod.flows.oidc.apps import app_of
from pod.flows.oidc.permit import code_for, consents_of, person_of
from pod.oidc.authorization import (
    READ,
    Answerable,
    Authorization,
    answerable,
    read_authorization,
    read_parameters,
    redirection,
)
from pod.oidc.interaction import MARK_BYTES, Ask, Begun, Consent, next_step
from pod.oidc.oauth_error import OAuthError
from pod.oidc.passwords import hash_secret
from pod.problems import TooMany
from pod.store.app_values import Interaction
from pod.store.server import Tables
from pod.store.server_values import Session

PATIENCE = timedelta(minutes=30)
"""How long a person may take to answer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The person goes back to the app."""

    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Somebody whom an app has sent: where from on the network, her session if she has one, and
    what her browser keeps of requests before.
    """

    peer: str | None
    session: Session | None
    begun: Begun | None


async def authorize(
    pairs: Sequence[tuple[str, str]], arrived: Arrived, server: Server
) -> Sent | Begun:
    """Where somebody goes whom an app has sent, with the parameters of its request: back, or
    to the page of what her browser has begun.

    Raises Malformed where the app cannot be answered; the person is told then. And TooMany.
    """
    session = arrived.session
    wait = server.throttles.arrivals.take(network_of(arrived.peer), server.now())
    if wait is not None:
        raise TooMany("too many apps send people here from where you are; wait a little", wait)
    parameters = read_parameters(pairs)
    at = answerable(parameters, await app_of(parameters.get("client_id", ""), server))
    try:
        asked = read_authorization(parameters, at)
        step = await step_of(asked, session, frozenset(), server)
    except OAuthError as error:
        return refusal(at, error, server)
    if isinstance(step, Consent) and session is not None:
        return await granted(asked, step, session, server)
    return await _begin(parameters, arrived.begun, server)


async def step_of(
    asked: Authorization,
    session: Session | None,
    done: frozenset[Ask],
    server: Server,
    allowed: Consent | None = None,
) -> Ask | Consent:
    """What to ask of a person next, or the consent that is there: one of before, or what she has
    `allowed` for this once. Raises OAuthError.
    """
    person = await person_of(session, server)
    consents = await consents_of(asked, person, server)
    given = consents if allowed is None else (allowed,)
    return next_step(asked, person, given, done, server.now())


async def granted(asked: Authorization, consent: Consent, session: Session, server: Server) -> Sent:
    """Back to the app with a code."""
    code = await code_for(asked, consent, session, server)
    return Sent(address=redirection(asked.answerable, server.base, {"code": code}))


def refusal(at: Answerable, error: OAuthError, server: Server) -> Sent:
    """Back to the app with what was wrong."""
    return Sent(address=redirection(at, server.base, error.body()))


async def _begin(parameters: Mapping[str, str], before: Begun | None, server: Server) -> Begun:
    begun = Begun(
        server.random_text(MARK_BYTES) if before is None else before.mark,
        server.random_text(MARK_BYTES),
    )
    now = server.second
    read = {name: value for name, value in parameters.items() if name in READ}
    kept = Interaction(
        hash=hash_secret(begun.last),
        browser=hash_secret(begun.mark),
        parameters=json.dumps(read),
        done="",
        webid=None,
        created=now,
        expires=now + PATIENCE,
    )

    def work(tables: Tables) -> None:
        tables.interactions.remove_until("expires", now)
        tables.interactions.add(kept)

    await server.accounts.write(work)
    return begun
