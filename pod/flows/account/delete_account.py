"""An account is removed with everything that is its own, leaving nothing."""

from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.account.own import remove_pod
from pod.flows.context import Server
from pod.problems import NotFound
from pod.store.server import Tables


async def delete_account(account: str, server: Server) -> None:
    """Remove an account and its pods. Raises NotFound when there is none."""

    def work(tables: Tables) -> tuple[str, ...]:
        pods = tables.pods.all(account=account)
        for pod in pods:
            remove_pod(tables, pod)
        # Its logins, links, pods, credentials, sessions and codes go with it.
        if tables.accounts.remove(id=account) == 0:
            raise NotFound("there is no such account")
        tables.events.remove(account=account)
        note(tables, account, Action.DELETED, "", server.now())
        return tuple(pod.name for pod in pods)

    # The account first: without it no token opens what is left of its pods.
    names = await server.accounts.write(work)
    await server.accounts.scrub()
    for name in names:
        try:
            await server.pods.delete(name)
        except NotFound:
            continue  # an earlier removal got this far
