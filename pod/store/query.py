"""The query index of one pod: it follows the store, and sees to it that queries end.

It lives in a worker process that is started by the first query and ended when none came for a
while. Each query runs in a child of the worker, over the documents of the classes that its asker
may read. The connection to the store and to the worker belong to one thread, so that changes and
questions go to the worker in one order.
"""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from acl import AccessClass, AclIndex
from pod.model import Results
from pod.problems import Malformed, Unavailable
from pod.store.query_commands import ANSWER, Ask, Outcome
from pod.store.query_link import Link
from pod.store.query_source import IndexSource

MIB = 1024 * 1024
_ATTEMPTS = 2
_READ_AHEAD = MIB
_PLACE = re.compile(r"error at (\d+):(\d+): ([^\n]{1,200}).*", re.DOTALL)


class Plan(Protocol):
    """A query that may be run; pod.sparql.dataset makes it and says what the fields mean."""

    @property
    def text(self) -> str: ...

    @property
    def base(self) -> str: ...

    @property
    def default_graphs(self) -> Collection[str] | None: ...

    @property
    def named_graphs(self) -> Collection[str] | None: ...


Readable = Callable[[AclIndex], Collection[AccessClass]]
"""From the access rules in force to the classes that an asker may read: a rule, without I/O."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryLimits:
    """What queries may take. Times are in seconds, sizes in bytes."""

    seconds: float = 10.0
    """How long a query may run."""

    memory: int = 512 * MIB
    """How much memory it may take beside the index."""

    result: int = 64 * MIB
    """How long its result may be."""

    at_once: int = 2
    """How many queries of one pod run at once; others wait for their turn."""

    patience: float = 30.0
    """How long a query waits for its turn."""

    loading: float = 30.0
    """How long it waits then for the index to be loaded."""

    idle: float = 300.0
    """How long an index is kept when nobody asks it."""


class _Lost(Exception):
    """The worker ended before it took a query on."""


@dataclass(frozen=True, slots=True)
class _Question:
    plan: Plan
    readable: Readable
    media_type: str


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
        question = _Question(plan, readable, media_type)
        async with self._turn():
            for _ in range(_ATTEMPTS):
                try:
                    outcome, rows, payload = await self._attempt(question)
                except _Lost:
                    continue
                return Results(self._result(outcome, payload), rows)
        raise Unavailable("the query could not be started; try again later")

    async def close(self) -> None:
        """End the worker. Queries that are asked from now on are refused."""
        self._closed = True
        if self._nap is not None:
            self._nap.cancel()
        if self._link is not None:
            self._link.kill()  # so that the thread waits for nothing
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

    async def _attempt(self, question: _Question) -> tuple[Outcome, int, bytes]:
        if self._closed:
            raise Unavailable("the pod is being closed; try again later")
        ours, theirs = socket.socketpair()
        sending = self._thread.submit(self._send, question, theirs)
        sending.add_done_callback(lambda _: theirs.close())
        reader, writer = await asyncio.open_connection(sock=ours, limit=_READ_AHEAD)
        try:
            await self._started(sending, reader)
            return await self._answer(reader)
        finally:
            # Closing our end kills the child, if it is still there.
            writer.transport.abort()

    async def _started(self, sending: "Future[None]", reader: asyncio.StreamReader) -> None:
        """Wait until a child has taken the question on."""
        try:
            async with asyncio.timeout(self._limits.loading):
                await asyncio.wrap_future(sending)
                started = await reader.read(1)
        except TimeoutError:
            raise Unavailable("the query index is being loaded; try again later") from None
        if not started:
            raise _Lost

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[Outcome, int, bytes]:
        seconds = self._limits.seconds
        try:
            async with asyncio.timeout(seconds):
                outcome, rows, length = ANSWER.unpack(await reader.readexactly(ANSWER.size))
                return Outcome(outcome), rows, await reader.readexactly(length)
        except TimeoutError:
            raise Unavailable(
                f"the query took longer than {seconds:g} seconds; ask for less or add a limit"
            ) from None
        except asyncio.IncompleteReadError:
            return Outcome.OUT_OF_MEMORY, 0, b""

    def _result(self, outcome: Outcome, payload: bytes) -> bytes:
        match outcome:
            case Outcome.DONE:
                return payload
            case Outcome.NOT_SPARQL:
                raise Malformed(_sentence(payload.decode()))
            case Outcome.NOT_SUPPORTED:
                raise Malformed("the query uses a function that this server does not have")
            case Outcome.TOO_LARGE:
                size = self._limits.result // MIB
                raise Unavailable(f"the result is larger than {size} MiB; add a limit")
            case Outcome.OUT_OF_MEMORY:
                raise Unavailable("the query needs too much memory; ask for less or add a limit")

    # From here on: the index's own thread.

    def _send(self, question: _Question, answer: socket.socket) -> None:
        """Bring the index up to what is committed, and ask it."""
        try:
            if self._link is None or not self._link.alive:
                self._end()
                self._link = Link(self._storage)
            link = self._link
            with self._source.changes_since(link.position) as changes:
                link.feed(changes)
                # INVARIANT (one state): these rules belong to the very state that the index is
                # at now, so whoever was shut out before it sees nothing of what came with it.
                readable = question.readable(changes.acls)
            link.ask(self._ask(question, link.numbers(readable)), answer)
        except OSError as error:
            self._end()
            raise _Lost from error

    def _ask(self, question: _Question, readable: tuple[int, ...]) -> Ask:
        plan, limits = question.plan, self._limits
        return Ask(
            text=plan.text,
            base=plan.base,
            media_type=question.media_type,
            readable=readable,
            default_graphs=_listed(plan.default_graphs),
            named_graphs=_listed(plan.named_graphs),
            seconds=limits.seconds,
            memory=limits.memory,
            largest=limits.result,
        )

    def _end(self) -> None:
        if self._link is not None:
            self._link.end()
            self._link = None
        self._source.close()


def _listed(graphs: Collection[str] | None) -> tuple[str, ...] | None:
    return None if graphs is None else tuple(graphs)


def _sentence(message: str) -> str:
    """What the engine says of a text that it cannot read: where, and what it expected."""
    where = _PLACE.sub(r"line \1, column \2: \3", message)
    return f"the query is not SPARQL 1.1 in {where}"
