"""What a POST does: a new member of a container, under a name that the server gives it."""

from datetime import datetime
from pathlib import PurePosixPath

from pod.ldp.allow import allowed, check_address
from pod.ldp.facts import Facts
from pod.ldp.inbox import check_notification, is_inbox
from pod.ldp.managed import check_unmanaged
from pod.ldp.operation import Operation
from pod.model import Change, Draft
from pod.problems import Conflict, Forbidden, MethodNotAllowed, NotFound
from pod.rdf.parse import parse
from vocab.iri import AUXILIARY_SUFFIXES, ResourceIri


def post(operation: Operation, facts: Facts, now: datetime) -> tuple[Change, ...]:
    """The one new resource. `now` is in UTC.

    Raises NotFound, MethodNotAllowed, Forbidden for a name that is kept for something else,
    Conflict for a description that says what only the server says, and UnsupportedMediaType and
    TooLarge for what is no notification, in an inbox.
    """
    container = operation.target
    if facts.before is None:
        # Solid Protocol §5.3 #server-post-target-not-found
        raise NotFound("nothing is there to add to; create the container first")
    if not container.is_container:
        raise MethodNotAllowed("only containers take new members", allowed(container))
    into_inbox = is_inbox(container, facts.profile())
    if into_inbox and not operation.makes_container:
        check_notification(operation.media_type, operation.content)
    # LDN-09: whoever adds to an inbox must not learn what others have called theirs.
    proposed = None if into_inbox else operation.name
    created = _place(proposed, operation, facts)
    if operation.makes_container and operation.syntax and operation.text:
        # The description speaks of the new container, whose address is known only now.
        check_unmanaged(parse(operation.text, operation.syntax, str(created)), created)
    draft = Draft(
        media_type=operation.media_type,
        content=operation.content,
        modified=now.replace(microsecond=0),
    )
    return (Change(target=created, before=None, after=draft),)


def _place(proposed: str | None, operation: Operation, facts: Facts) -> ResourceIri:
    container = operation.target
    slash = "/" if operation.makes_container else ""
    if proposed is None:
        return container.child(facts.fresh + slash)
    _check_name(container.child(proposed))
    if facts.taken(container.child(proposed)) or facts.taken(container.child(proposed + "/")):
        # RFC 5023 §9.7: a Slug is a request to use it "as part of any URIs", not an order.
        name = PurePosixPath(proposed)
        proposed = f"{name.stem}-{facts.fresh}{name.suffix}"
    return container.child(proposed + slash)


def _check_name(proposed: ResourceIri) -> None:
    if proposed.path.endswith(AUXILIARY_SUFFIXES):
        raise Forbidden("names ending in .acl or .meta are kept; choose another Slug")
    try:
        check_address(proposed)
    except Conflict as conflict:
        raise Forbidden(str(conflict)) from conflict
