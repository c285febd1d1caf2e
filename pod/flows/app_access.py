"""An app as a whole: all that it was granted, what it is trusted with, and that it is let in."""

from collections.abc import Iterable
from dataclasses import dataclass

from pod.agreements import AccessGrant
from pod.flows.consent.pause import pause_in
from pod.flows.consent.standing import live
from pod.flows.consent.stop import stop_in
from pod.flows.context import Pod
from pod.flows.oidc.families import end_app
from pod.flows.trust import distrust_in, trusted_by
from pod.oidc.tokens import client_iri
from pod.store.port import Transaction
from pod.store.server import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What an app has in a pod: its grants that are not over, the latest first, and whether the
    owner trusts it with everything. `client` is its IRI, as access rules name it.
    """

    client: str
    grants: tuple[AccessGrant, ...]
    is_trusted: bool


async def apps_of(pod: Pod) -> tuple[App, ...]:
    """The apps that have anything in a pod, in the order of their names."""
    state, now = pod.store.snapshot(), pod.server.now()
    grants = live(state.agreements.grants.all(), now)
    trusted = trusted_by(state, pod)
    clients = trusted.union(one.client for one in grants if one.client is not None)
    return tuple(
        App(
            client=client,
            grants=tuple(one for one in grants if one.client == client),
            is_trusted=client in trusted,
        )
        for client in sorted(clients)
    )


async def stop_app(client: str, pod: Pod) -> tuple[AccessGrant, ...]:
    """Stop all that an app was granted, and let it in no more: an IRI, as access rules name it.

    Its sign-ins and tokens end, so that who wants to use it again is asked again.
    """
    stopped = await pod.store.write(lambda tx: _stop(tx, client, pod))
    await _end(pod, (client,))
    return stopped


async def pause_app(client: str, pod: Pod) -> tuple[AccessGrant, ...]:
    """Pause all that an app was granted, and trust it with everything no more."""
    return await pod.store.write(lambda tx: _pause(tx, client, pod))


async def stop_everything(pod: Pod) -> tuple[AccessGrant, ...]:
    """Stop every grant, let no app in any more, and trust none: nobody but the owner herself, on
    the server's own pages, has what was granted. What she has shared by hand stays.
    """

    def work(tx: Transaction) -> tuple[tuple[AccessGrant, ...], frozenset[str]]:
        found = live(tx.agreements.grants.all(), pod.server.now())
        trusted = _distrust_all(tx, pod)
        stopped = tuple(stop_in(tx, one, pod) for one in found)
        return stopped, trusted.union(one.client for one in found if one.client is not None)

    stopped, clients = await pod.store.write(work)
    await _end(pod, clients)
    return stopped


async def pause_everything(pod: Pod) -> tuple[AccessGrant, ...]:
    """Pause every grant at once, and trust no app with everything; each can be resumed."""

    def work(tx: Transaction) -> tuple[AccessGrant, ...]:
        _distrust_all(tx, pod)
        found = live(tx.agreements.grants.all(), pod.server.now())
        return tuple(pause_in(tx, one, pod) for one in found)

    return await pod.store.write(work)


def _stop(tx: Transaction, client: str, pod: Pod) -> tuple[AccessGrant, ...]:
    distrust_in(tx, client, pod)
    return tuple(stop_in(tx, one, pod) for one in _grants_of(tx, client, pod))


def _pause(tx: Transaction, client: str, pod: Pod) -> tuple[AccessGrant, ...]:
    distrust_in(tx, client, pod)
    return tuple(pause_in(tx, one, pod) for one in _grants_of(tx, client, pod))


def _distrust_all(tx: Transaction, pod: Pod) -> frozenset[str]:
    trusted = trusted_by(tx, pod)
    for client in sorted(trusted):
        distrust_in(tx, client, pod)
    return trusted


def _grants_of(tx: Transaction, client: str, pod: Pod) -> tuple[AccessGrant, ...]:
    found = live(tx.agreements.grants.all(), pod.server.now())
    return tuple(one for one in found if one.client == client)


async def _end(pod: Pod, clients: Iterable[str]) -> None:
    """End what came of signing in to some apps as an owner of the pod."""
    server, wanted, owners = pod.server, frozenset(clients), pod.store.identity.owners

    def work(tables: Tables) -> set[tuple[str, str]]:
        return {
            (one.account, one.client)
            for owner in owners
            for table in (tables.consents, tables.issued)
            for one in table.all(webid=owner)
            if client_iri(server.base, one.client) in wanted
        }

    for account, client in sorted(await server.accounts.read(work)):
        await end_app(account, client, server)
