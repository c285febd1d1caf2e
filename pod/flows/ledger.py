"""The journal of a pod at its own address, for its owner alone."""

from pod.flows.answered import JSON, answered
from pod.flows.asker import asker, permitted
from pod.flows.context import Pod
from pod.flows.journal import entry_of, leaving, settled
from pod.flows.outcome import Outcome, Pieces
from pod.http.negotiate import negotiate
from pod.ldp.journal_page import Told, json_page, next_page, page_graph, read_asked
from pod.model import Request, Said
from pod.problems import NotAcceptable
from pod.rdf.formats import RdfFormat
from pod.rdf.said import FILE, said_in
from pod.rdf.serialise import serialise
from pod.store.journal_pages import Page, Wanted
from vocab.iri import ResourceIri

_FORMATS = {syntax.media_type: syntax for syntax in RdfFormat}


async def ledger(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """A page of the journal, for who controls the root of the pod; its reading is noted too."""
    agent = await asker(request, pod)
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
    links = () if more is None else (("Link", f'<{more}>; rel="next"'),)
    reply = answered(request, media_type, body, *links)
    entry = entry_of(request, grant, reply.status, pod.server.now())
    return Outcome(reply, leaving(entry, request, reply, said))


async def page_of(wanted: Wanted, pod: Pod) -> Page:
    """A page of the journal with all that was noted before it was asked for."""
    await settled(pod)
    return pod.store.snapshot().journal(wanted)


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
