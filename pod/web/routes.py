"""Which flow answers what in a pod: the one table."""

from pod.agreements import ERASURES, GRANTS, MYTERMS, REQUESTS, WHY
from pod.flows.ask import ask
from pod.flows.channel import channel
from pod.flows.consent.agree import agree, cancel
from pod.flows.consent.grants import grant, grants
from pod.flows.consent.myterms import accepted_terms, my_terms
from pod.flows.consent.requests import one_request, requests
from pod.flows.consent.why import why
from pod.flows.describe import describe
from pod.flows.erasure import erasure
from pod.flows.ledger import ledger
from pod.flows.offer import offer
from pod.flows.options import options
from pod.flows.outcome import Flow
from pod.flows.push import push
from pod.flows.query import query
from pod.flows.read import read
from pod.flows.subscribe import subscribe
from pod.flows.write import write
from pod.ldp.allow import (
    ACCEPTED_TERMS,
    ALL_GRANTS,
    CHANNELS,
    DEPOSIT,
    DESCRIPTION,
    JOURNAL,
    ONE_REQUEST,
    RECEIVE,
    SENDER,
    SERVICES,
    SPARQL,
    UPDATES,
    allowed,
    family,
)
from pod.problems import MethodNotAllowed
from vocab.iri import ResourceIri

METHODS: dict[str, Flow] = {
    "GET": read,
    "HEAD": read,
    "OPTIONS": options,
    "PUT": write,
    "POST": write,
    "PATCH": write,
    "DELETE": write,
}

# The server's own addresses below the root of each storage.
ENDPOINTS: dict[str, dict[str, Flow]] = {
    DESCRIPTION: {"GET": describe, "HEAD": describe, "OPTIONS": options},
    SPARQL: {"GET": query, "HEAD": query, "POST": query, "OPTIONS": options},
    DEPOSIT: {"POST": push, "OPTIONS": options},
    WHY: {"GET": why, "HEAD": why, "OPTIONS": options},
    JOURNAL: {"GET": ledger, "HEAD": ledger, "OPTIONS": options},
    ALL_GRANTS: {"GET": grants, "HEAD": grants, "OPTIONS": options},
    MYTERMS: {"GET": my_terms, "HEAD": my_terms, "POST": my_terms, "OPTIONS": options},
    REQUESTS: {"GET": requests, "HEAD": requests, "POST": ask, "OPTIONS": options},
    SENDER: {"GET": offer, "HEAD": offer, "OPTIONS": options},
    UPDATES: {"OPTIONS": options},
    **{
        address: {"GET": offer, "HEAD": offer, "POST": subscribe, "OPTIONS": options}
        for address in SERVICES
    },
}

# And those of which there are many, by where they lie. What is received comes over a connection
# that stays open: see `pod.web.lines`.
FAMILIES: dict[str, dict[str, Flow]] = {
    CHANNELS: {
        "GET": channel,
        "HEAD": channel,
        "POST": channel,
        "DELETE": channel,
        "OPTIONS": options,
    },
    RECEIVE: {"OPTIONS": options},
    GRANTS: {"GET": grant, "HEAD": grant, "OPTIONS": options},
    ACCEPTED_TERMS: {"GET": accepted_terms, "HEAD": accepted_terms, "OPTIONS": options},
    ONE_REQUEST: {
        "GET": one_request,
        "HEAD": one_request,
        "POST": agree,
        "DELETE": cancel,
        "OPTIONS": options,
    },
    ERASURES: {"GET": erasure, "HEAD": erasure, "POST": erasure, "OPTIONS": options},
}


def flow_for(method: str, target: ResourceIri) -> Flow:
    """The flow for a method on an address of a storage; raises MethodNotAllowed."""
    own = ENDPOINTS.get(target.path) or FAMILIES.get(family(target), METHODS)
    flow = own.get(method)
    if flow is None:
        methods = allowed(target)
        raise MethodNotAllowed(f"use one of {', '.join(methods)} here", methods)
    return flow
