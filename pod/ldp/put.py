"""What a PUT does to what is there (Solid Protocol §5.3)."""

from datetime import datetime

from pod.ldp.allow import check_address
from pod.ldp.facts import Facts
from pod.ldp.operation import Operation
from pod.ldp.place import changes_to, check_graph, check_place
from pod.ldp.profile import check_unnamed, described
from pod.model import Change, Draft


def put(operation: Operation, facts: Facts, now: datetime) -> tuple[Change, ...]:
    """The containers that are created on the way, outermost first, and the resource itself.

    `now` is in UTC. Raises Conflict, MethodNotAllowed or Unprocessable.
    """
    target = operation.target
    check_address(target)
    if operation.syntax is not None and described(target, facts.profile().webids):
        check_unnamed(operation.text, operation.syntax, target)
    check_graph(operation.graph, target, facts)
    check_place(facts)
    after = Draft(
        media_type=operation.media_type,
        content=operation.content,
        modified=now.replace(microsecond=0),
    )
    return changes_to(target, facts, after)
