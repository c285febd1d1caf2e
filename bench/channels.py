"""How soon a change is told, and what that costs who reads: `python bench/channels.py [CHANNELS]`.

The server has one core; all clients are in this process, on another. So many web sockets are open
on one container of one person. Measured are the time from a PUT of a new member to its message on
the last of the sockets, and the median of an authenticated GET with no socket open, with all of
them open and silent, and with a change each second.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from statistics import median
from threading import Event, Thread
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import uvloop
from agents import Connection, Person
from channels import subscribe
from client import App
from serving import Host, free_port

SERVER_CORE, CLIENT_CORE = 0, 1
CHANNELS = 1000
CHANGES = 20
READS = 1500
SILENCE = 1.0  # seconds between two changes
DEADLINE = 30.0


class Sockets:
    """Open web sockets, which only count what comes; they run in a thread of their own."""

    def __init__(self) -> None:
        self._loop = uvloop.new_event_loop()
        self._wanted = self._seen = 0
        self._done = Event()
        self._last = 0.0
        Thread(target=self._loop.run_forever, daemon=True).start()

    def open(self, urls: Sequence[str]) -> None:
        asyncio.run_coroutine_threadsafe(self._open(urls), self._loop).result(DEADLINE * 4)

    def expect(self, number: int) -> None:
        self._seen, self._wanted = 0, number
        self._done.clear()

    def last(self) -> float:
        """When the last of the messages came that were expected, by `time.perf_counter`."""
        if not self._done.wait(DEADLINE):
            raise SystemExit(f"only {self._seen} of {self._wanted} messages came")
        return self._last

    def came(self) -> None:
        self._seen += 1
        if self._seen == self._wanted:
            self._last = time.perf_counter()
            self._done.set()

    async def _open(self, urls: Sequence[str]) -> None:
        for url in urls:
            parts = urlsplit(url)
            opened = self._loop.create_future()
            await self._loop.create_connection(
                lambda path=parts.path, opened=opened: Socket(self, path, opened),  # type: ignore[misc]
                "127.0.0.1",
                parts.port,
            )
            await opened


class Socket(asyncio.Protocol):
    """One web socket. Small frames from the server come whole: one call, one message."""

    def __init__(self, sockets: Sockets, path: str, opened: "asyncio.Future[None]") -> None:
        self._sockets = sockets
        self._path = path
        self._opened = opened

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        lines = (
            f"GET {self._path} HTTP/1.1",
            f"Host: localhost:{transport.get_extra_info('peername')[1]}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        )
        self._transport = transport
        transport.write("\r\n".join((*lines, "", "")).encode())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        if not self._opened.done():
            if not data.startswith(b"HTTP/1.1 101"):
                raise SystemExit(data.decode())
            self._opened.set_result(None)
        elif data[0] == 0x89:  # a ping: the pong has no content, and no mask but zeros
            self._transport.write(b"\x8a\x80\x00\x00\x00\x00")  # type: ignore[attr-defined]
        else:
            self._sockets.came()


def main() -> None:
    channels = int(sys.argv[1]) if len(sys.argv) > 1 else CHANNELS
    with tempfile.TemporaryDirectory() as folder:
        host = Host(Path(folder), free_port())
        (app,) = host.people("alice")
        with host.serving(prefix=("taskset", "-c", str(SERVER_CORE))):
            os.sched_setaffinity(0, {CLIENT_CORE})
            measure(person(host, app), channels)


def person(host: Host, app: App) -> Person:
    line = Connection("localhost", host.port)
    storage = f"{host.base}alice/"
    return Person("alice", line, app, f"{storage}profile/card#me", storage)


def measure(alice: Person, channels: int) -> None:
    place = f"{alice.storage}bench/"
    alice.put(place)
    alice.put(place + "read", b"<#it> <http://schema.example/text> 'x' .")
    numbers = count()
    reading(alice, place, READS)  # the first ones are not like the others
    before = reading(alice, place, READS)
    print(f"GET with no channel: {before * 1e6:.0f} µs")
    sockets, started = Sockets(), time.perf_counter()
    sockets.open([subscribe(alice, alice, place)["receiveFrom"] for _ in range(channels)])
    print(f"{channels} channels made and opened in {time.perf_counter() - started:.1f} s")
    silent = reading(alice, place, READS)
    print(f"GET with all open: {silent * 1e6:.0f} µs, {silent / before:.2f} times as long")
    took = list(changes(alice, place, sockets, (channels, numbers)))
    print(f"from a change to the last: {median(took):.3f} s in the middle, {max(took):.3f} at most")
    busy = while_changing(alice, place, sockets, (channels, numbers))
    print(f"GET with a change each second: {busy * 1e6:.0f} µs, {busy / before:.2f} times as long")


def reading(alice: Person, place: str, times: int, ending: Event | None = None) -> float:
    """The median of so many GETs, in seconds; until somebody says that it is enough."""
    url, took = place + "read", []
    while len(took) < times or (ending is not None and not ending.is_set()):
        headers = alice.app.headers("GET", url) if alice.app else {}
        begun = time.perf_counter()
        answer = alice.connection.ask("GET", url, headers, None)
        took.append(time.perf_counter() - begun)
        if answer.status != 200:
            raise SystemExit(f"a GET was answered {answer.status}")
    return median(took)


def changes(
    alice: Person, place: str, sockets: Sockets, counted: tuple[int, Iterator[int]]
) -> Iterator[float]:
    """Seconds from a PUT to its last message, for each of some changes."""
    channels, numbers = counted
    for _ in range(CHANGES):
        sockets.expect(channels)
        begun = time.perf_counter()
        alice.put(f"{place}{next(numbers)}", b"<> a <#Thing> .")
        yield sockets.last() - begun


def while_changing(
    alice: Person, place: str, sockets: Sockets, counted: tuple[int, Iterator[int]]
) -> float:
    """The median of GETs while there is a change each second."""
    ending = Event()
    other = Person(alice.name, Connection("localhost", alice.connection.port), alice.app)
    other.webid, other.storage = alice.webid, alice.storage

    def change() -> None:
        for _ in changes(other, place, sockets, counted):
            time.sleep(SILENCE)
        ending.set()

    Thread(target=change).start()
    return reading(alice, place, READS, ending)


if __name__ == "__main__":
    main()
