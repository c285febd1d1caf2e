"""The token endpoint: from a client's credentials to a token bound to its key (OP-21)."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta

from pod.flows.authenticate import pod_of
from pod.flows.context import Server
from pod.model import Reply
from pod.oidc.client_credentials import (
    OAuthError,
    prove,
    read_token_request,
    token_response,
)
from pod.oidc.discovery import token_endpoint
from pod.oidc.passwords import verify_secret
from pod.oidc.tokens import Issuance, access_token, id_token

_HEADERS = (("Content-Type", "application/json"), ("Cache-Control", "no-store"))


async def issue(headers: Mapping[str, str], body: bytes, server: Server) -> Reply:
    """The answer to a token request: tokens, or the refusal of RFC 6749 §5.2."""
    try:
        answer = await _issued(headers, body, server)
    except OAuthError as error:
        asking = (("WWW-Authenticate", "Basic"),) if error.status == 401 else ()
        refusal = json.dumps(error.body()).encode()
        return Reply(status=error.status, headers=(*_HEADERS, *asking), body=refusal)
    return Reply(status=200, headers=_HEADERS, body=json.dumps(answer).encode())


async def _issued(headers: Mapping[str, str], body: bytes, server: Server) -> dict[str, str | int]:
    asked, now, identity = read_token_request(headers, body), server.now(), server.identity
    proof = prove(headers, token_endpoint(server.base), now, identity.proofs)
    client = await server.accounts.read(lambda tables: tables.clients.find(id=asked.client))
    kept = None if client is None else client.secret_hash
    if not verify_secret(asked.secret, kept) or client is None:
        raise OAuthError("invalid_client", "this client or its secret is not known here", 401)
    if proof is None and not server.config.unbound_tokens:
        raise OAuthError("invalid_dpop_proof", "send exactly one DPoP header")
    if proof is not None and not identity.seen.first_use(proof.jkt, proof.jti, now):
        raise OAuthError("invalid_dpop_proof", "sign a new DPoP proof for each request")
    pod = await pod_of(client.webid, server)
    if pod is None and server.addresses.find(client.webid) is not None:
        raise OAuthError("invalid_client", "the account of this client is gone", 401)
    given = Issuance(
        issuer=server.base,
        webid=client.webid,
        client=client.id,
        jkt=None if proof is None else proof.jkt,
        scopes=asked.scopes,
        jti=urlsafe_b64encode(server.random(16)).decode().rstrip("="),
        # Of a WebID elsewhere, its document says each time who may speak for it.
        epoch=None if pod is None else pod.store.identity.epoch,
        now=now,
        lifetime=timedelta(seconds=server.config.token_lifetime),
    )
    key = identity.keys[0]
    named = id_token(given, key) if "openid" in asked.scopes else None
    return token_response(access_token(given, key), named, given)
