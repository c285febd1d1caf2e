"""The apps that an owner trusts with everything: named in her own rules, wherever these stand.

Every other app that acts as her has what it was granted, and no more.
"""

from collections.abc import Callable
from functools import partial

from acl import Mode, Rule, distrusting, guarded, ordered, trusted, trusting
from pod.flows.acl_documents import write_rules
from pod.flows.context import Pod
from pod.flows.journal import line, words
from pod.flows.owner import owner_of
from pod.oidc.tokens import client_iri
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


def _rewrite(tx: Transaction, change: Callable[[Rules], Rules], action: str, pod: Pod) -> None:
    changed = {on: change(rules) for on, rules in tx.acls().rules.items()}
    others = {on: rules for on, rules in changed.items() if rules != ordered(tx.acls().rules[on])}
    write_rules(tx, others, pod)
    root = ResourceIri(pod.store.storage, "")
    tx.note(line(owner_of(pod), action, root, words(Mode.CONTROL), pod.server.now()))
