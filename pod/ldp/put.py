"""What a PUT does to what is there (Solid Protocol §5.3)."""

from datetime import datetime

from acl import AclProblem, check_acl
from pod.ldp.allow import check_address
from pod.ldp.facts import Facts
from pod.ldp.managed import check_unmanaged
from pod.ldp.operation import Operation
from pod.model import Change, Draft
from pod.problems import Conflict, Unprocessable
from pod.rdf.formats import RdfFormat


def put(operation: Operation, facts: Facts, now: datetime) -> tuple[Change, ...]:
    """The containers that are created on the way, outermost first, and the resource itself.

    `now` is in UTC. Raises Conflict, MethodNotAllowed or Unprocessable.
    """
    target = operation.target
    check_address(target)
    if target.is_acl:
        _check_acl(operation, facts)
    if target.is_container:
        check_unmanaged(operation.graph, target)
    _check_place(facts)
    moment = now.replace(microsecond=0)
    # Solid Protocol §5.3 #server-put-patch-intermediate-containers: "Servers MUST create
    # intermediate containers".
    container = Draft(media_type=RdfFormat.TURTLE.media_type, content=b"", modified=moment)
    return (
        *(Change(target=iri, before=None, after=container) for iri in reversed(facts.missing)),
        Change(
            target=target,
            before=facts.before,
            after=Draft(
                media_type=operation.media_type, content=operation.content, modified=moment
            ),
        ),
    )


def _check_place(facts: Facts) -> None:
    # Solid Protocol §3.1 #server-uri-trailing-slash-distinct: "if the server has associated a
    # resource with one of them, then the other URI MUST NOT correspond to another resource".
    if facts.twin is not None:
        kind = "container" if facts.twin.iri.is_container else "document"
        raise Conflict(f"there is a {kind} with this name; choose another or delete it first")
    if facts.blocking is not None:
        raise Conflict("a part of this address is a document; choose another container")


def _check_acl(operation: Operation, facts: Facts) -> None:
    if facts.subject is None:
        raise Conflict("there is nothing that these access rules are for; create it first")
    try:
        check_acl(operation.graph, operation.target.subject, owners=facts.owners)
    except AclProblem as problem:
        raise Unprocessable(str(problem)) from problem
