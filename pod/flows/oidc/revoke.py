"""An app gives a token back (RFC 7009), or asks what one of its own is good for (RFC 7662)."""

import json
from collections.abc import Mapping
from typing import Any

from pod.flows.authenticate import pod_of
from pod.flows.context import Server
from pod.flows.oidc.clients import admitted, authenticate_client
from pod.flows.oidc.families import end_family, ending, find_issued
from pod.flows.oidc.token import refused
from pod.model import Reply
from pod.oidc.oauth_error import OAuthError
from pod.oidc.token_request import read_client, read_form
from pod.oidc.tokens import Token, client_iri, verify_token
from pod.problems import Unauthenticated
from pod.store.app_values import REFRESH

_HEADERS = (("Content-Type", "application/json"), ("Cache-Control", "no-store"))


async def revoke_token(
    headers: Mapping[str, str], body: bytes, peer: str | None, server: Server
) -> Reply:
    """End a token of the app that asks; what is none is ended already. Raises TooMany."""
    admitted(peer, server)
    try:
        client, text = await _asked(headers, body, server)
    except OAuthError as error:
        return refused(error)
    found = await find_issued(REFRESH, text, server)
    # RFC 7009 §2.1: "the authorization server [...] verifies whether the token was issued to the
    # client making the revocation request"; §2.2: "invalid tokens do not cause an error response".
    if found is not None and found.client == client:
        await end_family(found.family, server)
    token = _verified(text, server)
    if token is not None and token.client == client_iri(server.base, client) and token.marks:
        marks = token.marks[:1]
        await ending(lambda _: marks, server)
    return Reply(status=200, headers=_HEADERS[1:])


async def introspect(
    headers: Mapping[str, str], body: bytes, peer: str | None, server: Server
) -> Reply:
    """What a token of the app that asks is good for. Raises TooMany."""
    admitted(peer, server)
    try:
        client, text = await _asked(headers, body, server, secret_needed=True)
    except OAuthError as error:
        return refused(error)
    told: dict[str, Any] = {"active": False}
    token, found = _verified(text, server), await find_issued(REFRESH, text, server)
    if token is not None and token.epoch is not None:
        pod = await pod_of(token.webid, server)
        token = token if pod is not None and pod.store.identity.epoch == token.epoch else None
    if token is not None and token.client == client_iri(server.base, client):
        told = {
            "active": True,
            "iss": token.issuer,
            "client_id": client,
            "webid": token.webid,
            "sub": token.webid,
            "exp": int(token.expires.timestamp()),
            **({} if token.jkt is None else {"cnf": {"jkt": token.jkt}}),
        }
    elif found is not None and found.client == client and found.expires > server.now():
        told = {
            "active": found.used is None,
            "client_id": client,
            "webid": found.webid,
            "scope": found.scopes,
            "exp": int(found.expires.timestamp()),
        }
    # RFC 7662 §2.2: of what is not active, nothing but that is said.
    told = told if told["active"] else {"active": False}
    return Reply(status=200, headers=_HEADERS, body=json.dumps(told).encode())


async def _asked(
    headers: Mapping[str, str], body: bytes, server: Server, *, secret_needed: bool = False
) -> tuple[str, str]:
    """The client that asks, as far as it can show that it is that one, and the token it is about.

    Raises OAuthError.
    """
    form = read_form(headers.get("Content-Type", ""), body)
    client, secret = read_client(headers, form)
    if secret_needed and secret is None:
        raise OAuthError("invalid_client", "send the client's id and secret", 401)
    await authenticate_client(client, secret, server)
    if "token" not in form:
        raise OAuthError("invalid_request", "send the `token` that it is about")
    return client, form["token"]


def _verified(text: str, server: Server) -> Token | None:
    """An access token or ID token of this issuer that is good."""
    now = server.now()
    keys = (key.public for key in server.identity.keys.published(now))
    try:
        token = verify_token(text, keys, server.base, now)
    except Unauthenticated:
        return None
    return None if server.identity.revoked.has_any(token.marks) else token
