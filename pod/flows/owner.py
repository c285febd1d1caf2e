"""The owner of a pod, on the pages and by the commands of the server itself."""

from acl import OWN_PAGES, Agent
from pod.flows.context import Pod


def owner_of(pod: Pod) -> Agent:
    """The owner of a pod where no app stands between her and it."""
    return Agent(webid=pod.store.identity.owner, client=OWN_PAGES)
