"""The spaces of an account that are somebody's own: those whose owner one of her WebIDs is."""

from collections.abc import Iterable

from pod.flows.context import Pod, Server
from pod.problems import NotFound
from pod.store.server import Tables


async def own_spaces(account: str, server: Server) -> tuple[Pod, ...]:
    """The pods of an account that one of its WebIDs owns, in the order of their names."""

    def work(tables: Tables) -> list[str]:
        webids = [one.webid for one in tables.webids.all(account=account)]
        return sorted(_owned(tables, account, webids))

    return await _found(await server.accounts.read(work), server)


async def spaces_owned_by(account: str, webid: str, server: Server) -> tuple[Pod, ...]:
    """The pods of an account that a WebID owns, the first that was made first."""
    names = await server.accounts.read(lambda tables: _owned(tables, account, (webid,)))
    return await _found(names, server)


async def own_space(account: str, name: str, server: Server) -> Pod:
    """The one of a name. Raises NotFound."""
    for pod in await own_spaces(account, server):
        if pod.store.name == name:
            return pod
    raise NotFound("this account has no such space")


def _owned(tables: Tables, account: str, webids: Iterable[str]) -> list[str]:
    wanted = frozenset(webids)
    names = (pod.name for pod in tables.pods.all(account=account))
    return [name for name in names if wanted & {one.webid for one in tables.owners.all(pod=name)}]


async def _found(names: Iterable[str], server: Server) -> tuple[Pod, ...]:
    found = [await server.pods.find(name) for name in names]
    return tuple(pod for pod in found if pod is not None)
