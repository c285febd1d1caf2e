"""What tokens are given for: a person's code, the app's refresh token, a script's credentials."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pod.flows.authenticate import pod_of
from pod.flows.context import Server
from pod.flows.issuers import is_signed_in_here
from pod.flows.oidc.clients import authenticated, check_first_use, unknown
from pod.flows.oidc.families import end_family, find_issued, refresh_token_of, use
from pod.flows.oidc.signing import signing_key
from pod.oidc.app import App
from pod.oidc.client_credentials import scopes_of
from pod.oidc.code import Code, Redemption, redeem
from pod.oidc.keys import SIGNING_ALGORITHM
from pod.oidc.oauth_error import OAuthError
from pod.oidc.passwords import verify_secret
from pod.oidc.proof import Proof
from pod.oidc.refresh import RefreshToken, Turn, narrowed, turn
from pod.oidc.token_request import TokenRequest, token_response
from pod.oidc.tokens import Issuance, access_token, id_token
from pod.store.app_values import CODE, REFRESH, Issued

Tokens = dict[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What tokens are to say that does not follow from the server and the time."""

    webid: str
    client: str
    jkt: str | None
    scopes: tuple[str, ...]
    algorithm: str = SIGNING_ALGORITHM
    family: str | None = None
    signed_in: datetime | None = None
    nonce: str | None = None
    refresh: str | None = None


async def by_credentials(asked: TokenRequest, proof: Proof | None, server: Server) -> Tokens:
    """Tokens for a script, in the name of who made its credentials (OP-21). Raises OAuthError."""
    client = await server.accounts.read(lambda tables: tables.clients.find(id=asked.client))
    kept = None if client is None else client.secret_hash
    if not verify_secret(asked.secret or "", kept) or client is None:
        raise unknown()
    if proof is None and not server.config.unbound_tokens:
        raise OAuthError("invalid_dpop_proof", "send exactly one DPoP header")
    check_first_use(proof, server)
    given = _Given(
        webid=client.webid,
        client=client.id,
        jkt=None if proof is None else proof.jkt,
        scopes=scopes_of(asked.scope or ""),
        family=client.id,  # by which its tokens end when the credentials are taken back
    )
    return await _tokens(given, server)


async def by_code(asked: TokenRequest, proof: Proof | None, server: Server) -> Tokens:
    """The first tokens of an app, for the code that a person came back with. Raises OAuthError."""
    proof = _bound(proof)
    found, app = await _held(CODE, asked.sent.get("code", ""), asked, server)
    check_first_use(proof, server)
    sent = Redemption(
        client=app.id,
        redirect_uri=asked.sent.get("redirect_uri"),
        verifier=asked.sent.get("code_verifier"),
        jkt=proof.jkt,
    )
    redeem(_code(found), sent, server.now())
    if not await use(found, server):
        # RFC 6749 §4.1.2: "If an authorization code is used more than once, the authorization
        # server MUST deny the request and SHOULD revoke [...] all tokens previously issued".
        await end_family(found.family, server)
        raise OAuthError("invalid_grant", "this code was used before; ask for a new one")
    return await _of_family(found, app, proof.jkt, tuple(found.scopes.split()), server)


async def by_refresh_token(asked: TokenRequest, proof: Proof | None, server: Server) -> Tokens:
    """The next tokens of an app (OP-17). Raises OAuthError."""
    proof = _bound(proof)
    found, app = await _held(REFRESH, asked.sent.get("refresh_token", ""), asked, server)
    check_first_use(proof, server)
    if turn(_refresh_token(found), app.id, proof.jkt, server.now()) is Turn.END:
        await end_family(found.family, server)
        raise OAuthError("invalid_grant", "this refresh token was used before; sign in again")
    scopes = narrowed(tuple(found.scopes.split()), asked.scope)
    await use(found, server)
    return await _of_family(found, app, proof.jkt, scopes, server)


async def _held(kind: str, text: str, asked: TokenRequest, server: Server) -> tuple[Issued, App]:
    """What was issued to the app that asks, and that app, authenticated. Raises OAuthError.

    For a stranger with nothing in hand no document is fetched.
    """
    found = await find_issued(kind, text, server)
    if found is None or found.client != asked.client:
        raise OAuthError("invalid_grant", "this is not good any more, or was given to another app")
    return found, await authenticated(asked, server)


async def _of_family(
    found: Issued, app: App, jkt: str, scopes: tuple[str, ...], server: Server
) -> Tokens:
    """Tokens that come of a code or of a refresh token, with the next refresh token."""
    offline = "offline_access" in found.scopes.split()
    return await _tokens(
        _Given(
            webid=found.webid,
            client=app.id,
            jkt=jkt,
            scopes=scopes,
            algorithm=app.signing_algorithm or SIGNING_ALGORITHM,
            family=found.family,
            signed_in=found.signed_in,
            nonce=found.nonce,
            refresh=await refresh_token_of(found, jkt, server) if offline else None,
        ),
        server,
    )


def _bound(proof: Proof | None) -> Proof:
    # OP-12: an app that people sign in to always shows its key.
    if proof is None:
        raise OAuthError("invalid_dpop_proof", "send exactly one DPoP header")
    return proof


def _code(found: Issued) -> Code:
    return Code(
        client=found.client,
        redirect_uri=found.redirect_uri or "",
        challenge=found.challenge or "",
        jkt=found.jkt,
        expires=found.expires,
    )


def _refresh_token(found: Issued) -> RefreshToken:
    return RefreshToken(
        client=found.client, jkt=found.jkt or "", expires=found.expires, used=found.used
    )


async def _tokens(given: _Given, server: Server) -> Tokens:
    pod = await pod_of(given.webid, server)
    if pod is None and server.addresses.find(given.webid) is not None:
        raise OAuthError("invalid_grant", "the account of this client is gone")
    if not await is_signed_in_here(given.webid, server):
        raise OAuthError("invalid_grant", "its owner has another provider sign this WebID in now")
    said = Issuance(
        issuer=server.base,
        webid=given.webid,
        client=given.client,
        jkt=given.jkt,
        scopes=given.scopes,
        jti=server.random_text(16),
        # Of a WebID elsewhere, its document says each time who may speak for it.
        epoch=None if pod is None else pod.store.identity.epoch,
        now=server.now(),
        lifetime=timedelta(seconds=server.config.token_lifetime),
        family=given.family,
        signed_in=given.signed_in,
        nonce=given.nonce,
    )
    shown = access_token(said, await signing_key(SIGNING_ALGORITHM, server))
    named = None
    if "openid" in given.scopes:
        named = id_token(said, await signing_key(given.algorithm, server), shown)
    return token_response(said, shown, id_token=named, refresh_token=given.refresh)
