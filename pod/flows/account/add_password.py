"""An account gets an e-mail address, or a name, and a password to sign in with."""

from pod.account.email import canonical_name
from pod.account.journal import Action
from pod.account.passwords import check_password
from pod.flows.account.journal import note
from pod.flows.account.own import check_there, new_id
from pod.flows.context import Server
from pod.oidc.passwords import SALT_BYTES
from pod.problems import Conflict
from pod.store.server import Tables
from pod.store.server_values import PASSWORD, Login, Password


async def add_password(account: str, email: str, password: str, server: Server) -> Login:
    """The new login. Raises Malformed for what cannot be used, Conflict where the e-mail address
    is taken, NotFound where the account is gone.
    """
    email = canonical_name(email)
    check_password(password, development=server.config.development)
    hashed = await server.hashing.hash(password, server.random(SALT_BYTES))
    login = Login(id=new_id(server), account=account, kind=PASSWORD, created=server.second)

    def work(tables: Tables) -> None:
        check_there(tables, account)
        if tables.passwords.find(email=email) is not None:
            raise Conflict("there already is a login for this e-mail address or name")
        tables.logins.add(login)
        tables.passwords.add(Password(login=login.id, email=email, hash=hashed))
        note(tables, account, Action.LOGIN_ADDED, PASSWORD, server.now())

    await server.accounts.write(work)
    return login


async def passwords_of(account: str, server: Server) -> tuple[Password, ...]:
    """The e-mail addresses that an account signs in with."""

    def work(tables: Tables) -> tuple[Password, ...]:
        logins = tables.logins.all(account=account, kind=PASSWORD)
        return tuple(p for login in logins for p in tables.passwords.all(login=login.id))

    return await server.accounts.read(work)
