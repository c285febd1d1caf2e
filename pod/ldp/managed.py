"""What only the server says of resources and of the members of containers (Solid Protocol §5.3)."""

from pod.ldp.links import types
from pod.problems import Conflict
from vocab.graph import Graph, NamedNode, Triple
from vocab.iri import ResourceIri
from vocab.names import DCTERMS, LDP, PIM, RDF, STAT

MEDIA_TYPES = "http://www.w3.org/ns/iana/media-types/"

# Solid Protocol §4.2.1 #contained-resource-metadata-statements
_FIGURES = {STAT.size, STAT.mtime, DCTERMS.modified}
_KINDS = (LDP.NS, MEDIA_TYPES)


def check_unmanaged(graph: Graph, target: ResourceIri) -> None:
    """Raise Conflict when what is to be at an address says what only the server says.

    That is a container, or a description: then it is about its subject. A container may say of
    itself what it is, since clients send back what they were given.
    """
    about = target.subject
    own = {(RDF.type, kind) for kind in types(about)} if about == target else set()
    for triple in graph:
        if _is_managed(triple, about) and not _is_true(triple, about, own):
            # #server-protect-containment and #server-protect-contained-resource-metadata: "if the
            # server receives such a request, it MUST respond with a 409 status code".
            raise Conflict(
                "the server itself says what a container holds, and the size, time and type of"
                f" each resource; leave out {triple.predicate}"
            )


def check_inbox(graph: Graph, about: ResourceIri) -> None:
    """Raise Conflict for a description by which a resource has several inboxes."""
    said = (NamedNode(str(about)), NamedNode(LDP.inbox))
    if sum((triple.subject, triple.predicate) == said for triple in graph) > 1:
        # LDN §3.1 #discovery: "A resource MUST advertise only one Inbox."
        raise Conflict("a resource has one inbox; name one and leave out the others")


def _is_managed(triple: Triple, about: ResourceIri) -> bool:
    predicate, subject = triple.predicate.value, triple.subject
    if predicate == LDP.contains:
        return True
    if not isinstance(subject, NamedNode) or not _is_listed(subject.value, about):
        return False
    if predicate == RDF.type:
        kind = triple.object
        return isinstance(kind, NamedNode) and (
            kind.value == PIM.Storage or kind.value.startswith(_KINDS)
        )
    return predicate in _FIGURES


def _is_listed(iri: str, about: ResourceIri) -> bool:
    """Whether an IRI names the resource or something below it, and not a part of a document."""
    below = about.is_container and iri.startswith(str(about)) and "#" not in iri
    return below or iri == str(about)


def _is_true(triple: Triple, container: ResourceIri, own: set[tuple[str, str]]) -> bool:
    """Whether it says of the container what the server says anyway, as LDP clients do."""
    subject, value = triple.subject, triple.object
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode):
        return False
    return subject.value == str(container) and (triple.predicate.value, value.value) in own
