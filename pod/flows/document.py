"""RDF documents that a decision needs as facts: of this server read directly, of others fetched.

Used for group documents and holders' profiles. A document that cannot be had is an empty graph.
"""

from acl import ANYONE, Mode, decide
from pod.flows.context import Pod, Server
from pod.problems import Problem
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.graph import Graph
from vocab.iri import ResourceIri

ACCEPT = "text/turtle, application/ld+json;q=0.9, application/n-triples;q=0.8"
NOTHING: Graph = frozenset()


async def graph_of(iri: str, server: Server, *, anew: bool = False) -> Graph:
    """The triples of the document that an IRI, less its fragment, names; with `anew`, as it is now
    and not as it was a few minutes ago.
    """
    document = iri.partition("#")[0]
    # RS-14, WAC-12: what lies here is read without the network, and without its own ACL: the
    # fact is used to decide, never shown.
    found = server.addresses.find(document)
    if found is not None:
        media_type, content = await _local(*found, server)
    else:
        fetched = await server.fetch(document, ACCEPT, anew=anew)
        media_type, content = (fetched.media_type, fetched.body) if fetched else ("", b"")
    syntax = RdfFormat.of(media_type)
    try:
        return NOTHING if syntax is None else parse(content, syntax, document)
    except Problem:
        return NOTHING


async def public_document(iri: str, server: Server) -> bytes | None:
    """The bytes of a document in a pod here that anybody may read; None for every other."""
    found = server.addresses.find(iri)
    pod = None if found is None else await server.pods.find(found[0])
    target = None if pod is None or found is None else _target(found[1], pod)
    if pod is None or target is None:
        return None
    snapshot = pod.store.snapshot()
    if Mode.READ not in decide(snapshot.acls(), target, ANYONE).modes:
        return None
    kept = snapshot.load(target)
    return None if kept is None else snapshot.read(kept.content)


async def _local(name: str, path: str, server: Server) -> tuple[str, bytes]:
    pod = await server.pods.find(name)
    target = None if pod is None else _target(path, pod)
    if pod is None or target is None:
        return "", b""
    snapshot = pod.store.snapshot()
    found = snapshot.load(target)
    return ("", b"") if found is None else (found.media_type, snapshot.read(found.content))


def _target(path: str, pod: Pod) -> ResourceIri | None:
    """The document at a path of a pod; None for a container or rules."""
    try:
        target = ResourceIri.parse(pod.store.storage, path)
    except ValueError:
        return None
    return None if target.is_container or target.is_acl else target
