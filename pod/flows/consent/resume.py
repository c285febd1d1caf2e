"""Resuming a grant that was paused: by the person, or because nobody used it."""

from pod.agreements import AccessGrant, GrantState
from pod.flows.consent.standing import check_not_stopped, come_to, grant_of, put_in
from pod.flows.context import Pod
from pod.problems import Conflict
from pod.store.port import Transaction


async def resume(name: str, pod: Pod) -> AccessGrant:
    """Let the grant of an id hold again, as it was agreed to; its end by time stays where it was.

    Raises NotFound, and Conflict for one that is stopped or whose time is over.
    """
    return await pod.store.write(lambda tx: _resume(tx, grant_of(tx, name), pod))


def _resume(tx: Transaction, grant: AccessGrant, pod: Pod) -> AccessGrant:
    if grant.state is GrantState.ACTIVE:
        return grant
    check_not_stopped(grant)
    if grant.until is not None and grant.until <= pod.server.now():
        raise Conflict("the time of this access is over; renew it")
    grant = put_in(tx, grant, pod)
    return come_to(tx, grant, GrantState.ACTIVE, pod, pod.store.identity.owner)
