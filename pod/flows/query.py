"""A SPARQL query, from the request to the results."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from hashlib import sha256

from acl import AccessClass, AclIndex, Agent, Mode, classes, decide, grants_of, readable
from pod.flows.answered import answered
from pod.flows.asker import in_groups
from pod.flows.authenticate import authenticate
from pod.flows.body import whole
from pod.flows.context import Pod, Readable, Sitting
from pod.flows.journal import READ, leaving, line
from pod.flows.outcome import Outcome, Pieces
from pod.model import Entry, Request, Results, Said
from pod.rdf.said import ANY, fields_of
from pod.sparql.asked import categories_asked
from pod.sparql.dataset import Plan, restrict
from pod.sparql.request import Query, read_query
from pod.sparql.results import result_type
from vocab.iri import ResourceIri
from vocab.kinds import DOMAINS
from vocab.places import DATA

LONGEST = 1024 * 1024
ACTION = "QUERY"


async def query(request: Request, pod: Pod, pieces: Pieces) -> Outcome:
    """The results of a query over exactly what its asker may read."""
    agent = await authenticate(request, pod.server)
    if request.method == "POST":
        request = replace(request, body=await whole(pieces, LONGEST))
    sent = read_query(request)
    plan = restrict(sent)
    media_type = result_type(plan.form, request.headers.get("Accept"))
    agent = await in_groups(agent, pod)
    found = await _selected(plan, media_type, agent, pod)
    reply = answered(request, media_type, found.body)
    said = Said(found.rows, _fields(plan))
    entry = leaving(_asked(request, sent, plan, agent, pod), request, reply, said)
    return Outcome(reply, entry)


async def results(plan: Plan, media_type: str, agent: Agent, pod: Pod) -> Results:
    """What a query comes to for an agent, in a media type of its form."""
    return await _selected(plan, media_type, await in_groups(agent, pod), pod)


@asynccontextmanager
async def sitting(agent: Agent, pod: Pod) -> AsyncIterator[Sitting]:
    """Several queries of an agent, one after the other, over what the agent may read."""
    async with pod.index.sitting(_readable_to(await in_groups(agent, pod))) as begun:
        yield begun


async def _selected(plan: Plan, media_type: str, agent: Agent, pod: Pod) -> Results:
    return await pod.index.select(plan, _readable_to(agent), media_type)


def _readable_to(agent: Agent) -> Readable:
    def readable_to_agent(acls: AclIndex) -> Collection[AccessClass]:
        return readable(acls, classes(acls), agent)

    return readable_to_agent


def _asked(request: Request, sent: Query, plan: Plan, agent: Agent, pod: Pod) -> Entry:
    """The line of a query: what it asked for, of what its asker may read."""
    state = pod.store.snapshot()
    acls = state.acls()
    # The one purpose that is meant where none is named.
    agent = decide(acls, request.target, agent=agent).agent
    entry = line(agent, ACTION, request.target, READ, pod.server.now())
    may_read = readable(acls, classes(acls), agent)
    data = ResourceIri(pod.store.storage, DATA)
    domains = frozenset(
        domain
        for domain in DOMAINS
        if state.load(place := data.child(f"{domain}/")) is not None
        and (
            Mode.READ in decide(acls, place, agent).modes
            or any(one.source and one.source.path.startswith(place.path) for one in may_read)
        )
    )
    return entry._replace(
        query=sha256(sent.text.encode("utf-8", "surrogatepass")).hexdigest(),
        categories=categories_asked(plan, pod.store.storage, domains),
        grants=tuple(sorted(grants_of(acls, may_read, agent))),
        edition=acls.edition,
    )


def _fields(plan: Plan) -> tuple[str, ...]:
    fields = fields_of(plan.named.properties)
    return (ANY, *fields) if plan.named.any_property and ANY not in fields else fields
