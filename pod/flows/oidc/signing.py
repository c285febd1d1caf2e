"""The key that signs now: made where there is none yet, followed by another when it gets old."""

import asyncio

from pod.flows.context import Server
from pod.oidc.keys import (
    RANDOM_BYTES,
    SIGNING_ALGORITHM,
    KeyRing,
    SigningKey,
    new_rsa_key,
    new_signing_key,
    write_signing_key,
)
from pod.store.server import Tables
from pod.store.server_values import SigningKey as KeptKey


async def signing_key(algorithm: str, server: Server) -> SigningKey:
    """The key for an algorithm, one of `pod.oidc.keys.SIGNING_ALGORITHMS`."""
    ring, now = server.identity.keys, server.now()
    if ring.is_due(algorithm, now):
        async with server.identity.making:  # of all who see that, the first makes one
            if ring.is_due(algorithm, now):
                await _make(algorithm, server)
    signer = ring.signer(algorithm, now)
    if signer is None:
        raise RuntimeError("a key was made and is not there")
    return signer


async def _make(algorithm: str, server: Server) -> None:
    ring, created = server.identity.keys, server.second
    if algorithm == SIGNING_ALGORITHM:
        made = new_signing_key(server.random(RANDOM_BYTES), created)
    else:
        made = await asyncio.to_thread(new_rsa_key, created)
    kept = KeptKey(kid=made.kid, private=write_signing_key(made), created=made.created)
    needed = {key.kid for key in KeyRing((*ring.published(created), made)).published(created)}

    def work(tables: Tables) -> None:
        tables.keys.add(kept)
        for key in tables.keys.all():
            if key.kid not in needed:
                tables.keys.remove(kid=key.kid)

    await server.accounts.write(work)
    ring.add(made)
