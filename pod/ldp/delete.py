"""What a DELETE does to what is there (Solid Protocol §5.4)."""

from datetime import datetime

from pod.ldp.allow import allowed
from pod.ldp.facts import Facts
from pod.ldp.operation import Operation
from pod.ldp.profile import check_stays
from pod.model import Change
from pod.problems import Conflict, MethodNotAllowed, NotFound


def delete(operation: Operation, facts: Facts, _now: datetime) -> tuple[Change, ...]:
    """The end of the resource; what is auxiliary to it goes with it when that is applied.

    Raises MethodNotAllowed for what stays, NotFound, and Conflict for a container with members
    and for a WebID document.
    """
    methods = allowed(operation.target)
    if "DELETE" not in methods:
        # Solid Protocol §5.4 #server-delete-protect-root-container: "the server MUST respond with
        # the 405 status code".
        raise MethodNotAllowed("this cannot be deleted; the storage needs it", methods)
    if facts.before is None:
        raise NotFound("nothing is stored at this address")
    check_stays(operation.target, facts.profile())
    if not facts.empty:
        # #server-delete-protect-nonempty-container: "the server MUST respond with the 409 status
        # code and response body describing the error".
        raise Conflict("the container is not empty; delete what it holds first")
    return (Change(target=operation.target, before=facts.before, after=None),)
