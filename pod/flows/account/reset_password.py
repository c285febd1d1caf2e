"""A password that was forgotten: the host hands out a code, which makes a new one."""

from pod.account.email import canonical_email
from pod.account.journal import Action
from pod.account.passwords import check_password
from pod.flows.account.change_password import end_others
from pod.flows.account.codes import RESET, new_code, redeem
from pod.flows.account.journal import note
from pod.flows.account.session import Asker, count_attempt
from pod.flows.context import Server
from pod.oidc.passwords import SALT_BYTES
from pod.problems import Malformed, NotFound
from pod.store.server import Tables
from pod.store.server_values import PASSWORD, Login


async def forgot(email: str, asker: Asker, server: Server) -> str:
    """The e-mail address as it is understood: the answer is the same for everybody.

    The server sends no mail. Who forgot a password asks the host, who makes a code.
    """
    count_attempt(asker, server)
    return canonical_email(email)


async def offer_reset(pod: str, server: Server) -> str:
    """A code with which the account of a pod gets a new password. Raises NotFound."""
    login = await server.accounts.read(lambda tables: _login_of(tables, pod))
    code, text = new_code(RESET, login.account, login.id, server)

    def work(tables: Tables) -> None:
        tables.codes.remove(purpose=RESET, account=login.account)
        tables.codes.add(code)
        note(tables, login.account, Action.RESET_OFFERED, login.id, server.now())

    await server.accounts.write(work)
    return text


async def reset_password(code: str, password: str, asker: Asker, server: Server) -> None:
    """Set the password of the login that a code is for, and end all sessions of its account.

    Raises Malformed for a code that is of no use or an unusable password, and TooMany.
    """
    count_attempt(asker, server)
    check_password(password, development=server.config.development)
    hashed = await server.hashing.hash(password, server.random(SALT_BYTES))

    def work(tables: Tables) -> None:
        login = tables.logins.find(id=redeem(tables, RESET, code, server.now()).about)
        if login is None:
            raise Malformed("the login of this code was removed; ask for a new code")
        tables.passwords.set("hash", hashed, login=login.id)
        end_others(tables, login.account, "")
        note(tables, login.account, Action.PASSWORD_RESET, login.id, server.now())

    await server.accounts.write(work)


def _login_of(tables: Tables, pod: str) -> Login:
    owned = tables.pods.find(name=pod)
    found = None if owned is None else tables.logins.find(account=owned.account, kind=PASSWORD)
    if found is None:
        raise NotFound(f"there is no account `{pod}` with a password")
    return found
