"""What the journal tells, looked over as a whole: for pages and commands, never for an answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from pod.consent.alerts import Alert, alerts
from pod.flows.context import Pod
from pod.flows.journal import settled
from pod.model import Doing
from pod.store.doings import Alike, doings_in

T = TypeVar("T")

HISTORY: Final = timedelta(days=400)
"""How far back it is looked at what is usual."""
RECENT: Final = timedelta(days=30)
"""How far back people are told of what is not."""


async def doings_of(pod: Pod, alike: Alike, since: datetime, until: datetime) -> tuple[Doing, ...]:
    """What was done in a pod since a time and before another, in UTC."""
    return await _apart(pod, alike, since, until, lambda found: found)


async def alerts_of(pod: Pod, since: datetime, until: datetime) -> tuple[Alert, ...]:
    """What the owner of a pod should look at, since a time and before another, in UTC: the latest
    first.
    """
    owners = pod.store.identity.owners

    def made(found: tuple[Doing, ...]) -> tuple[Alert, ...]:
        return tuple(one for one in alerts(found, owners) if one.time >= since)

    return await _apart(pod, Alike.CATEGORY, since - HISTORY, until, made)


async def recent_alerts(pod: Pod) -> tuple[Alert, ...]:
    """Those of the last days."""
    now = pod.server.now()
    return await alerts_of(pod, now - RECENT, now)


async def _apart(
    pod: Pod,
    alike: Alike,
    since: datetime,
    until: datetime,
    made: Callable[[tuple[Doing, ...]], T],
) -> T:
    """What is made of some doings, beside the event loop."""
    await settled(pod)
    data, name = pod.server.config.data, pod.store.name
    return await pod.server.apart.run(lambda: made(doings_in(data, name, alike, since, until)))
