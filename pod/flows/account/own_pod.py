"""Who owns a pod of an account, and whether its root tells everybody so."""

from collections.abc import Callable
from datetime import timedelta

from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.account.link_webid import checked_webid
from pod.flows.account.own import pod_of_account
from pod.flows.context import Server
from pod.problems import Malformed
from pod.store.server import Tables
from pod.store.server_values import OwnedPod, PodOwner

Owners = tuple[PodOwner, ...]


async def owners_of(account: str, name: str, server: Server) -> tuple[OwnedPod, Owners]:
    """A pod of an account and its owners. Raises NotFound where it has no such pod."""

    def work(tables: Tables) -> tuple[OwnedPod, Owners]:
        return pod_of_account(tables, account, name), tables.owners.all(pod=name)

    return await server.accounts.read(work)


async def set_owner(account: str, name: str, webid: str, server: Server, *, visible: bool) -> None:
    """Add an owner to a pod, or show or hide one. Raises Malformed and NotFound."""
    webid, now = checked_webid(webid), server.now()

    def change(tables: Tables) -> None:
        if tables.owners.find(pod=name, webid=webid) is None:
            # Behind all others, whatever the clock says: the first is the pod's own.
            last = tables.owners.all(pod=name)[-1].created + timedelta(seconds=1)
            created = max(last, server.second)
            tables.owners.add(PodOwner(pod=name, webid=webid, visible=visible, created=created))
        tables.owners.set("visible", visible, pod=name, webid=webid)
        note(tables, account, Action.OWNER_SET, f"{name} {webid}", now)

    await _change(account, name, change, server)


async def remove_owner(account: str, name: str, webid: str, server: Server) -> None:
    """Take an owner off a pod. Raises Malformed for the last one, and NotFound."""

    def change(tables: Tables) -> None:
        owners = tables.owners.all(pod=name)
        if not any(owner.webid == webid for owner in owners):
            return
        if len(owners) == 1:
            raise Malformed("a pod needs an owner; add another one before you remove the last")
        tables.owners.remove(pod=name, webid=webid)
        note(tables, account, Action.OWNER_REMOVED, f"{name} {webid}", server.now())

    await _change(account, name, change, server)


async def _change(
    account: str, name: str, change: Callable[[Tables], None], server: Server
) -> None:
    """Change the owners of a pod of an account, in what is known of it and in the pod itself."""

    def work(tables: Tables) -> Owners:
        pod_of_account(tables, account, name)
        change(tables)
        return tables.owners.all(pod=name)

    owners = await server.accounts.write(work)
    await server.pods.own(name, {owner.webid: owner.visible for owner in owners})
