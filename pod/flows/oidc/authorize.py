"""The authorization endpoint: an app sends a person here, to come back with a code."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pod.flows.context import Server
from pod.flows.oidc.apps import app_of
from pod.flows.oidc.permit import code_for, consents_of, person_of
from pod.oidc.authorization import (
    Answerable,
    Authorization,
    answerable,
    read_authorization,
    read_parameters,
    redirection,
)
from pod.oidc.interaction import Ask, Consent, next_step
from pod.oidc.oauth_error import OAuthError
from pod.oidc.passwords import hash_secret
from pod.store.app_values import Interaction
from pod.store.server_values import Session

PATIENCE = timedelta(minutes=30)
"""How long a person may take to answer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Where the person goes next: back to the app, or to the page of an interaction by its id."""

    address: str | None = None
    interaction: str | None = None


async def authorize(
    pairs: Sequence[tuple[str, str]], session: Session | None, server: Server
) -> Sent:
    """Where somebody goes whom an app has sent, with the parameters of its request.

    Raises Malformed where the app cannot be answered; the person is told then.
    """
    parameters = read_parameters(pairs)
    at = answerable(parameters, await app_of(parameters.get("client_id", ""), server))
    try:
        asked = read_authorization(parameters, at)
        step = await step_of(asked, session, frozenset(), server)
    except OAuthError as error:
        return refusal(at, error, server)
    if isinstance(step, Consent) and session is not None:
        return await granted(asked, step, session, server)
    return Sent(interaction=await _interaction(parameters, server))


async def step_of(
    asked: Authorization, session: Session | None, done: frozenset[Ask], server: Server
) -> Ask | Consent:
    """What to ask of a person next, or the consent that is there. Raises OAuthError."""
    person = await person_of(session, server)
    consents = await consents_of(asked, person, server)
    return next_step(asked, person, consents, done, server.now())


async def granted(asked: Authorization, consent: Consent, session: Session, server: Server) -> Sent:
    """Back to the app with a code."""
    code = await code_for(asked, consent, session, server)
    return Sent(address=redirection(asked.answerable, server.base, {"code": code}))


def refusal(at: Answerable, error: OAuthError, server: Server) -> Sent:
    """Back to the app with what was wrong."""
    return Sent(address=redirection(at, server.base, error.body()))


async def _interaction(parameters: Mapping[str, str], server: Server) -> str:
    text = urlsafe_b64encode(server.random(16)).decode().rstrip("=")
    now = server.now().replace(microsecond=0)
    kept = Interaction(
        hash=hash_secret(text),
        parameters=json.dumps(parameters),
        done="",
        created=now,
        expires=now + PATIENCE,
    )
    await server.accounts.write(lambda tables: tables.interactions.add(kept))
    return text
