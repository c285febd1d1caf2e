"""The token endpoint: from what an app holds to tokens bound to its key."""

import json
from collections.abc import Awaitable, Callable, Mapping

from pod.flows.context import Server
from pod.flows.oidc.grants import by_code, by_credentials, by_refresh_token
from pod.model import Reply
from pod.oidc.discovery import token_endpoint
from pod.oidc.oauth_error import OAuthError
from pod.oidc.proof import Proof
from pod.oidc.token_request import TokenRequest, prove, read_token_request

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


async def issue(headers: Mapping[str, str], body: bytes, server: Server) -> Reply:
    """The answer to a token request: tokens, or the refusal of RFC 6749 §5.2."""
    try:
        asked = read_token_request(headers, body)
        endpoint, proofs = token_endpoint(server.base), server.identity.proofs
        proof = prove(headers, endpoint, server.now(), proofs)
        answer = await GRANTS[asked.grant](asked, proof, server)
    except OAuthError as error:
        return refused(error)
    return Reply(status=200, headers=_HEADERS, body=json.dumps(answer).encode())


def refused(error: OAuthError) -> Reply:
    """The answer to a request at an endpoint for apps that was not carried out."""
    # RFC 6749 §5.2: "If the client attempted to authenticate via the "Authorization" request header
    # field, the authorization server MUST respond with an HTTP 401".
    asking = (("WWW-Authenticate", "Basic"),) if error.status == 401 else ()
    refusal = json.dumps(error.body()).encode()
    return Reply(status=error.status, headers=(*_HEADERS, *asking), body=refusal)
