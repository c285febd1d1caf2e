"""Writing ACL documents for the owner, where no app stands between her and them."""

from functools import partial

from acl import Grant, Mode, Need, acl_document, decide, permit
from pod.consent.rules import Documents
from pod.flows.context import Pod
from pod.flows.owner import owner_of
from pod.model import Change, Draft
from pod.rdf.formats import RdfFormat
from pod.store.port import Transaction
from vocab.iri import ResourceIri

TURTLE = RdfFormat.TURTLE.media_type


def write_rules(tx: Transaction, documents: Documents, pod: Pod) -> None:
    """Give resources the rules that they shall have, each in an ACL document of its own."""
    for on, rules in documents.items():
        write_document(tx, on, acl_document(rules, on), pod)


def write_document(tx: Transaction, on: ResourceIri, text: str, pod: Pod) -> None:
    """Write the ACL document of a resource, in Turtle. Raises Refused, and AclProblem."""
    draft = Draft(
        media_type=TURTLE, content=text.encode(), modified=pod.server.now().replace(microsecond=0)
    )
    change = Change(target=on.acl, before=tx.load(on.acl), after=draft)
    tx.apply(change, control(tx, on, pod))


def control(tx: Transaction, on: ResourceIri, pod: Pod) -> Grant:
    """That the owner controls a resource, by the rules as they stand. Raises Refused."""
    access = partial(decide, tx.acls(), agent=owner_of(pod))
    return permit((Need(Mode.CONTROL, on),), access)
