"""Who asks at the token endpoint: an app, as far as it can show that it is that one."""

from pod.account.throttle import network_of
from pod.flows.context import Server
from pod.flows.oidc.apps import app_of
from pod.oidc.app import App
from pod.oidc.oauth_error import OAuthError
from pod.oidc.passwords import verify_secret
from pod.oidc.proof import Proof
from pod.oidc.replay import mark_of
from pod.oidc.token_request import TokenRequest
from pod.problems import Malformed, TooMany


def unknown(why: str = "this client or its secret is not known here") -> OAuthError:
    """The refusal of a client that is not the one it says."""
    return OAuthError("invalid_client", why, 401)


async def authenticated(asked: TokenRequest, server: Server) -> App:
    """The app of a request, with its secret if it has one. Raises OAuthError."""
    try:
        app = await app_of(asked.client, server)
    except Malformed as problem:
        raise unknown(str(problem)) from problem
    if app.secret_hash is not None and not verify_secret(asked.secret or "", app.secret_hash):
        raise unknown()
    return app


async def authenticate_client(client: str, secret: str | None, server: Server) -> None:
    """Raise OAuthError for a secret that is not the client's: that of an app, or of a script."""
    script = await server.accounts.read(lambda tables: tables.clients.find(id=client))
    kept = await server.accounts.read(lambda tables: tables.apps.find(id=client))
    hashed = script.secret_hash if script else kept.secret_hash if kept else None
    public = script is None and hashed is None and secret is None
    if not public and not verify_secret(secret or "", hashed):
        raise unknown()


def admitted(peer: str | None, server: Server) -> str:
    """The network of who asks for tokens, or about them. Raises TooMany for a flood from there."""
    network = network_of(peer)
    wait = server.throttles.requests.take(network, server.now())
    if wait is not None:
        raise TooMany("too many tokens were asked for from where you are; wait a little", wait)
    return network


def check_first_use(proof: Proof | None, server: Server) -> None:
    """Raise OAuthError for a proof that was used before."""
    if proof is None:
        return
    if not server.identity.seen.first_use(mark_of(proof), server.now()):
        raise OAuthError("invalid_dpop_proof", "sign a new DPoP proof for each request")
