"""An account is removed with everything that is its own, leaving nothing."""

from collections.abc import Collection

from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.account.own import remove_pod
from pod.flows.context import Server
from pod.flows.oidc.families import ending, marks_of
from pod.problems import NotFound
from pod.store.server import Tables


async def delete_account(account: str, server: Server) -> None:
    """Remove an account and its pods. Raises NotFound when there is none."""
    names: list[str] = []

    def work(tables: Tables) -> Collection[str]:
        scripts = {client.id for client in tables.clients.all(account=account)}
        marks = marks_of(tables, account=account) | scripts
        for pod in tables.pods.all(account=account):
            remove_pod(tables, pod)
            names.append(pod.name)
        # Its logins, links, pods, credentials, sessions and codes go with it.
        if tables.accounts.remove(id=account) == 0:
            raise NotFound("there is no such account")
        tables.events.remove(account=account)
        note(tables, account, Action.DELETED, "", server.now())
        return marks

    # The account first: without it no token opens what is left of its pods.
    await ending(work, server)
    await server.accounts.scrub()
    server.uploads.forsake(account)
    for name in names:
        try:
            await server.pods.delete(name)
        except NotFound:
            continue  # an earlier removal got this far
