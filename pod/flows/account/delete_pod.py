"""An account loses one of its pods, with everything in it."""

from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.account.own import pod_of_account, remove_pod
from pod.flows.context import Server
from pod.store.server import Tables


async def delete_pod(account: str, name: str, server: Server) -> None:
    """Remove a pod, and the links to the WebIDs that were in it with the credentials for them.

    Raises NotFound where the account has no such pod.
    """

    def work(tables: Tables) -> None:
        remove_pod(tables, pod_of_account(tables, account, name))
        note(tables, account, Action.POD_DELETED, name, server.now())

    await server.accounts.write(work)
    await server.accounts.scrub()
    server.uploads.forsake(account, name)
    await server.pods.delete(name)
