"""Which flow answers what in a pod: the one table."""

from pod.flows.describe import describe
from pod.flows.options import options
from pod.flows.outcome import Flow
from pod.flows.push import push
from pod.flows.query import query
from pod.flows.read import read
from pod.flows.write import write
from pod.ldp.links import DEPOSIT, DESCRIPTION, SPARQL
from pod.problems import MethodNotAllowed

METHODS: dict[str, Flow] = {
    "GET": read,
    "HEAD": read,
    "OPTIONS": options,
    "PUT": write,
    "POST": write,
    "DELETE": write,
}

# The server's own addresses below the root of each storage.
ENDPOINTS: dict[str, dict[str, Flow]] = {
    DESCRIPTION: {"GET": describe, "HEAD": describe, "OPTIONS": options},
    SPARQL: {"GET": query, "HEAD": query, "POST": query, "OPTIONS": options},
    DEPOSIT: {"POST": push, "OPTIONS": options},
}


def flow_for(method: str, path: str) -> Flow:
    """The flow for a method on a path of a storage; raises MethodNotAllowed."""
    methods = ENDPOINTS.get(path, METHODS)
    flow = methods.get(method)
    if flow is None:
        raise MethodNotAllowed(f"use one of {', '.join(methods)} here", tuple(methods))
    return flow
