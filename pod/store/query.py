"""The query index of one pod: it follows the store, and sees to it that queries end.

It lives in a worker process that is started by the first query and ended when none came for a
while. Who asks has a child of the worker, over the documents of the classes that he may read. The
connection to the store and to the worker belong to one thread, so that changes and questions go to
the worker in one order.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager

from acl import AccessClass, AclIndex
from pod.model import Results
from pod.problems import Unavailable
from pod.store.query_child import MIB, Child, Plan, QueryLimits
from pod.store.query_link import Link
from pod.store.query_source import IndexSource

_ATTEMPTS = 2
_READ_AHEAD = MIB


Readable = Callable[[AclIndex], Collection[AccessClass]]
"""From the access rules in force to the classes that an asker may read: a rule, without I/O."""


class _Lost(Exception):
    """The worker ended before there was a child."""


class Sitting:
    """Several queries of one asker, one after the other, over one committed state.

    A query that fails hurts no other; those after it see the state of then.
    """

    def __init__(self, begin: Callable[[], Awaitable[Child]]) -> None:
        self._begin = begin
        self._child: Child | None = None
        self._one = asyncio.Lock()

    async def select(self, plan: Plan, media_type: str) -> Results:
        """The results of a query, in a media type of its form. Raises Malformed and Unavailable."""
        async with self._one:
            if self._child is None or self._child.ended:
                self._child = await self._begin()
            return await self._child.answer(plan, media_type)

    def end(self) -> None:
        if self._child is not None:
            self._child.end()


class QueryIndex:
    """Used on the event loop's thread. `storage` is the address of the pod's root."""

    def __init__(self, storage: str, source: IndexSource, limits: QueryLimits) -> None:
        self._storage = storage
        self._source = source
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.at_once)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="query index")
        self._link: Link | None = None
        self._running = 0
        self._nap: asyncio.TimerHandle | None = None
        self._closed = False

    async def select(self, plan: Plan, readable: Readable, media_type: str) -> Results:
        """The results of a query over what is readable, in a media type of its form.

        Whatever was committed before the call is seen. Raises Malformed for a text that is no
        query, and Unavailable where it takes too long or too much, or too many are running.
        """
        async with self.sitting(readable) as sitting:
            return await sitting.select(plan, media_type)

    @asynccontextmanager
    async def sitting(self, readable: Readable) -> AsyncIterator[Sitting]:
        """Take a turn for several queries; whatever was committed before the first one is seen.

        Nobody who has one waits for another one: where all did, none would ever come. Raises
        Unavailable where too many are running.
        """
        async with self._turn():
            sitting = Sitting(lambda: self._begin(readable))
            try:
                yield sitting
            finally:
                sitting.end()

    async def close(self) -> None:
        """End the worker. Queries that are asked from now on are refused."""
        self._closed = True
        if self._nap is not None:
            self._nap.cancel()
        link = self._link  # the thread may be ending it
        if link is not None:
            link.kill()  # so that the thread waits for nothing
        await asyncio.wrap_future(self._thread.submit(self._end))
        self._thread.shutdown()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._limits.patience):
                await self._turns.acquire()
        except TimeoutError:
            raise Unavailable("too many queries are running; try again later") from None
        if self._nap is not None:
            self._nap.cancel()
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            self._turns.release()
            if not self._running and not self._closed:
                loop = asyncio.get_running_loop()
                self._nap = loop.call_later(self._limits.idle, self._thread.submit, self._end)

    async def _begin(self, readable: Readable) -> Child:
        for _ in range(_ATTEMPTS):
            try:
                return await self._attempt(readable)
            except _Lost:
                continue
        raise Unavailable("the query could not be started; try again later")

    async def _attempt(self, readable: Readable) -> Child:
        if self._closed:
            raise Unavailable("the pod is being closed; try again later")
        ours, theirs = socket.socketpair()
        sending = self._thread.submit(self._send, readable, theirs)
        sending.add_done_callback(lambda _: theirs.close())
        reader, writer = await asyncio.open_connection(sock=ours, limit=_READ_AHEAD)
        child = Child(reader, writer, self._limits)
        try:
            await self._started(sending, reader)
        except BaseException:
            child.end()
            raise
        return child

    async def _started(self, sending: "Future[None]", reader: asyncio.StreamReader) -> None:
        """Wait until there is a child."""
        try:
            async with asyncio.timeout(self._limits.loading):
                await asyncio.wrap_future(sending)
                started = await reader.read(1)
        except TimeoutError:
            raise Unavailable("the query index is being loaded; try again later") from None
        if not started:
            raise _Lost

    # From here on: the index's own thread.

    def _send(self, readable: Readable, line: socket.socket) -> None:
        """Bring the index up to what is committed, and have somebody answer there."""
        try:
            if self._link is None or not self._link.alive:
                self._end()
                self._link = Link(self._storage)
            link = self._link
            with self._source.changes_since(link.position) as changes:
                link.feed(changes)
                # INVARIANT (one state): these rules belong to the very state that the index is
                # at now, so whoever was shut out before it sees nothing of what came with it.
                classes = readable(changes.acls)
            link.sit(link.numbers(classes), line)
        except OSError as error:
            self._end()
            raise _Lost from error

    def _end(self) -> None:
        if self._link is not None:
            self._link.end()
            self._link = None
        self._source.close()
