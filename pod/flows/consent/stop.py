"""Stopping a grant for good: nothing of it is left on the next request."""

from pod.agreements import AccessGrant, GrantState
from pod.flows.consent.standing import come_to, grant_of, take_out
from pod.flows.context import Pod
from pod.store.port import Transaction


async def stop(name: str, pod: Pod) -> AccessGrant:
    """Stop the grant of an id; one that is stopped already stays as it is. Raises NotFound."""
    return await pod.store.write(lambda tx: stop_in(tx, grant_of(tx, name), pod))


def stop_in(tx: Transaction, grant: AccessGrant, pod: Pod) -> AccessGrant:
    """The same within a transaction."""
    if grant.state is GrantState.STOPPED:
        return grant
    take_out(tx, grant, pod)
    return come_to(tx, grant, GrantState.STOPPED, pod, pod.store.identity.owner)
