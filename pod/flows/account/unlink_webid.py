"""An account no longer signs in as a WebID; what apps and scripts have for it ends with that."""

from collections.abc import Collection

from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.context import Server
from pod.flows.oidc.families import ending, marks_of
from pod.problems import NotFound
from pod.store.server import Tables


async def unlink_webid(account: str, link: str, server: Server) -> None:
    """Remove a link of an account, by its id. Raises NotFound where it has no such link."""

    def work(tables: Tables) -> Collection[str]:
        found = tables.webids.find(id=link, account=account)
        if found is None:
            raise NotFound("this account has no such link")
        clients = tables.clients.all(account=account, webid=found.webid)
        for client in clients:
            note(tables, account, Action.CREDENTIALS_REVOKED, client.label, server.now())
        families = marks_of(tables, account=account, webid=found.webid)
        # ACC-06: what apps and scripts have goes with the link, by the rules of the database.
        tables.webids.remove(id=link)
        note(tables, account, Action.WEBID_UNLINKED, found.webid, server.now())
        return families | {client.id for client in clients}

    await ending(work, server)
