"""Renewing access: never by itself, and as a grant of its own with a record of its own."""

from pod.agreements import AccessGrant
from pod.consent.purposes import DEFAULT_DAYS
from pod.flows.consent.give import give_in, instead_of
from pod.flows.consent.standing import grant_of
from pod.flows.consent.stop import stop_in
from pod.flows.context import Pod
from pod.store.port import Transaction


async def renew(
    name: str, pod: Pod, days: int | None = DEFAULT_DAYS, *, screen: str | None = None
) -> AccessGrant:
    """The grant that takes the place of the one of an id, which is stopped, for so many days from
    now, None for until it is stopped. `screen` is the version of the screen that the person saw.

    Raises NotFound, and what giving raises.
    """

    def work(tx: Transaction) -> AccessGrant:
        before = grant_of(tx, name)
        stop_in(tx, before, pod)
        return give_in(tx, instead_of(tx, before, before.items, days, screen), pod)

    return await pod.store.write(work)
