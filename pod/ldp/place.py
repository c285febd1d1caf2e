"""What may stand at an address, and what comes with it: rules that PUT and PATCH share."""

from acl import AclProblem, check_acl
from pod.ldp.facts import Facts
from pod.ldp.inbox import check_notification, is_inbox
from pod.ldp.managed import check_inbox, check_unmanaged
from pod.ldp.profile import check_profile
from pod.model import Change, Draft
from pod.problems import Conflict, Unprocessable
from pod.rdf.formats import RdfFormat
from vocab.graph import Graph
from vocab.iri import ResourceIri


def check_place(facts: Facts) -> None:
    """Raise Conflict where something else stands in the way."""
    # Solid Protocol §3.1 #server-uri-trailing-slash-distinct: "if the server has associated a
    # resource with one of them, then the other URI MUST NOT correspond to another resource".
    if facts.twin is not None:
        kind = "container" if facts.twin.iri.is_container else "document"
        raise Conflict(f"there is a {kind} with this name; choose another or delete it first")
    if facts.blocking is not None:
        raise Conflict("a part of this address is a document; choose another container")


def check_graph(graph: Graph, target: ResourceIri, facts: Facts) -> None:
    """Raise Conflict or Unprocessable for what must not be said at an address."""
    if target.is_auxiliary and facts.subject is None:
        # Solid Protocol §4.3 #server-auxiliary-resources-management: "manage the association
        # between a subject resource and auxiliary resources": there is none without the other.
        raise Conflict("there is nothing that this would be about; create it first")
    if target.is_acl:
        _check_rules(graph, target, facts)
    elif target.is_container:
        check_unmanaged(graph, target)
    elif target.is_description:
        check_unmanaged(graph, target)
        check_inbox(graph, target.subject)
    if not target.is_auxiliary:
        check_profile(graph, target, facts.profile())


def _check_rules(graph: Graph, target: ResourceIri, facts: Facts) -> None:
    try:
        check_acl(graph, target.subject, owners=facts.owners)
    except AclProblem as problem:
        raise Unprocessable(str(problem)) from problem


def changes_to(target: ResourceIri, facts: Facts, after: Draft) -> tuple[Change, ...]:
    """The containers that are created on the way, outermost first, and the resource itself.

    Raises UnsupportedMediaType and TooLarge for what would lie in an inbox and is no notification.
    """
    container = target.parent
    is_document = not (target.is_container or target.is_auxiliary)
    if is_document and container is not None and is_inbox(container, facts.profile()):
        check_notification(after.media_type, after.content)
    # Solid Protocol §5.3 #server-put-patch-intermediate-containers: "Servers MUST create
    # intermediate containers".
    empty = Draft(media_type=RdfFormat.TURTLE.media_type, content=b"", modified=after.modified)
    return (
        *(Change(target=iri, before=None, after=empty) for iri in reversed(facts.missing)),
        Change(target=target, before=facts.before, after=after),
    )
