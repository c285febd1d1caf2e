"""A load of ready-made HTTP requests over keep-alive connections, light enough not to be measured.

The requests are built before the clock starts, so that signing proofs costs the server's figures
nothing. Each connection sends one request, reads its answer whole, and sends the next. Bodies are
counted and thrown away.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import uvloop

BROKEN = 0  # stands for the status of an answer that never came
UNTIL_CLOSED = -1


@dataclass(slots=True)
class Figures:
    """What came of a load.

    Answers of each status, bytes of all bodies, seconds that it took, and the longest that one
    request waited for the first byte of its answer.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    octets: int = 0
    seconds: float = 0.0
    longest: float = 0.0

    @property
    def answers(self) -> int:
        return self.statuses.total()

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds if self.seconds else 0.0

    @property
    def failures(self) -> int:
        """Answers of 5xx, and those that never came."""
        return sum(n for status, n in self.statuses.items() if status >= 500 or status == BROKEN)


class _Body:
    """What is left to come of an answer's body."""

    def __init__(self, head: bytes) -> None:
        lower = head.lower()
        self.chunked = b"transfer-encoding: chunked" in lower
        self.left = 0 if self.chunked else _length(head, lower)
        self._chunks = b""

    def take(self, data: bytes) -> int:
        """Take in what has come; the bytes of content in it."""
        if self.chunked:
            return self._unchunk(data)
        if self.left != UNTIL_CLOSED:
            self.left -= len(data)
        return len(data)

    @property
    def ended(self) -> bool:
        return not self.chunked and self.left == 0

    def _unchunk(self, data: bytes) -> int:
        # Sizes are read, contents skipped; `left` is what remains of a chunk, with its line end.
        content, self._chunks = 0, self._chunks + data
        while self._chunks:
            if self.left:
                taken = min(self.left, len(self._chunks))
                self.left -= taken
                content += taken
                self._chunks = self._chunks[taken:]
                continue
            line, mark, rest = self._chunks.partition(b"\r\n")
            if not mark:
                break
            size = int(line.partition(b";")[0], 16)
            if size == 0:
                if rest.endswith(b"\r\n"):
                    self.chunked, self._chunks = False, b""
                break
            self.left, self._chunks = size + 2, rest
        return content


class _Connection(asyncio.Protocol):
    def __init__(self, requests: Iterator[bytes], figures: Figures, until: float) -> None:
        self.requests = requests
        self.figures = figures
        self.until = until
        self.done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.head = b""
        self.body: _Body | None = None
        self.status = BROKEN
        self.sent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        now = time.perf_counter()
        request = next(self.requests, None) if now < self.until else None
        if request is None:
            self._end(more=False)
            self.transport.close()
            return
        self.sent = now
        self.transport.write(request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        if self.body is None:
            if not self.head:
                self.figures.longest = max(self.figures.longest, time.perf_counter() - self.sent)
            self.head += data
            head, mark, data = self.head.partition(b"\r\n\r\n")
            if not mark:
                return
            self.status, self.body = int(head[9:12]), _Body(head)
        self.figures.octets += self.body.take(data)
        if self.body.ended:
            self._answered()
            self.send()

    def connection_lost(self, _error: Exception | None) -> None:
        if self.done.done():
            return
        if self.body is not None and self.body.left == UNTIL_CLOSED:
            self._answered()
        else:
            self.figures.statuses[BROKEN] += 1
        self._end(more=True)

    def _answered(self) -> None:
        self.figures.statuses[self.status] += 1
        self.head, self.body = b"", None

    def _end(self, *, more: bool) -> None:
        if not self.done.done():
            self.done.set_result(more)


def _length(head: bytes, lower: bytes) -> int:
    if int(head[9:12]) in {204, 304}:
        return 0
    at = lower.find(b"content-length:")
    return UNTIL_CLOSED if at < 0 else int(head[at + 15 :].split(b"\r\n", 1)[0])


async def _keep_asking(port: int, source: Iterator[bytes], figures: Figures, until: float) -> None:
    loop, more = asyncio.get_running_loop(), True
    while more:
        more = False
        with suppress(ConnectionError):
            _, connection = await loop.create_connection(
                lambda: _Connection(source, figures, until), "127.0.0.1", port
            )
            more = await connection.done


async def _run(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Figures:
    figures, source, start = Figures(), iter(requests), time.perf_counter()
    asking = (_keep_asking(port, source, figures, start + seconds) for _ in range(connections))
    await asyncio.gather(*asking)
    figures.seconds = time.perf_counter() - start
    return figures


def load(
    port: int, requests: Sequence[bytes], connections: int = 16, seconds: float = 3600.0
) -> Figures:
    """Send requests over so many connections at once, until all are answered or time is up."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(port, requests, connections, seconds))
