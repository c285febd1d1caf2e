"""What came of one sign-in: a code, then refresh tokens, one after the other; and its end."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from pod.flows.context import Server
from pod.oidc.passwords import SECRET_BYTES, hash_secret
from pod.oidc.refresh import LIFETIME
from pod.store.app_values import CODE, REFRESH, Issued, Revoked
from pod.store.server import Tables


async def find_issued(kind: str, text: str, server: Server) -> Issued | None:
    """The code or refresh token that an app holds."""
    hashed = hash_secret(text)
    return await server.accounts.read(lambda tables: tables.issued.find(hash=hashed, kind=kind))


async def use(found: Issued, server: Server) -> bool:
    """Note that it is used now; whether that is for the first time."""
    now = server.now().replace(microsecond=0)

    def work(tables: Tables) -> bool:
        kept = tables.issued.find(hash=found.hash)
        if kept is None or kept.used is not None:
            return False
        tables.issued.set("used", now, hash=found.hash)
        return True

    return await server.accounts.write(work)


async def refresh_token_of(found: Issued, jkt: str, server: Server) -> str | None:
    """The next refresh token of a family, bound to a key; None where it has ended meanwhile."""
    text = urlsafe_b64encode(server.random(SECRET_BYTES)).decode().rstrip("=")
    now = server.now().replace(microsecond=0)
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
    await revoke(family, server, lambda tables: tables.issued.remove(family=family))


async def revoke(
    mark: str, server: Server, besides: Callable[[Tables], object] = lambda _: None
) -> None:
    """End the access tokens that have a mark, and do something else in the same commit."""
    now = server.now().replace(microsecond=0)
    until = now + timedelta(seconds=server.config.token_lifetime)

    def work(tables: Tables) -> None:
        tables.revoked.remove_until("expires", now)
        tables.revoked.remove(mark=mark)
        tables.revoked.add(Revoked(mark=mark, created=now, expires=until))
        besides(tables)

    await server.accounts.write(work)
    server.identity.revoked.add(mark, until, now)


async def end_app(account: str, client: str, server: Server) -> None:
    """End all that a person has allowed an app."""

    def families(tables: Tables) -> set[str]:
        return {one.family for one in tables.issued.all(account=account, client=client)}

    for family in await server.accounts.read(families):
        await end_family(family, server)
    await server.accounts.write(
        lambda tables: tables.consents.remove(account=account, client=client)
    )
