"""A new account: its pod, with what Solid apps expect to find there, and its WebID."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from acl import Agent, Mode, Need, decide, permit
from pod.flows.context import Server
from pod.ldp.provision import first_access, first_changes, webid_of
from pod.oidc.passwords import SALT_BYTES, hash_password
from pod.problems import Conflict, Malformed, NotFound
from pod.store.port import PodStore, Transaction
from pod.store.server_port import Account
from vocab.iri import ResourceIri

# Addresses of the server itself, which no pod may hide.
RESERVED = frozenset({"ns"})
SHORTEST_PASSWORD = 8


async def create_account(name: str, email: str, password: str, server: Server) -> Account:
    """Make an account and its pod; all of it or nothing.

    Raises Malformed for a name, an e-mail or a password that cannot be used, and Conflict where
    the name or the e-mail is taken.
    """
    if name in RESERVED:
        raise Conflict("this name is the server's own; choose another")
    if "@" not in email:
        raise Malformed("an e-mail address has an @; check it")
    if len(password) < SHORTEST_PASSWORD:
        raise Malformed(
            f"a password has at least {SHORTEST_PASSWORD} characters; choose a longer one"
        )
    if await server.accounts.account_by_name(name) or await server.accounts.account_by_email(email):
        raise Conflict("this name or this e-mail address has an account already")
    hashed = await asyncio.to_thread(hash_password, password, server.random(SALT_BYTES))
    storage = f"{server.base}{name}/"
    store = await server.pods.create(name, storage=storage, owner=webid_of(storage))
    try:
        await _fill(store, server.base, server.now().replace(microsecond=0))
        return await server.accounts.create_account(
            name=name, email=email, password_hash=hashed, webid=webid_of(storage), now=server.now()
        )
    except BaseException:
        await server.pods.delete(name)
        raise


async def _fill(store: PodStore, issuer: str, now: datetime) -> None:
    owner = Agent(webid_of(store.storage))
    access = partial(decide, first_access(store.storage), agent=owner)
    grant = permit((Need(Mode.WRITE, ResourceIri(store.storage, "")),), access)

    def work(tx: Transaction) -> None:
        for change in first_changes(store.storage, issuer, now):
            tx.apply(change, grant)

    await store.write(work)


async def delete_account(name: str, server: Server) -> None:
    """Remove an account and its pod, leaving nothing; of one that was broken off, what is left.

    Raises NotFound when there is neither.
    """
    # The account first: without it no token opens what is left of the pod.
    parts = (server.accounts.delete_account, server.pods.delete)
    if not any([await _is_deleted(delete, name) for delete in parts]):
        raise NotFound("there is no account of this name")


async def _is_deleted(delete: Callable[[str], Awaitable[None]], name: str) -> bool:
    """Delete something, and tell whether it was there."""
    try:
        await delete(name)
    except NotFound:
        return False
    return True
