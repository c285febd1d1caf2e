"""A load of ready-made HTTP requests over keep-alive connections, light enough not to be measured.

The requests are built before the clock starts, so that signing proofs costs the server's figures
nothing. Each connection sends one request, reads its answer whole, and sends the next.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a load: answers a second, and how many of each status."""

    rate: float
    statuses: Counter[int]


class _Connection(asyncio.Protocol):
    def __init__(self, requests: Iterator[bytes], statuses: Counter[int]) -> None:
        self.requests = requests
        self.statuses = statuses
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        request = next(self.requests, None)
        if request is None:
            self.transport.close()
            if not self.done.done():
                self.done.set_result(None)
        else:
            self.transport.write(request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, mark, rest = self.buffer.partition(b"\r\n\r\n")
        if not mark:
            return
        length = _length(head)
        if len(rest) >= length:
            self.statuses[int(head[9:12])] += 1
            self.buffer = rest[length:]
            self.send()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the server closed a connection"))


def _length(head: bytes) -> int:
    if int(head[9:12]) in {204, 304}:
        return 0
    at = head.lower().find(b"content-length:")
    if at < 0:
        raise ValueError(f"an answer without a length: {head!r}")
    return int(head[at + 15 :].split(b"\r\n", 1)[0])


async def _run(port: int, requests: Sequence[bytes], connections: int) -> Figures:
    loop, statuses, source = asyncio.get_running_loop(), Counter[int](), iter(requests)
    start = time.perf_counter()
    made = [
        await loop.create_connection(lambda: _Connection(source, statuses), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(protocol.done for _, protocol in made))
    return Figures(len(requests) / (time.perf_counter() - start), statuses)


def load(port: int, requests: Sequence[bytes], connections: int = 16) -> Figures:
    """Send every request, over so many connections at once."""
    return asyncio.run(_run(port, requests, connections))
