"""The spaces whose doings somebody sees on the pages of her account: those that are her own."""

from pod.flows.context import Pod, Server
from pod.problems import NotFound
from pod.store.server import Tables


async def own_spaces(account: str, server: Server) -> tuple[Pod, ...]:
    """The pods of an account that one of its WebIDs owns, in the order of their names."""

    def work(tables: Tables) -> list[str]:
        webids = {one.webid for one in tables.webids.all(account=account)}
        names = (pod.name for pod in tables.pods.all(account=account))
        owned = (n for n in names if webids & {one.webid for one in tables.owners.all(pod=n)})
        return sorted(owned)

    found = [await server.pods.find(name) for name in await server.accounts.read(work)]
    return tuple(pod for pod in found if pod is not None)


async def own_space(account: str, name: str, server: Server) -> Pod:
    """The one of a name. Raises NotFound."""
    for pod in await own_spaces(account, server):
        if pod.store.name == name:
            return pod
    raise NotFound("this account has no such space")
