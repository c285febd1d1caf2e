"""The journal of a pod at its own address, for its owner alone."""

from functools import partial

from acl import Agent, Grant, Mode, Need, all_groups, decide, permit
from pod.flows.authenticate import authenticate, with_memberships
from pod.flows.context import Pod
from pod.flows.journal import entry_of, leaving
from pod.flows.outcome import Outcome, Pieces
from pod.http.negotiate import negotiate
from pod.ldp.allow import allow_headers
from pod.ldp.journal_page import Told, json_page, next_page, page_graph, read_asked
from pod.ldp.links import discovery_links
from pod.ldp.represent import VARY
from pod.model import Reply, Request, Said
from pod.problems import NotAcceptable
from pod.rdf.formats import RdfFormat
from pod.rdf.said import FILE, said_in
from pod.rdf.serialise import serialise
from pod.store.journal_pages import Page, Wanted
from vocab.iri import ResourceIri

JSON = "application/json"
_FORMATS = {syntax.media_type: syntax for syntax in RdfFormat}


async def ledger(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """A page of the journal, for who controls the root of the pod; its reading is noted too."""
    agent = await authenticate(request, pod.server)
    agent = await with_memberships(agent, all_groups(pod.store.snapshot().acls()), pod)
    permitted(agent, pod)
    asked = read_asked(request.url)
    media_type = negotiate(request.headers.get("Accept"), tuple(_FORMATS), JSON)
    if media_type is None:
        raise NotAcceptable(f"the journal comes as {', '.join([JSON, *_FORMATS])}")
    wanted = Wanted(
        after=asked.after,
        limit=asked.limit,
        since=asked.since,
        agent=asked.agent,
        client=asked.client,
        category=asked.category,
    )
    found = await page_of(wanted, pod)
    grant = permitted(agent, pod)
    more = None if found.more is None else next_page(request.url, found.more)
    body, said = _body(request.target, found, media_type, more)
    headers = (
        ("Content-Type", media_type),
        *((("Link", f'<{more}>; rel="next"'),) if more is not None else ()),
        VARY,
        ("Cache-Control", "no-store"),
        *allow_headers(request.target),
        *discovery_links(request.target),
    )
    reply = Reply(status=200, headers=headers, body=body)
    entry = entry_of(request, grant, reply.status, pod.server.now())
    return Outcome(reply, leaving(entry, request, reply, said))


async def page_of(wanted: Wanted, pod: Pod) -> Page:
    """A page of the journal with all that was noted before it was asked for."""
    await pod.store.write(lambda _: None)  # lines that wait for a commit go with this one
    return pod.store.snapshot().journal(wanted)


def permitted(agent: Agent, pod: Pod) -> Grant:
    """That an agent controls the root of a pod: with its app, if it acts through one.

    Raises Refused.
    """
    root = ResourceIri(pod.store.storage, "")
    acls = pod.store.snapshot().acls()
    return permit((Need(Mode.CONTROL, root),), partial(decide, acls, agent=agent))


def told(found: Page) -> tuple[Told, ...]:
    """The lines of a page, each with the root that was signed where it ends a day."""
    roots = dict(found.roots)
    return tuple(Told(one.seq, one.entry, one.hash, roots.get(one.seq)) for one in found.lines)


def _body(
    target: ResourceIri, found: Page, media_type: str, more: str | None
) -> tuple[bytes, Said]:
    lines = told(found)
    if media_type == JSON:
        return json_page(target, lines, more), FILE
    graph = page_graph(target, lines)
    return serialise(graph, _FORMATS[media_type]), said_in(graph)
