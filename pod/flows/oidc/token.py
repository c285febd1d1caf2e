"""The token endpoint: from what an app holds to tokens bound to its key."""

import json
from collections.abc import Awaitable, Callable, Mapping

from pod.flows.context import Server
from pod.flows.oidc.clients import admitted
from pod.flows.oidc.grants import by_code, by_credentials, by_refresh_token
from pod.model import Reply
from pod.oidc.discovery import token_endpoint
from pod.oidc.oauth_error import OAuthError
from pod.oidc.proof import Proof
from pod.oidc.token_request import TokenRequest, prove, read_token_request
from pod.problems import TooMany

_HEADERS = (("Content-Type", "application/json"), ("Cache-Control", "no-store"))

Tokens = dict[str, str | int]
Grant = Callable[[TokenRequest, Proof | None, Server], Awaitable[Tokens]]

# What a request shows, and what it gets for it. Each authenticates the client, then calls
# `first_use` of the proof, then looks at what was granted.
GRANTS: Mapping[str, Grant] = {
    "authorization_code": by_code,
    "client_credentials": by_credentials,
    "refresh_token": by_refresh_token,
}


async def issue(headers: Mapping[str, str], body: bytes, peer: str | None, server: Server) -> Reply:
    """The answer to a token request: tokens, or the refusal of RFC 6749 §5.2. Raises TooMany."""
    network = admitted(peer, server)
    try:
        asked = read_token_request(headers, body)
        answer = await _granted(asked, headers, f"{network} {asked.client}", server)
    except OAuthError as error:
        return refused(error)
    return Reply(status=200, headers=_HEADERS, body=json.dumps(answer).encode())


async def _granted(
    asked: TokenRequest, headers: Mapping[str, str], caller: str, server: Server
) -> Tokens:
    """What a request gets; a caller that is refused waits. Raises OAuthError and TooMany."""
    refusals, now = server.throttles.refusals, server.now()
    wait = refusals.left(caller, now)
    if wait is not None:
        raise TooMany("this client was refused too often; wait before it asks again", wait)
    try:
        proof = prove(headers, token_endpoint(server.base), now, server.identity.proofs)
        tokens = await GRANTS[asked.grant](asked, proof, server)
    except OAuthError:
        refusals.failed(caller, now)
        raise
    refusals.succeeded(caller)
    return tokens


def refused(error: OAuthError) -> Reply:
    """The answer to a request at an endpoint for apps that was not carried out."""
    # RFC 6749 §5.2: "If the client attempted to authenticate via the "Authorization" request header
    # field, the authorization server MUST respond with an HTTP 401".
    asking = (("WWW-Authenticate", "Basic"),) if error.status == 401 else ()
    refusal = json.dumps(error.body()).encode()
    return Reply(status=error.status, headers=(*_HEADERS, *asking), body=refusal)
