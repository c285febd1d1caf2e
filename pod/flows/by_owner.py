"""What the owner of a pod writes or deletes by a command of the server, in one transaction."""

from datetime import datetime
from functools import partial

from acl import Mode, decide, permit
from pod.flows.context import Pod
from pod.flows.journal import line, words
from pod.flows.owner import owner_of
from pod.ldp.delete import delete
from pod.ldp.facts import facts_about
from pod.ldp.needs import needs_of
from pod.ldp.operation import Operation
from pod.ldp.put import put
from pod.store.port import Transaction


def apply(operation: Operation, tx: Transaction, pod: Pod, now: datetime) -> None:
    """Do a PUT or a DELETE as far as the owner may, and note it. Raises Refused."""
    method, target, owner = operation.method, operation.target, owner_of(pod)
    facts = facts_about(method, target, tx)
    needs = needs_of(method, target, exists=facts.before is not None, missing=facts.missing)
    grant = permit(needs, partial(decide, tx.acls(), agent=owner))
    change = put if method == "PUT" else delete
    for one in change(operation, facts, now):
        tx.apply(one, grant)
    tx.note(line(owner, method, target, words(Mode.WRITE), now))
