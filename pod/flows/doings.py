"""What the journal tells, looked over as a whole: for pages and commands, never for an answer."""

from datetime import datetime, timedelta

from pod.consent.alerts import Alert, alerts
from pod.flows.context import Pod
from pod.model import Doing

HISTORY = timedelta(days=400)
"""How far back it is looked at what is usual."""
RECENT = timedelta(days=30)
"""How far back people are told of what is not."""


async def doings_of(pod: Pod, since: datetime) -> tuple[Doing, ...]:
    """What was done in a pod since a time, in UTC."""
    await pod.store.write(lambda _: None)  # lines that wait for a commit go with this one
    return await pod.store.write(lambda tx: tuple(tx.agreements.doings(since)))


async def alerts_of(pod: Pod) -> tuple[Alert, ...]:
    """What the owner of a pod should look at, of the last days, the latest first."""
    now = pod.server.now()
    found = alerts(await doings_of(pod, now - HISTORY), pod.store.identity.owners)
    return tuple(one for one in found if one.time > now - RECENT)
