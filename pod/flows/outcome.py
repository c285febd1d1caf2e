"""What a flow comes to, and the shape that every flow has."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from pod.flows.context import Pod
from pod.model import Entry, Reply, Request

Pieces = AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer, and the journal line to note when the flow has not noted it itself."""

    reply: Reply
    entry: Entry | None = None


Flow = Callable[[Request, Pod, Pieces], Awaitable[Outcome]]
