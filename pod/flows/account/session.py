"""Sessions: who is signed in, from when until when."""

from dataclasses import dataclass, field

from pod.account.journal import Action
from pod.account.session import PENDING, TOKEN_BYTES, expiry, slid
from pod.account.throttle import network_of
from pod.flows.account.journal import note
from pod.flows.account.own import new_id
from pod.flows.context import Server
from pod.oidc.passwords import hash_secret
from pod.problems import NotFound, TooMany
from pod.store.server import Tables
from pod.store.server_values import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Whoever asks before she is known: her address on the network, None where it cannot be told;
    and the session that her browser had until now.
    """

    peer: str | None
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that has begun, and the token that shows it, which is kept nowhere."""

    session: Session
    token: str = field(repr=False)


def count_attempt(asker: Asker, server: Server) -> None:
    """Count one more attempt to get in from where somebody is. Raises TooMany."""
    wait = server.throttles.attempts.take(network_of(asker.peer), server.now())
    if wait is not None:
        raise TooMany("there were too many attempts from where you are; wait a little", wait)


def new_session(account: str, server: Server, *, remembered: bool, usable: bool = True) -> SignedIn:
    """A session to be added. That of an account without a login ends with the account."""
    token = server.random_text(TOKEN_BYTES)
    now = server.second
    session = Session(
        id=new_id(server),
        hash=hash_secret(token),
        account=account,
        created=now,
        expires=expiry(now, now, remembered=remembered) if usable else now + PENDING,
        remembered=remembered,
    )
    return SignedIn(session, token)


async def session_of(token: str | None, server: Server) -> Session | None:
    """The session that a token shows, if it has not ended; being used, it lasts longer."""
    if not token:
        return None
    now, hashed = server.second, hash_secret(token)
    found = await server.accounts.read(lambda tables: _found(tables, hashed))
    if found is None or found[0].expires <= now:
        return None
    session, usable = found
    wanted = expiry(session.created, now, remembered=session.remembered)
    if usable and slid(session.expires, wanted):
        await server.accounts.write(
            lambda tables: tables.sessions.set("expires", wanted, id=session.id)
        )
    return session


async def sessions_of(account: str, server: Server) -> tuple[Session, ...]:
    """Where somebody is signed in: the sessions that have not ended."""
    now = server.now()
    found = await server.accounts.read(lambda tables: tables.sessions.all(account=account))
    return tuple(session for session in found if session.expires > now)


async def has_login(account: str, server: Server) -> bool:
    """Whether somebody can sign in to an account, or is still to be given a way."""
    return await server.accounts.read(
        lambda tables: tables.logins.find(account=account) is not None
    )


async def end_session(account: str, session: str, server: Server, action: Action) -> None:
    """End a session of an account, by its id. Raises NotFound where it has no such session."""

    def work(tables: Tables) -> None:
        if tables.sessions.remove(id=session, account=account) == 0:
            raise NotFound("this account has no such session")
        note(tables, account, action, session, server.now())

    await server.accounts.write(work)


def begin_session(tables: Tables, begun: SignedIn, asker: Asker, server: Server) -> None:
    """Add a session in place of the one that its browser had; those that ended are removed."""
    # A session that was there before somebody signed in is never taken on: whoever made it knows
    # its token (session fixation).
    if asker.session is not None:
        tables.sessions.remove(id=asker.session.id)
    tables.sessions.remove_until("expires", server.now())
    tables.sessions.add(begun.session)


def _found(tables: Tables, hashed: str) -> tuple[Session, bool] | None:
    session = tables.sessions.find(hash=hashed)
    if session is None:
        return None
    return session, tables.logins.find(account=session.account) is not None
