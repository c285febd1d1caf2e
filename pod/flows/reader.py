"""Whether somebody who subscribed may still read a topic, asked whenever it is to be told."""

from collections.abc import Callable

from acl import AclIndex, Agent, Mode, decide, groups_of
from pod.flows.authenticate import pod_of, with_memberships
from pod.flows.context import Pod, Server
from vocab.iri import ResourceIri

Rules = Callable[[AclIndex], AclIndex]
"""From the rules in force to those that are to be decided by."""


def in_force(acls: AclIndex) -> AclIndex:
    return acls


async def may_read(
    agent: Agent, epoch: str | None, topic: ResourceIri, pod: Pod, rules: Rules = in_force
) -> bool:
    """Whether the agent may read the topic now; `epoch` is that of her pod when she subscribed."""
    if not await _is_still(agent, epoch, pod.server):
        return False
    acls = rules(pod.store.snapshot().acls())
    if groups := groups_of(acls, topic):
        agent = await with_memberships(agent, groups, pod)
        acls = rules(pod.store.snapshot().acls())
    return Mode.READ in decide(acls, topic, agent).modes


async def epoch_of(agent: Agent, server: Server) -> str | None:
    """The epoch of the pod that the WebID of an agent is in; None when it is in none here."""
    pod = None if agent.webid is None else await pod_of(agent.webid, server)
    return None if pod is None else pod.store.identity.epoch


async def _is_still(agent: Agent, epoch: str | None, server: Server) -> bool:
    """Whether the WebID is still the one that subscribed: a name may go to somebody else."""
    return epoch is None or await epoch_of(agent, server) == epoch
