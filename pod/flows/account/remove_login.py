"""An account loses a way in, but never its last."""

from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.context import Server
from pod.problems import Malformed, NotFound
from pod.store.server import Tables


async def remove_login(account: str, login: str, server: Server) -> None:
    """Raises NotFound where the account has no such login, Malformed where it is the last."""

    def work(tables: Tables) -> None:
        logins = tables.logins.all(account=account)
        found = next((one for one in logins if one.id == login), None)
        if found is None:
            raise NotFound("this account has no such login")
        if len(logins) == 1:
            raise Malformed("an account needs at least 1 login method")
        tables.logins.remove(id=login)
        note(tables, account, Action.LOGIN_REMOVED, found.kind, server.now())

    await server.accounts.write(work)
    await server.accounts.scrub()
