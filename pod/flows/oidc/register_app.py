"""An app registers itself (RFC 7591); it is known from then on, restarts or not (OP-11), and for
good once somebody has signed in with it.
"""

import json
from datetime import timedelta

from pod.account.throttle import network_of
from pod.flows.context import Server
from pod.model import Reply
from pod.oidc.oauth_error import OAuthError
from pod.oidc.passwords import SECRET_BYTES, hash_secret
from pod.oidc.registration import read_registration, registration_response, written
from pod.problems import TooMany
from pod.store.app_values import RegisteredApp
from pod.store.server import Tables

_HEADERS = (("Content-Type", "application/json"), ("Cache-Control", "no-store"))
_ID_BYTES = 16


async def register_app(body: bytes, peer: str | None, server: Server) -> Reply:
    """The answer to a registration. Raises TooMany for a flood of them from one network."""
    wait = server.throttles.registrations.take(network_of(peer), server.now())
    if wait is not None:
        raise TooMany("too many apps were registered from where you are; wait a little", wait)
    try:
        registration = read_registration(body)
    except OAuthError as error:
        refusal = json.dumps(error.body()).encode()
        return Reply(status=error.status, headers=_HEADERS, body=refusal)
    now = server.second
    client = server.random_text(_ID_BYTES)
    secret = server.random_text(SECRET_BYTES) if registration.has_secret else None
    kept = RegisteredApp(
        id=client,
        secret_hash=None if secret is None else hash_secret(secret),
        method=registration.method,
        metadata=written(registration.app),
        created=now,
        expires=now + timedelta(seconds=server.config.unused_app_lifetime),
    )

    def work(tables: Tables) -> None:
        # OP-24: anybody may register anything, so what nobody has ever used is not kept for ever.
        tables.apps.remove_until("expires", now)
        tables.apps.add(kept)

    await server.accounts.write(work)
    answer = registration_response(registration, client, secret, now)
    return Reply(status=201, headers=_HEADERS, body=json.dumps(answer).encode())
