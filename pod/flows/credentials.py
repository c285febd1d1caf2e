"""Client credentials as the commands make them: for the owner of a pod, known by its name."""

from pod.flows.account.issue_credentials import issue_credentials
from pod.flows.context import Server
from pod.problems import NotFound
from pod.store.server import Tables
from pod.store.server_values import Client


async def create_credentials(name: str, label: str, server: Server) -> tuple[Client, str]:
    """New credentials of the account of a pod, to act as the owner of that pod.

    Raises NotFound when there is no such account.
    """
    account, webid = await server.accounts.read(lambda tables: _owner(tables, name))
    return await issue_credentials(account, label, webid, server)


def _owner(tables: Tables, name: str) -> tuple[str, str]:
    """The account of a pod, and the WebID of its own that owns the pod."""
    pod = tables.pods.find(name=name)
    if pod is None:
        raise NotFound(f"there is no account `{name}`")
    linked = {link.webid for link in tables.webids.all(account=pod.account)}
    owners = [owner.webid for owner in tables.owners.all(pod=name) if owner.webid in linked]
    if not owners:
        raise NotFound(f"the account of `{name}` may sign in as no owner of this pod")
    return pod.account, owners[0]
