"""An account loses one of its pods, with everything in it."""

from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.account.own import pod_of_account
from pod.flows.context import Server
from pod.ldp.profile import webid_of
from pod.store.server import Tables


async def delete_pod(account: str, name: str, server: Server) -> None:
    """Remove a pod, and the link to the WebID that was in it with the credentials for that.

    Raises NotFound where the account has no such pod.
    """

    def work(tables: Tables) -> None:
        pod = pod_of_account(tables, account, name)
        tables.pods.remove(name=name)
        tables.webids.remove(account=account, webid=webid_of(pod.storage))
        note(tables, account, Action.POD_DELETED, name, server.now())

    await server.accounts.write(work)
    await server.accounts.scrub()
    await server.pods.delete(name)
