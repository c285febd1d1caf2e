"""What only the server says of a container and its members (Solid Protocol §5.3)."""

from pod.ldp.links import types
from pod.problems import Conflict
from vocab.graph import Graph, NamedNode, Triple
from vocab.iri import ResourceIri
from vocab.names import DCTERMS, LDP, PIM, RDF, STAT

MEDIA_TYPES = "http://www.w3.org/ns/iana/media-types/"

# Solid Protocol §4.2.1 #contained-resource-metadata-statements
_FIGURES = {STAT.size, STAT.mtime, DCTERMS.modified}
_KINDS = (LDP.NS, PIM.NS, MEDIA_TYPES)


def check_unmanaged(graph: Graph, container: ResourceIri) -> None:
    """Raise Conflict when a client's description of a container says what only the server says."""
    own = {(RDF.type, kind) for kind in types(container)}
    for triple in graph:
        if _is_managed(triple, str(container)) and not _is_true(triple, container, own):
            # #server-protect-containment and #server-protect-contained-resource-metadata: "if the
            # server receives such a request, it MUST respond with a 409 status code".
            raise Conflict(
                "the server itself says what a container holds, and the size, time and type of"
                f" each member; leave out {triple.predicate}"
            )


def _is_managed(triple: Triple, container: str) -> bool:
    predicate, subject = triple.predicate.value, triple.subject
    if predicate == LDP.contains:
        return True
    if not isinstance(subject, NamedNode) or not _is_listed(subject.value, container):
        return False
    if predicate == RDF.type:
        return isinstance(triple.object, NamedNode) and triple.object.value.startswith(_KINDS)
    return predicate in _FIGURES


def _is_listed(iri: str, container: str) -> bool:
    """Whether an IRI names the container or something below it, and not a part of a document."""
    return iri.startswith(container) and "#" not in iri


def _is_true(triple: Triple, container: ResourceIri, own: set[tuple[str, str]]) -> bool:
    """Whether it says of the container what the server says anyway, as LDP clients do."""
    subject, value = triple.subject, triple.object
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode):
        return False
    return subject.value == str(container) and (triple.predicate.value, value.value) in own
