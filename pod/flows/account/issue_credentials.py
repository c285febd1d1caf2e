"""An account gets credentials for a script or an app that acts as one of its WebIDs."""

from base64 import b32encode

from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.account.own import check_usable
from pod.flows.context import Server
from pod.flows.oidc.admit import admit
from pod.oidc.client_credentials import mark_of, new_client_id
from pod.oidc.passwords import SECRET_BYTES, hash_secret
from pod.problems import Malformed, NotFound
from pod.store.server import Tables
from pod.store.server_values import Client


async def issue_credentials(
    account: str, label: str, webid: str, server: Server
) -> tuple[Client, str]:
    """New credentials of an account: the client, and its secret, which is kept nowhere. In the pods
    of this account that the WebID owns they may do all that she may.

    Raises Malformed for a WebID that is not linked to the account.
    """
    secret = server.random_text(SECRET_BYTES)
    mark = b32encode(server.random(10)).decode().lower()
    client = Client(
        id=new_client_id(label, mark),
        secret_hash=hash_secret(secret),
        account=account,
        label=label,
        webid=webid,
        created=server.second,
    )

    def work(tables: Tables) -> None:
        check_usable(tables, account)
        if tables.webids.find(account=account, webid=webid) is None:
            raise Malformed("this WebID is not linked to this account; link it first")
        tables.clients.add(client)
        note(tables, account, Action.CREDENTIALS_MADE, label, server.now())

    await server.accounts.write(work)
    try:
        await admit(client.id, webid, account, server)
    except BaseException:
        await server.accounts.write(lambda tables: tables.clients.remove(id=client.id))
        raise
    return client, secret


async def credentials_of(account: str, server: Server) -> tuple[Client, ...]:
    """The credentials of an account."""
    return await server.accounts.read(lambda tables: tables.clients.all(account=account))


async def client_of(account: str, mark: str, server: Server) -> Client:
    """The credentials of an account that a mark stands for. Raises NotFound where it has none."""
    for client in await credentials_of(account, server):
        if mark_of(client.id) == mark:
            return client
    raise NotFound("this account has no such credentials")
