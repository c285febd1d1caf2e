"""What every change of a grant does within the pod's transaction: rules, record, row, journal."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from acl import AclIndex, Mode, acl_document
from pod.agreements import GRANTS, AccessGrant, GrantState
from pod.consent.record import TYPE, Document, document_path, next_record
from pod.consent.rules import given, taken
from pod.flows.acl_documents import TURTLE, control, write_rules
from pod.flows.context import Pod
from pod.flows.journal import line, words
from pod.flows.owner import owner_of
from pod.ldp.facts import facts_about
from pod.ldp.operation import Operation
from pod.ldp.put import put
from pod.model import Change
from pod.problems import Conflict, NotFound, Problem
from pod.rdf.formats import RdfFormat
from pod.rdf.serialise import dumped
from pod.store.port import Transaction
from vocab.iri import ResourceIri

NO_GRANT = "there is no such grant"


def grant_of(tx: Transaction, name: str) -> AccessGrant:
    """The grant of an id. Raises NotFound."""
    found = tx.agreements.grants.find(id=name)
    if found is None:
        raise NotFound(NO_GRANT)
    return found


def check_not_stopped(grant: AccessGrant) -> None:
    """Raises Conflict for what is over for good."""
    if grant.state is GrantState.STOPPED:
        raise Conflict("this access is stopped for good; give it anew")


def put_in(tx: Transaction, grant: AccessGrant, pod: Pod) -> AccessGrant:
    """Write the rules of a grant; the grant, with the resources that got their own by that.

    A container that is not there is made. Raises NotFound for a document that is not.
    """
    storage, now = pod.store.storage, pod.server.now()
    for item in grant.items:
        _make(tx, ResourceIri(storage, item.path), pod, now)
    documents = given(grant, tx.acls(), storage)
    made = {on.path for on in documents if on not in tx.acls().rules}
    write_rules(tx, documents, pod)
    return replace(grant, made=grant.made | made)


def take_out(tx: Transaction, grant: AccessGrant, pod: Pod) -> None:
    """Take the rules of a grant out of every ACL document that names it."""
    acls = tx.acls()
    every = frozenset().union(*(one.made for one in tx.agreements.grants.all()))
    ours = (ResourceIri(pod.store.storage, path) for path in every)
    made = [on for on in ours if on in acls.rules and _is_as_we_write(tx, on, acls)]
    documents, gone = taken(grant, acls, pod.store.storage, made)
    write_rules(tx, documents, pod)
    for on in gone:
        tx.apply(Change(target=on.acl, before=tx.load(on.acl), after=None), control(tx, on, pod))


def come_to(
    tx: Transaction, grant: AccessGrant, state: GrantState, pod: Pod, by: str
) -> AccessGrant:
    """Sign, keep and note that a grant has come to a state; `by` is who has decided that: the WebID
    of the person, or the address of her storage where nobody did.
    """
    changed = replace(grant, state=state, changed=pod.server.second)
    said = next_record(grant.record, changed, by)
    signed = replace(changed, records=(*changed.records, sign(said, pod)))
    keep(tx, signed, said, pod)
    note(tx, _ACTIONS[state], grant, pod)
    return signed


def sign(said: Document, pod: Pod) -> str:
    """A record as a compact JWS of this server."""
    return pod.server.pods.notary.attest(said, TYPE)


def keep(tx: Transaction, grant: AccessGrant, said: Document, pod: Pod) -> None:
    """Write the row of a grant, and its record as a document of the person's own."""
    tx.agreements.grants.put(grant)
    # What stands in its way must not keep her from stopping anything: the record is kept anyhow.
    put_document(tx, document_path(grant), said, pod)


def put_document(tx: Transaction, path: str, said: Document, pod: Pod) -> None:
    """Put JSON-LD among the person's own documents, at a path, if nothing stands in its way."""
    target = ResourceIri(pod.store.storage, path)
    operation = Operation(
        method="PUT",
        target=target,
        media_type=RdfFormat.JSON_LD.media_type,
        content=dumped(dict(said)),
    )
    with suppress(Problem):
        for change in put(operation, facts_about("PUT", target, tx), pod.server.now()):
            tx.apply(change, control(tx, target, pod))


def note(tx: Transaction, action: str, grant: AccessGrant, pod: Pod) -> None:
    """Note in the journal what was done about a grant."""
    target = ResourceIri(pod.store.storage, GRANTS + grant.id)
    tx.note(line(owner_of(pod), action, target, words(Mode.CONTROL), pod.server.now()))


def live(grants: Iterable[AccessGrant], now: datetime) -> tuple[AccessGrant, ...]:
    """Those of some grants that are not stopped, and whose time is not over at `now`, in UTC."""
    return tuple(
        one
        for one in grants
        if one.state is not GrantState.STOPPED and (one.until is None or one.until > now)
    )


def _make(tx: Transaction, target: ResourceIri, pod: Pod, now: datetime) -> None:
    if tx.load(target) is not None:
        return
    if not target.is_container:
        raise NotFound("there is no document at this address to give access to")
    operation = Operation(method="PUT", target=target, media_type=TURTLE)
    for change in put(operation, facts_about("PUT", target, tx), now):
        tx.apply(change, control(tx, target, pod))


def _is_as_we_write(tx: Transaction, on: ResourceIri, acls: AclIndex) -> bool:
    """Whether an ACL document is as this server writes it: nobody has put another in its place."""
    found = tx.load(on.acl)
    text = acl_document(acls.rules[on], on).encode()
    return found is not None and tx.read(found.content) == text


_ACTIONS = {
    GrantState.ACTIVE: "RESUME",
    GrantState.PAUSED: "PAUSE",
    GrantState.UNUSED: "PAUSE",
    GrantState.STOPPED: "STOP",
}
