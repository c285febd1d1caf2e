"""An account takes credentials back: no new token is given for them, and those that are out end."""

from collections.abc import Collection

from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.context import Server
from pod.flows.oidc.families import ending
from pod.flows.own_spaces import spaces_owned_by
from pod.flows.trust import distrust
from pod.oidc.tokens import client_iri
from pod.problems import NotFound
from pod.store.server import Tables


async def revoke_credentials(account: str, client: str, server: Server) -> None:
    """Take back credentials of an account. Raises NotFound where it has no such client."""
    found = await server.accounts.read(
        lambda tables: tables.clients.find(id=client, account=account)
    )
    if found is None:
        raise NotFound("this account has no such credentials")

    def work(tables: Tables) -> Collection[str]:
        tables.clients.remove(id=client)
        note(tables, account, Action.CREDENTIALS_REVOKED, found.label, server.now())
        return (client,)

    await ending(work, server)
    for pod in await spaces_owned_by(account, found.webid, server):
        await distrust(client_iri(server.base, client), pod)
