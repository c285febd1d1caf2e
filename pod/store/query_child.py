"""The server's end of a child of a query worker: what is asked of it, and what came of that."""

import asyncio
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from pod.model import Results
from pod.problems import Malformed, Unavailable
from pod.store.query_commands import ANSWER, Ask, Outcome, encode

MIB = 1024 * 1024
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
    """How many askers of one pod are answered at once; others wait for their turn."""

    patience: float = 30.0
    """How long an asker waits for a turn."""

    loading: float = 30.0
    """How long it waits then for the index to be loaded."""

    idle: float = 300.0
    """How long an index is kept when nobody asks it."""


class Child:
    """It answers one query after the other. `ended` tells that it does so no more."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limits: QueryLimits
    ) -> None:
        self.ended = False
        self._reader, self._writer, self._limits = reader, writer, limits

    async def answer(self, plan: Plan, media_type: str) -> Results:
        """The results of a query. Raises Malformed, and Unavailable where it goes over its bounds.

        A query that was not answered whole ends the child.
        """
        is_whole = False
        try:
            self._writer.write(encode(self._ask(plan, media_type)))
            outcome, rows, payload = await self._answered()
            is_whole = outcome is not Outcome.OUT_OF_MEMORY
        finally:
            if not is_whole:
                self.end()
        return Results(self._result(outcome, payload), rows)

    def end(self) -> None:
        """Closing our end of the socket kills it, if it is still there."""
        self.ended = True
        self._writer.transport.abort()

    def _ask(self, plan: Plan, media_type: str) -> Ask:
        limits = self._limits
        return Ask(
            text=plan.text,
            base=plan.base,
            media_type=media_type,
            default_graphs=_listed(plan.default_graphs),
            named_graphs=_listed(plan.named_graphs),
            seconds=limits.seconds,
            memory=limits.memory,
            largest=limits.result,
        )

    async def _answered(self) -> tuple[Outcome, int, bytes]:
        seconds = self._limits.seconds
        try:
            async with asyncio.timeout(seconds):
                head = await self._reader.readexactly(ANSWER.size)
                outcome, rows, length = ANSWER.unpack(head)
                return Outcome(outcome), rows, await self._reader.readexactly(length)
        except TimeoutError:
            raise Unavailable(
                f"the query took longer than {seconds:g} seconds; ask for less or add a limit"
            ) from None
        except (asyncio.IncompleteReadError, ConnectionError):
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


def _listed(graphs: Collection[str] | None) -> tuple[str, ...] | None:
    return None if graphs is None else tuple(graphs)


def _sentence(message: str) -> str:
    """What the engine says of a text that it cannot read: where, and what it expected."""
    where = _PLACE.sub(r"line \1, column \2: \3", message)
    return f"the query is not SPARQL 1.1 in {where}"
