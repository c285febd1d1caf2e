"""Somebody who is signed in takes another password."""

from pod.account.journal import Action
from pod.account.passwords import check_password
from pod.flows.account.journal import note
from pod.flows.account.session import Asker
from pod.flows.account.sign_in import check_password_of
from pod.flows.context import Server
from pod.oidc.passwords import SALT_BYTES
from pod.problems import Forbidden, Malformed, NotFound
from pod.store.server import Tables
from pod.store.server_values import Login, Password


async def change_password(login: str, old: str, new: str, asker: Asker, server: Server) -> None:
    """Give a login another password, and end all other sessions of its account.

    Raises NotFound where it is no login of who is signed in, Malformed for the wrong old password
    or an unusable new one, and TooMany.
    """
    check_password(new, development=server.config.development)
    account = "" if asker.session is None else asker.session.account
    email = await server.accounts.read(lambda tables: _email(tables, account, login))
    try:
        await check_password_of(email, old, asker, server)
    except Forbidden as problem:
        raise Malformed("the old password is not right; check it") from problem
    hashed = await server.hashing.hash(new, server.random(SALT_BYTES))
    kept = "" if asker.session is None else asker.session.id

    def work(tables: Tables) -> None:
        tables.passwords.set("hash", hashed, login=login)
        end_others(tables, account, kept)
        note(tables, account, Action.PASSWORD_CHANGED, login, server.now())

    await server.accounts.write(work)


def end_others(tables: Tables, account: str, kept: str) -> None:
    """End the sessions of an account but for one: whoever stole a cookie is out."""
    for session in tables.sessions.all(account=account):
        if session.id != kept:
            tables.sessions.remove(id=session.id)


def _email(tables: Tables, account: str, login: str) -> str:
    own: Login | None = tables.logins.find(id=login, account=account)
    found: Password | None = None if own is None else tables.passwords.find(login=own.id)
    if found is None:
        raise NotFound("this account has no such login")
    return found.email
