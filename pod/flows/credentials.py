"""Client credentials: a secret of its own for a script or an app that acts for a person."""

from base64 import b32encode, urlsafe_b64encode

from pod.flows.context import Server
from pod.oidc.client_credentials import new_client_id
from pod.oidc.passwords import SECRET_BYTES, hash_secret
from pod.problems import NotFound
from pod.store.server_port import Client


async def create_credentials(name: str, label: str, server: Server) -> tuple[Client, str]:
    """New credentials of an account: the client, and its secret, which is kept nowhere.

    Raises NotFound when there is no such account.
    """
    account = await server.accounts.account_by_name(name)
    if account is None:
        raise NotFound(f"there is no account `{name}`")
    secret = urlsafe_b64encode(server.random(SECRET_BYTES)).decode().rstrip("=")
    mark = b32encode(server.random(10)).decode().lower()
    client = await server.accounts.add_client(
        id=new_client_id(server.base, label, mark),
        secret_hash=hash_secret(secret),
        account=account.id,
        label=label,
        webid=account.webid,
        now=server.now(),
    )
    return client, secret
