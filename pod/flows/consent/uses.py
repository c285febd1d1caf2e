"""When access was used last, for whoever wants to know whether it is still needed."""

from collections.abc import Mapping
from datetime import UTC, datetime

from pod.agreements import GRANTS
from pod.flows.context import Pod
from pod.flows.journal import settled

_EVER = datetime(1970, 1, 2, tzinfo=UTC)  # a day after the first, which room is left before


async def last_uses(pod: Pod) -> Mapping[str, datetime]:
    """The time of the last use of each grant that was ever used, by its id, in UTC."""
    await settled(pod)
    found = await pod.store.write(lambda tx: tx.agreements.last_uses(_EVER))
    prefix = pod.store.storage + GRANTS
    return {name.removeprefix(prefix): used for name, used in found.items()}
