"""RDF documents that a decision needs as facts: of this server read directly, of others fetched.

Used for group documents and holders' profiles. A document that cannot be had is an empty graph.
"""

from pod.flows.context import Server
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


async def _local(name: str, path: str, server: Server) -> tuple[str, bytes]:
    pod = await server.pods.find(name)
    if pod is None:
        return "", b""
    try:
        target = ResourceIri.parse(pod.store.storage, path)
    except ValueError:
        return "", b""
    snapshot = pod.store.snapshot()
    found = None if target.is_container or target.is_acl else snapshot.load(target)
    return ("", b"") if found is None else (found.media_type, snapshot.read(found.content))
