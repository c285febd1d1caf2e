"""What takes long and needs nothing but a processor, beside the event loop, one after the other."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LARGE = 64 * 1024
"""Bytes of a document from which on it is parsed or converted apart: some milliseconds."""


class Apart:
    """A place for one such work at a time, so that its memory is needed once; others wait.

    INVARIANT (turns): the interpreter passes from one thread to the next every few milliseconds, so
    the loop goes on answering, if more slowly.
    """

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(1)

    async def run(self, work: Callable[[], T]) -> T:
        """What the work comes to; raises what it raises. It must not touch what others change."""
        async with self._free:
            return await asyncio.to_thread(work)
