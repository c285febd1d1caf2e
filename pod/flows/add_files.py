"""Files that a person brings, each taken in or looked at: by `pod import`, and on her pages."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from mimetypes import guess_type
from typing import TypeVar

from acl import Refused
from importers.archive import Unreadable
from importers.contract import Option, Options
from importers.options import missing, unsaid, with_name
from pod.flows.context import Pod
from pod.flows.owner import owner_of
from pod.flows.planned import READING, Watch
from pod.flows.restitution import Taken, taken
from pod.flows.sorted_out import Claimed
from pod.intake.delivery import Delivery
from pod.problems import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a person wants files to be taken in. With `is_dry` they are only looked at."""

    holder: str | None = None
    options: Options = field(default_factory=Options)
    is_dry: bool = False


class NotTaken(Exception):
    """A file that is not taken in, and why; `asked` are the options that have to be said first."""

    def __init__(self, sentence: str, asked: tuple[Option, ...] = ()) -> None:
        super().__init__(sentence)
        self.asked = asked


async def take_file(found: Claimed, wish: Wish, pod: Pod, watch: Watch) -> tuple[Taken, str]:
    """What was done with a file, and the digest of its octets. Raises NotTaken."""
    match = await asyncio.to_thread(found.importer.recognise, found.file, found.head)
    named = with_name(wish.options, match)
    if sentence := missing(named, found.importer):
        raise NotTaken(sentence, unsaid(named, found.importer))
    try:
        content = await pod.store.receive(in_turn(found.source.pieces()))
        delivery = Delivery(
            filename=found.file,
            media_type=guess_type(found.file)[0] or "application/octet-stream",
            content=content,
            holder=wish.holder,
            format=found.importer.format,
            options=wish.options,
        )
        done = await taken(delivery, owner_of(pod), pod, dry=wish.is_dry, watch=watch)
    except (Unreadable, Problem) as reason:
        raise NotTaken(str(reason)) from reason
    except Refused as refused:
        raise NotTaken("the rules of this pod do not let its owner write there") from refused
    return done, delivery.sha256


async def in_turn(steps: Iterator[T]) -> AsyncIterator[T]:
    """What an iterator gives, each step of it made beside the event loop."""
    end = object()
    while (step := await asyncio.to_thread(next, steps, end)) is not end:
        yield step  # type: ignore[misc]  # it is not the end


class Part:
    """How far the work on a part of something is, told as how far that is as a whole.

    `before` is what of it was done before the part, `weight` that of the part, `of` that of all.
    Each part is done half when it was read, and whole when it is stored.
    """

    def __init__(self, watch: Watch, before: int, weight: int, of: int) -> None:
        self._watch = watch
        self._before = before
        self._weight = weight
        self._of = of

    def __call__(self, stage: str, done: int, of: int) -> None:
        half = self._weight * min(done, of) // (2 * of) if of else self._weight // 2
        read = 0 if stage == READING else self._weight // 2
        self._watch(stage, self._before + read + half, self._of)
