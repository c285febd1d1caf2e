"""What came of one sign-in: a code, then refresh tokens, one after the other; and its end.

The end of what tokens were given for is the end of the tokens that are out, on the next request:
what removes a family, or a script's credentials, does so by `ending`.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta

from pod.flows.context import Server
from pod.oidc.passwords import SECRET_BYTES, hash_secret
from pod.oidc.refresh import LIFETIME
from pod.store.app_values import CODE, REFRESH, Issued, Revoked
from pod.store.server import Tables

_SLACK = timedelta(minutes=1)  # for a token that was being made while its family ended


async def find_issued(kind: str, text: str, server: Server) -> Issued | None:
    """The code or refresh token that an app holds."""
    hashed = hash_secret(text)
    return await server.accounts.read(lambda tables: tables.issued.find(hash=hashed, kind=kind))


async def use(found: Issued, server: Server) -> bool:
    """Note that it is used now; whether that is for the first time."""
    now = server.second
    until = now + timedelta(seconds=server.config.token_lifetime)

    def work(tables: Tables) -> bool:
        kept = tables.issued.find(hash=found.hash)
        if kept is None or kept.used is not None:
            return False
        tables.issued.set("used", now, hash=found.hash)
        # The family is known as long as an access token of it is out, so that it can be ended.
        tables.issued.set("expires", max(kept.expires, until), hash=found.hash)
        return True

    return await server.accounts.write(work)


async def refresh_token_of(found: Issued, jkt: str, server: Server) -> str | None:
    """The next refresh token of a family, bound to a key; None where it has ended meanwhile."""
    text = server.random_text(SECRET_BYTES)
    now = server.second
    made = replace(
        found,
        hash=hash_secret(text),
        kind=REFRESH,
        jkt=jkt,
        redirect_uri=None,
        challenge=None,
        nonce=None,
        created=now,
        expires=now + LIFETIME,
        used=None,
    )

    def work(tables: Tables) -> bool:
        # What is over goes; but a code stays as long as its refresh tokens, to notice a second use.
        tables.issued.remove_until("expires", now)
        if tables.issued.find(hash=found.hash) is None:
            return False
        tables.issued.set("expires", made.expires, family=found.family, kind=CODE)
        tables.issued.add(made)
        return True

    return text if await server.accounts.write(work) else None


async def end_family(family: str, server: Server) -> None:
    """End all that came of a sign-in: refresh tokens, and access tokens that are out."""

    def work(tables: Tables) -> Collection[str]:
        tables.issued.remove(family=family)
        return (family,)

    await ending(work, server)


async def end_app(account: str, client: str, server: Server) -> None:
    """End all that a person has allowed an app."""

    def work(tables: Tables) -> Collection[str]:
        marks = marks_of(tables, account=account, client=client)
        tables.issued.remove(account=account, client=client)
        tables.consents.remove(account=account, client=client)
        return marks

    await ending(work, server)


def marks_of(tables: Tables, **having: str) -> set[str]:
    """What the access tokens of apps are known by, of all families that have all of this."""
    return {one.family for one in tables.issued.all(**having)}


async def ending(work: Callable[[Tables], Collection[str]], server: Server) -> None:
    """Do some work, and in the same commit end the access tokens that have the marks it gives."""
    now = server.second
    until = now + timedelta(seconds=server.config.token_lifetime) + _SLACK

    def whole(tables: Tables) -> Collection[str]:
        marks = work(tables)
        tables.revoked.remove_until("expires", now)
        for mark in marks:
            tables.revoked.remove(mark=mark)
            tables.revoked.add(Revoked(mark=mark, created=now, expires=until))
        return marks

    server.identity.revoked.add(await server.accounts.write(whole), until, now)
