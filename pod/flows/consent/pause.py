"""Pausing a grant: its rules are taken out, and what was agreed to is kept."""

from pod.agreements import AccessGrant, GrantState
from pod.flows.consent.standing import check_not_stopped, come_to, grant_of, take_out
from pod.flows.context import Pod
from pod.store.port import Transaction


async def pause(name: str, pod: Pod) -> AccessGrant:
    """Pause the grant of an id; one that is paused already stays as it is.

    Raises NotFound, and Conflict for one that is stopped.
    """
    return await pod.store.write(lambda tx: pause_in(tx, grant_of(tx, name), pod))


def pause_in(tx: Transaction, grant: AccessGrant, pod: Pod) -> AccessGrant:
    """The same within a transaction. Raises Conflict."""
    check_not_stopped(grant)
    if grant.state is GrantState.PAUSED:
        return grant
    take_out(tx, grant, pod)
    return come_to(tx, grant, GrantState.PAUSED, pod, pod.store.identity.owner)
