"""Somebody makes her space in one step: an account, a way in, a pod, and recovery codes."""

from dataclasses import dataclass, field

from pod.account.email import canonical_name
from pod.account.passwords import check_password
from pod.flows.account.add_passkey import add_passkey, offer_passkey
from pod.flows.account.add_password import add_password
from pod.flows.account.create_pod import Made, create_pod
from pod.flows.account.delete_account import delete_account
from pod.flows.account.recover import make_codes
from pod.flows.account.register import register
from pod.flows.account.session import Asker, SignedIn, begin_session, new_session
from pod.flows.context import Server
from pod.problems import Conflict, Forbidden
from pod.store.server import Tables
from pod.store.server_values import Session


@dataclass(frozen=True, slots=True)
class Welcome:
    """What she has now: a session, a pod, and codes that are shown this once."""

    begun: SignedIn
    made: Made
    codes: tuple[str, ...] = field(repr=False)


async def sign_up(
    name: str, password: str, invitation: str, asker: Asker, server: Server
) -> Welcome:
    """All of it, with a password; or nothing of it.

    Raises Malformed for a name or a password that cannot be used, Conflict where the name is
    taken, Forbidden where she needs an invitation, and TooMany.
    """
    check_password(password, development=server.config.development)
    await _check_name(name, server)
    begun = await register(invitation, asker, server)
    account = begun.session.account
    try:
        await add_password(account, name, password, server)
        made = await create_pod(account, name, None, server)
    except BaseException:
        await delete_account(account, server)
        raise
    return await _welcome(begun.session, made, server)


async def begin_with_passkey(
    name: str, invitation: str, asker: Asker, server: Server
) -> tuple[SignedIn, str]:
    """An account that waits for its passkey, and what the browser makes that from, as JSON."""
    await _check_name(name, server)
    begun = await register(invitation, asker, server)
    return begun, await offer_passkey(begun.session.account, server)


async def finish_with_passkey(
    name: str, answer: str, session: Session | None, server: Server
) -> Welcome:
    """The rest of it, once the browser has made the passkey. Raises as `sign_up` does."""
    if session is None:
        raise Forbidden("this took too long; begin again")
    account = session.account
    if await server.accounts.read(lambda tables: tables.logins.find(account=account)) is not None:
        raise Forbidden("you have a space already; sign out to make another")
    try:
        await add_passkey(account, answer, "", server)
        made = await create_pod(account, name, None, server)
    except BaseException:
        await delete_account(account, server)
        raise
    return await _welcome(session, made, server)


async def _check_name(name: str, server: Server) -> None:
    canonical_name(name)
    server.addresses.check_new(name)
    taken = server.pods.names()
    if name in taken or await server.accounts.read(
        lambda tables: tables.passwords.find(email=name) is not None
    ):
        raise Conflict("this name is taken; choose another")


async def _welcome(pending: Session, made: Made, server: Server) -> Welcome:
    codes = await make_codes(pending.account, server)
    begun = new_session(pending.account, server, remembered=True)

    def work(tables: Tables) -> None:
        begin_session(tables, begun, Asker(peer=None, session=pending), server)

    await server.accounts.write(work)
    return Welcome(begun, made, codes)
