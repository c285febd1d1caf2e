"""Access that nobody uses pauses by itself, and what has ended by its time is put away.

There is no clock that does it: it is looked at when a pod is opened, and once a day while a server
runs.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from functools import partial

from pod.agreements import AccessGrant, GrantState
from pod.consent.rules import iri_of
from pod.flows.consent.standing import come_to, take_out
from pod.flows.context import Pod, Server
from pod.flows.journal import settled
from pod.problems import Problem
from pod.store.port import Transaction
from pod.store.sqlite import DatabaseProblem

DAY = 24 * 3600.0  # seconds
log = logging.getLogger("pod")


async def put_away(pod: Pod) -> tuple[AccessGrant, ...]:
    """Pause what nobody has used for as long as the settings say, and stop what has ended."""
    now = pod.server.now()
    grants = pod.store.snapshot().agreements.grants.all()
    if not any(_is_due(one, one.changed, now, pod) for one in grants):
        return ()
    await settled(pod)
    return await pod.store.write(partial(_put_away, pod=pod, now=now))


async def put_away_daily(server: Server, every: float = DAY) -> None:
    """Do so in every pod that is open, once in so many seconds, until it is cancelled."""
    while True:
        await asyncio.sleep(every)
        for name in server.pods.names():
            pod = server.pods.at_hand(name)
            if pod is not None:
                await put_away_if_possible(pod)


async def put_away_if_possible(pod: Pod) -> None:
    """The same, where a pod that cannot be written now is left for the next time."""
    try:
        await put_away(pod)
    except (Problem, DatabaseProblem):
        log.exception("access that nobody uses could not be paused")


def _put_away(tx: Transaction, pod: Pod, now: datetime) -> tuple[AccessGrant, ...]:
    uses = tx.agreements.last_uses(now - _patience(pod))
    found = []
    for grant in tuple(tx.agreements.grants.all()):
        used = uses.get(iri_of(grant, pod.store.storage), grant.changed)
        if not _is_due(grant, max(used, grant.changed), now, pod):
            continue
        over = grant.until is not None and grant.until <= now
        take_out(tx, grant, pod)
        state = GrantState.STOPPED if over else GrantState.UNUSED
        found.append(come_to(tx, grant, state, pod, pod.store.storage))
    return tuple(found)


def _is_due(grant: AccessGrant, used: datetime, now: datetime, pod: Pod) -> bool:
    """Whether something is to be done about a grant that was used last at a time, in UTC."""
    if grant.until is not None and grant.until <= now:
        return grant.state is not GrantState.STOPPED
    return grant.state is GrantState.ACTIVE and used + _patience(pod) <= now


def _patience(pod: Pod) -> timedelta:
    return timedelta(days=pod.server.config.unused_grant_days)
