"""Reducing access: less of it, for no longer, in the place of what was given; never more."""

from dataclasses import replace

from pod.agreements import AccessGrant, GrantState, Item
from pod.consent.reduction import as_request, check_less, reducing
from pod.consent.screen import Screen
from pod.flows.consent.ask_screen import screen_of
from pod.flows.consent.give import give_in, instead_of
from pod.flows.consent.pause import pause_in
from pod.flows.consent.standing import check_not_stopped, grant_of
from pod.flows.consent.stop import stop_in
from pod.flows.context import Pod
from pod.store.port import Transaction


async def screen_to_reduce(grant: AccessGrant, pod: Pod) -> Screen:
    """What a person is shown of what she has given: all of it ticked, to take away from.

    Raises Conflict for what is over.
    """
    check_not_stopped(grant)
    asked = as_request(grant, pod.server.now())
    return reducing(await screen_of(asked, pod), grant.until)


async def reduce(
    name: str, items: tuple[Item, ...], days: int | None, pod: Pod, *, screen: str | None = None
) -> AccessGrant:
    """The grant that takes the place of the one of an id, which is stopped, with less in it or for
    so many days from now at most; from the next request on. One that was paused stays so.

    `screen` is the version of the screen that the person saw. Raises NotFound, Conflict for what is
    over, Unprocessable for what would be more or just as much, and what giving raises.
    """

    def work(tx: Transaction) -> AccessGrant:
        before = grant_of(tx, name)
        check_not_stopped(before)
        check_less(before, items, days, pod.server.now())
        stop_in(tx, before, pod)
        gift = instead_of(tx, before, items, days, screen)
        made = give_in(tx, replace(gift, ends=before.until), pod, "REDUCE")
        return made if before.state is GrantState.ACTIVE else pause_in(tx, made, pod)

    return await pod.store.write(work)
