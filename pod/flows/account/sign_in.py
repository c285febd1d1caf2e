"""Somebody signs in with her e-mail address, or her name, and her password."""

from datetime import datetime
from functools import partial

from pod.account.email import canonical_name
from pod.account.journal import Action
from pod.account.throttle import network_of
from pod.flows.account.journal import note
from pod.flows.account.session import Asker, SignedIn, begin_session, new_session
from pod.flows.context import Server
from pod.problems import Forbidden, Malformed, TooMany
from pod.store.server import Tables
from pod.store.server_values import Login, Password


async def sign_in(
    email: str, password: str, asker: Asker, server: Server, *, remembered: bool
) -> SignedIn:
    """A session in the account of an e-mail address.

    Raises Forbidden, in the same words and after as long whether there is such an account or not,
    and TooMany.
    """
    login = await check_password_of(email, password, asker, server)
    begun = new_session(login.account, server, remembered=remembered)

    def work(tables: Tables) -> None:
        if tables.logins.find(id=login.id) is None:
            raise Forbidden(_REFUSAL)  # removed while its password was being compared
        begin_session(tables, begun, asker, server)
        note(tables, login.account, Action.SIGNED_IN, begun.session.id, server.now())

    await server.accounts.write(work)
    return begun


async def check_password_of(email: str, password: str, asker: Asker, server: Server) -> Login:
    """The login that an e-mail address and a password are of. Raises Forbidden and TooMany."""
    try:
        email = canonical_name(email)
    except Malformed as problem:
        raise Forbidden(_REFUSAL) from problem
    place, now, throttles = network_of(asker.peer), server.now(), server.throttles
    here = f"{place} {email}"
    wait = (
        throttles.attempts.take(place, now)
        or throttles.waits.left(here, now)
        or throttles.guesses.left(email, now)
    )
    if wait is not None:
        raise TooMany("there were too many attempts to sign in; wait before you try again", wait)
    # Counted before it is looked at, or many at once would all be the first.
    throttles.waits.failed(here, now)
    throttles.guesses.failed(email, now)
    found = await server.accounts.read(lambda tables: _found(tables, email))
    kept = None if found is None else found[1].hash
    if not await server.hashing.verify(password, kept) or found is None:
        if found is not None:
            await server.accounts.write(partial(_note_refusal, login=found[0], now=now))
        raise Forbidden(_REFUSAL)
    throttles.waits.succeeded(here)
    throttles.guesses.succeeded(email)
    return found[0]


_REFUSAL = "this e-mail address and password do not belong together; check both"


def _found(tables: Tables, email: str) -> tuple[Login, Password] | None:
    password = tables.passwords.find(email=email)
    login = None if password is None else tables.logins.find(id=password.login)
    return None if password is None or login is None else (login, password)


def _note_refusal(tables: Tables, login: Login, now: datetime) -> None:
    if tables.logins.find(id=login.id) is not None:
        note(tables, login.account, Action.REFUSED, "", now)
