"""An account gets a passkey to sign in with."""

from pod.account.journal import Action
from pod.flows.account.codes import NEW_PASSKEY, new_code, redeem
from pod.flows.account.journal import note
from pod.flows.account.own import check_there, new_id
from pod.flows.context import Server
from pod.problems import Conflict, Malformed
from pod.store.server import Tables
from pod.store.server_values import PASSKEY, KeptPasskey, Login

LONGEST_NAME = 60


async def offer_passkey(account: str, server: Server) -> str:
    """What a browser makes a passkey from, as JSON."""
    from pod.account import passkeys  # noqa: PLC0415 - its library takes 0.25 s to load

    code, text = new_code(NEW_PASSKEY, account, "", server)

    def work(tables: Tables) -> tuple[str, list[str]]:
        tables.codes.remove_until("expires", server.now())
        tables.codes.add(code)
        pods = tables.pods.all(account=account)
        return pods[0].name if pods else "", [one.credential for one in _kept(tables, account)]

    name, kept = await server.accounts.write(work)
    return passkeys.creation_options(
        passkeys.Party(server.base), account, name or "Self Data", text.encode(), kept
    )


async def add_passkey(account: str, answer: str, name: str, server: Server) -> Login:
    """The new login, from what the browser has made.

    Raises Malformed where that is not what it was offered, Conflict where it is somebody's
    already, NotFound where the account is gone.
    """
    from pod.account import passkeys  # noqa: PLC0415 - its library takes 0.25 s to load

    challenge = passkeys.challenge_in(answer)
    made = passkeys.created(passkeys.Party(server.base), answer, challenge)
    login = Login(id=new_id(server), account=account, kind=PASSKEY, created=server.second)
    kept = KeptPasskey(
        login=login.id,
        credential=made.credential,
        public_key=made.public_key,
        signatures=made.signatures,
        name=name.strip()[:LONGEST_NAME],
    )

    def work(tables: Tables) -> None:
        code = redeem(tables, NEW_PASSKEY, challenge.decode("ascii", "replace"), server.now())
        if code.account != account:
            raise Malformed("this passkey was offered to another account; try again")
        check_there(tables, account)
        if tables.passkeys.find(credential=kept.credential) is not None:
            raise Conflict("this passkey is in use already")
        tables.logins.add(login)
        tables.passkeys.add(kept)
        note(tables, account, Action.LOGIN_ADDED, PASSKEY, server.now())

    await server.accounts.write(work)
    return login


async def passkeys_of(account: str, server: Server) -> tuple[KeptPasskey, ...]:
    """The passkeys that an account signs in with."""
    return await server.accounts.read(lambda tables: _kept(tables, account))


def _kept(tables: Tables, account: str) -> tuple[KeptPasskey, ...]:
    logins = tables.logins.all(account=account, kind=PASSKEY)
    return tuple(p for login in logins for p in tables.passkeys.all(login=login.id))
