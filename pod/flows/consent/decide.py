"""What is decided about a request for access, by either side: one transaction each.

The asker is told by pod.flows.answer, which is what the person's own pages and commands call.
"""

from dataclasses import replace
from datetime import datetime

from acl import Agent
from pod.agreements import (
    MYTERMS,
    REQUESTS,
    AccessGrant,
    AccessRequest,
    Item,
    Proposal,
    RequestState,
)
from pod.consent.access_request import (
    Act,
    check_within,
    countering,
    days_left,
    now_at,
    proposing,
    refusing,
    step,
)
from pod.consent.terms import USUALLY, is_current, offers
from pod.flows.consent.give import answering, give_in
from pod.flows.context import Pod
from pod.flows.journal import line
from pod.flows.owner import owner_of
from pod.model import Entry
from pod.problems import Conflict, Forbidden, NotFound, Unprocessable
from pod.store.port import Transaction
from vocab.iri import ResourceIri

LONGEST_REPORT = 4000  # characters
LONGEST_REASON = 500
Items = tuple[Item, ...]


def requests_in(pod: Pod) -> tuple[AccessRequest, ...]:
    """All requests, the latest first, as they stand now."""
    now = pod.server.now()
    return tuple(now_at(one, now) for one in pod.store.snapshot().agreements.requests.all())


def waiting_in(pod: Pod) -> tuple[AccessRequest, ...]:
    """The requests that wait for the person, the oldest first."""
    found = [one for one in requests_in(pod) if one.state is RequestState.WAITING]
    return tuple(reversed(found))


def request_in(name: str, pod: Pod) -> AccessRequest:
    """The request of an id as it stands now. Raises NotFound."""
    return _found(pod.store.snapshot().agreements.requests.find(id=name), pod.server.now())


async def accept(
    name: str, items: Items, days: int | None, screen: str | None, pod: Pod
) -> AccessGrant:
    """Give what was asked, or less of it. `screen` is the version of what the person was shown.

    Raises NotFound, Conflict, Unprocessable, and what pod.flows.consent.give raises.
    """

    def work(tx: Transaction) -> AccessGrant:
        asked = _kept(tx, name, pod)
        check_within(asked, items, days)
        done = step(asked, Act.ACCEPT, pod.server.second)
        return _give(tx, asked, done, (items, days, screen), pod)

    return await pod.store.write(work)


async def take(name: str, asker: Agent, pod: Pod) -> AccessGrant:
    """The asker takes what was proposed, and gets just that. Raises as above."""

    def work(tx: Transaction) -> AccessGrant:
        asked = _kept(tx, name, pod)
        done = step(asked, Act.TAKE, pod.server.second)
        if asked.proposed is None:
            raise Conflict("nothing was proposed")
        terms = _agreed(tx, asked.proposed.terms, asker, pod) or asked.terms
        offered = asked.proposed.items, asked.proposed.days, None
        _note(tx, Act.TAKE, asked, asker, pod)
        return _give(tx, replace(asked, terms=terms), replace(done, terms=terms), offered, pod)

    return await pod.store.write(work)


async def propose(name: str, proposed: Proposal, pod: Pod) -> AccessRequest:
    """Offer something else: less data, fewer rights, a shorter time, under other terms."""

    def work(tx: Transaction) -> AccessRequest:
        setting = tx.agreements.setting() or USUALLY
        known = {None, *(terms.name for terms in offers(setting))}
        if proposed.terms not in known:
            raise Unprocessable("propose terms that are offered to everybody")
        after = proposing(_kept(tx, name, pod), proposed, pod.server.second)
        return _put(tx, Act.PROPOSE, after, owner_of(pod), pod)

    return await pod.store.write(work)


async def counter(
    name: str, items: Items, days: int | None, asker: Agent, pod: Pod
) -> AccessRequest:
    """The asker would take this instead of what was proposed: never more than it asked for."""

    def work(tx: Transaction) -> AccessRequest:
        after = countering(_kept(tx, name, pod), items, days, pod.server.second)
        return _put(tx, Act.COUNTER, after, asker, pod)

    return await pod.store.write(work)


async def refuse(name: str, reason: str | None, pod: Pod) -> AccessRequest:
    """Refuse what was asked for. The asker is told the reason, which nobody has to give."""
    told = None if reason is None else reason.strip()[:LONGEST_REASON] or None

    def work(tx: Transaction) -> AccessRequest:
        after = refusing(_kept(tx, name, pod), told, pod.server.second)
        return _put(tx, Act.REFUSE, after, owner_of(pod), pod)

    return await pod.store.write(work)


async def end(name: str, act: Act, by: Agent, pod: Pod) -> AccessRequest:
    """Decline or withdraw a request, as its asker."""

    def work(tx: Transaction) -> AccessRequest:
        after = step(_kept(tx, name, pod), act, pod.server.second)
        return _put(tx, act, after, by, pod)

    return await pod.store.write(work)


async def report(name: str, text: str, pod: Pod) -> AccessRequest:
    """Keep what the person says of pressure to agree, with the request; the asker is not told."""

    def work(tx: Transaction) -> AccessRequest:
        after = replace(_kept(tx, name, pod), reported=text[:LONGEST_REPORT])
        tx.agreements.requests.put(after)
        tx.note(_line("REPORT", after, owner_of(pod), pod))
        return after

    return await pod.store.write(work)


def _agreed(tx: Transaction, name: str | None, asker: Agent, pod: Pod) -> str | None:
    """The agreement of an asker to the terms that were proposed; None for no others than it has
    accepted already. Raises Forbidden, which says where they are, where it has not accepted them.
    """
    made = (
        ()
        if asker.webid is None
        else tx.agreements.terms.all(agent=asker.webid, client=asker.client)
    )
    setting = tx.agreements.setting() or USUALLY
    found = next((one.id for one in made if one.offer == name and is_current(one, setting)), None)
    if name is not None and found is None:
        where = f"{pod.store.storage}{MYTERMS}"
        raise Forbidden(f"accept the terms `{name}` that were proposed first, at {where}")
    return found


def _give(
    tx: Transaction,
    asked: AccessRequest,
    done: AccessRequest,
    given: tuple[Items, int | None, str | None],
    pod: Pod,
) -> AccessGrant:
    tx.agreements.requests.put(done)
    items, days, screen = given
    days = days_left(asked, days, pod.server.second)
    return give_in(tx, answering(asked, items, days, screen), pod)


def _put(tx: Transaction, act: Act, after: AccessRequest, by: Agent, pod: Pod) -> AccessRequest:
    tx.agreements.requests.put(after)
    _note(tx, act, after, by, pod)
    return after


def _note(tx: Transaction, act: Act, request: AccessRequest, by: Agent, pod: Pod) -> None:
    tx.note(_line(act.name, request, by, pod))


def _line(action: str, request: AccessRequest, by: Agent, pod: Pod) -> Entry:
    target = ResourceIri(pod.store.storage, f"{REQUESTS}/{request.id}")
    return line(by, action, target, "", pod.server.now())


def _kept(tx: Transaction, name: str, pod: Pod) -> AccessRequest:
    return _found(tx.agreements.requests.find(id=name), pod.server.now())


def _found(kept: AccessRequest | None, now: datetime) -> AccessRequest:
    if kept is None:
        raise NotFound("there is no such request")
    return now_at(kept, now)
