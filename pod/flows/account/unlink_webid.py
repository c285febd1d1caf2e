"""An account no longer signs in as a WebID; the credentials for it end with that."""

from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.context import Server
from pod.problems import NotFound
from pod.store.server import Tables


async def unlink_webid(account: str, link: str, server: Server) -> None:
    """Remove a link of an account, by its id. Raises NotFound where it has no such link."""

    def work(tables: Tables) -> None:
        found = tables.webids.find(id=link, account=account)
        if found is None:
            raise NotFound("this account has no such link")
        for client in tables.clients.all(account=account, webid=found.webid):
            note(tables, account, Action.CREDENTIALS_REVOKED, client.label, server.now())
        # ACC-06: the database removes the credentials with the link.
        tables.webids.remove(id=link)
        note(tables, account, Action.WEBID_UNLINKED, found.webid, server.now())

    await server.accounts.write(work)
