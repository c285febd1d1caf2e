"""The apps that an owner trusts with everything: named in her own rules, wherever these stand.

Every other app that acts as her has what it was granted, and no more.
"""

from collections.abc import Callable, Iterable
from functools import partial

from acl import (
    Mode,
    Need,
    Rule,
    acl_document,
    decide,
    distrusting,
    guarded,
    ordered,
    permit,
    trusted,
    trusting,
)
from pod.flows.context import Pod, Server
from pod.flows.journal import line, words
from pod.flows.owner import owner_of
from pod.model import Change, Draft
from pod.oidc.tokens import client_iri
from pod.rdf.formats import RdfFormat
from pod.store.port import Snapshot, Transaction
from pod.store.server import Tables
from vocab.iri import ResourceIri

Rules = tuple[Rule, ...]


async def trust(client: str, pod: Pod) -> None:
    """Let an app do all that the owner may: an IRI, as access rules name it."""
    change = partial(trusting, clients=(client,))
    await pod.store.write(lambda tx: _rewrite(tx, change, "TRUST", pod))


async def distrust(client: str, pod: Pod) -> None:
    """Let an app do no more than it was granted."""
    await pod.store.write(lambda tx: distrust_in(tx, client, pod))


def distrust_in(tx: Transaction, client: str, pod: Pod) -> None:
    """The same within a transaction."""
    _rewrite(tx, partial(distrusting, client=client), "DISTRUST", pod)


async def protect(pod: Pod) -> None:
    """Let no app do all that the owners may but those that are trusted already and the credentials
    that were made for them: for a pod whose rules let owners in through whatever app they sign in
    to, as those of a pod from another server do.
    """
    server, owners = pod.server, pod.store.identity.owners

    def made(tables: Tables) -> frozenset[str]:
        clients = (one for owner in owners for one in tables.clients.all(webid=owner))
        return frozenset(client_iri(server.base, one.id) for one in clients)

    clients = trusted_in(pod) | await server.accounts.read(made)
    change = partial(guarded, owners=owners, clients=clients)
    await pod.store.write(lambda tx: _rewrite(tx, change, "PROTECT", pod))


def trusted_in(pod: Pod) -> frozenset[str]:
    """The apps that the owner trusts with everything in a pod, as the rules of its root say."""
    return trusted_by(pod.store.snapshot(), pod)


def trusted_by(state: Snapshot, pod: Pod) -> frozenset[str]:
    """The same in one state of the pod."""
    acls = state.acls()
    return trusted(acls.rules.get(ResourceIri(pod.store.storage, ""), ()))


async def pods_of(account: str, webid: str, server: Server) -> tuple[Pod, ...]:
    """The pods of an account that a WebID owns."""

    def owned(tables: Tables) -> Iterable[str]:
        pods = (pod.name for pod in tables.pods.all(account=account))
        return [name for name in pods if tables.owners.find(pod=name, webid=webid) is not None]

    names = await server.accounts.read(owned)
    found = [await server.pods.find(name) for name in names]
    return tuple(pod for pod in found if pod is not None)


def _rewrite(tx: Transaction, change: Callable[[Rules], Rules], action: str, pod: Pod) -> None:
    owner, now = owner_of(pod), pod.server.now()
    access = partial(decide, tx.acls(), agent=owner)
    for subject, rules in tuple(tx.acls().rules.items()):
        changed = change(rules)
        if changed == ordered(rules):
            continue
        grant = permit((Need(Mode.CONTROL, subject),), access)
        draft = Draft(
            media_type=RdfFormat.TURTLE.media_type,
            content=acl_document(changed, subject).encode(),
            modified=now.replace(microsecond=0),
        )
        tx.apply(Change(target=subject.acl, before=tx.load(subject.acl), after=draft), grant)
    root = ResourceIri(pod.store.storage, "")
    tx.note(line(owner, action, root, words(Mode.CONTROL), now))
