"""What apps ask the issuer for in JSON: its keys, registration, tokens and their end."""

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from pod.flows.body import whole
from pod.flows.context import Server
from pod.flows.oidc.register_app import register_app
from pod.flows.oidc.revoke import introspect, revoke_token
from pod.flows.oidc.token import issue
from pod.http.cors import PUBLIC
from pod.model import Reply
from pod.oidc.keys import jwks
from pod.oidc.registration import LIMIT
from pod.web.incoming import Fields, pieces_of

FORM_LIMIT = 64 * 1024

Answer = Callable[[web.BaseRequest, str, Server], Awaitable[Reply]]


async def _jwks(_incoming: web.BaseRequest, _peer: str, server: Server) -> Reply:
    keys = jwks(server.identity.keys.published(server.now()))
    headers = (
        ("Content-Type", "application/json"),
        ("Cache-Control", "public, max-age=300"),
        PUBLIC,
    )
    return Reply(status=200, headers=headers, body=json.dumps(keys).encode())


async def _token(incoming: web.BaseRequest, peer: str, server: Server) -> Reply:
    body = await whole(pieces_of(incoming), FORM_LIMIT)
    return await issue(Fields(incoming.headers), body, peer, server)


async def _revocation(incoming: web.BaseRequest, peer: str, server: Server) -> Reply:
    body = await whole(pieces_of(incoming), FORM_LIMIT)
    return await revoke_token(Fields(incoming.headers), body, peer, server)


async def _introspection(incoming: web.BaseRequest, peer: str, server: Server) -> Reply:
    body = await whole(pieces_of(incoming), FORM_LIMIT)
    return await introspect(Fields(incoming.headers), body, peer, server)


async def _registration(incoming: web.BaseRequest, peer: str, server: Server) -> Reply:
    return await register_app(await whole(pieces_of(incoming), LIMIT), peer, server)


ENDPOINTS: dict[str, dict[str, Answer]] = {
    "/.oidc/jwks": {"GET": _jwks},
    "/.oidc/reg": {"POST": _registration},
    "/.oidc/token": {"POST": _token},
    "/.oidc/token/introspection": {"POST": _introspection},
    "/.oidc/token/revocation": {"POST": _revocation},
}
