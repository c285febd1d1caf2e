"""A SPARQL query, from the request to the results."""

from collections.abc import Collection
from dataclasses import replace

from acl import AccessClass, AclIndex, Agent, all_groups, classes, readable
from pod.flows.authenticate import authenticate, with_memberships
from pod.flows.body import whole
from pod.flows.context import Pod
from pod.flows.journal import READ, line
from pod.flows.outcome import Outcome, Pieces
from pod.ldp.allow import allow_headers
from pod.ldp.links import discovery_links
from pod.ldp.represent import VARY
from pod.model import Reply, Request
from pod.sparql.dataset import Plan, restrict
from pod.sparql.request import read_query
from pod.sparql.results import result_type

LONGEST = 1024 * 1024
ACTION = "QUERY"


async def query(request: Request, pod: Pod, pieces: Pieces) -> Outcome:
    """The results of a query over exactly what its asker may read."""
    agent = await authenticate(request, pod.server)
    if request.method == "POST":
        request = replace(request, body=await whole(pieces, LONGEST))
    plan = restrict(read_query(request))
    media_type = result_type(plan.form, request.headers.get("Accept"))
    body = await results(plan, media_type, agent, pod)
    headers = (
        ("Content-Type", media_type),
        VARY,
        ("Cache-Control", "no-store"),
        *allow_headers(request.target),
        *discovery_links(request.target),
    )
    entry = line(agent, ACTION, request.target.path, READ, pod.server.now())
    return Outcome(Reply(status=200, headers=headers, body=body), entry)


async def results(plan: Plan, media_type: str, agent: Agent, pod: Pod) -> bytes:
    """What a query comes to for an agent, in a media type of its form."""
    agent = await with_memberships(agent, all_groups(pod.store.snapshot().acls()), pod)

    def readable_to_agent(acls: AclIndex) -> Collection[AccessClass]:
        return readable(acls, classes(acls), agent)

    return await pod.index.select(plan, readable_to_agent, media_type)
