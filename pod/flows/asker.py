"""Who asks at the server's own addresses, and whether what is told there is hers to see."""

from functools import partial

from acl import Access, Agent, Grant, Mode, Need, all_groups, decide, permit
from pod.agreements import AccessGrant, AccessRequest
from pod.flows.authenticate import authenticate, with_memberships
from pod.flows.context import Pod
from pod.model import Request
from pod.problems import Unauthenticated
from vocab.iri import ResourceIri


async def asker(request: Request, pod: Pod) -> Agent:
    """Who asks, or anyone, with her membership in each group that the rules of a pod name."""
    return await in_groups(await authenticate(request, pod.server), pod)


async def known_asker(request: Request, pod: Pod, why: str) -> Agent:
    """The same. Raises Unauthenticated, which says why to sign in, for somebody unknown."""
    agent = await authenticate(request, pod.server)
    if agent.webid is None:
        raise Unauthenticated(why)
    return await in_groups(agent, pod)


async def in_groups(agent: Agent, pod: Pod) -> Agent:
    """An agent with its membership in each group that the rules of a pod name."""
    return await with_memberships(agent, all_groups(pod.store.snapshot().acls()), pod)


def permitted(agent: Agent, pod: Pod) -> Grant:
    """That an agent is an owner of a pod, with its app, if it acts through one. Raises Refused."""
    root = ResourceIri(pod.store.storage, "")
    return permit((Need(Mode.CONTROL, root),), partial(_access, agent=agent, pod=pod))


def is_owner(agent: Agent, pod: Pod) -> bool:
    """Whether an agent controls the root of a pod: with its app, if it acts through one."""
    return Mode.CONTROL in _access(ResourceIri(pod.store.storage, ""), agent, pod).modes


def is_of(made: AccessGrant | AccessRequest, agent: Agent) -> bool:
    """Whether a grant or a request is an agent's own, through the app that it was made through."""
    return made.agent == agent.webid and made.client in {None, agent.client}


def _access(target: ResourceIri, agent: Agent, pod: Pod) -> Access:
    return decide(pod.store.snapshot().acls(), target, agent)
