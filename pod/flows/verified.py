"""Whether anybody has altered the journal of a pod, for the owner who asks on a page."""

from functools import partial

from pod.flows.context import Pod
from pod.store.verify import Checked
from pod.store.whole import checked


async def verified(pod: Pod) -> Checked:
    """What is found in the journal up to now; one is looked at at a time, beside the event loop."""
    server = pod.server
    work = partial(checked, server.config.data, pod.store.name, server.pods.notary)
    return await server.apart.run(work)
