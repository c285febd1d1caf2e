"""Who acts in the tests over HTTP, and the server they act on: in this process, on a real socket.

The server is what `pod serve` runs, on a loop of its own in a thread of its own; the tests speak
to it as anybody would, and look into its store only to see what a request changed.
"""

import asyncio
import http.client
import logging
import os
import queue
import shutil
import socket
import sqlite3
import threading
import urllib.parse
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import uvloop
from aiohttp import ThreadedResolver, web
from argon2 import PasswordHasher
from client import Answer, App

from pod.app import Clock, opened, utc
from pod.config import Config
from pod.flows.context import Pod, Server
from pod.flows.credentials import create_credentials
from pod.flows.hashing import Hashing
from pod.flows.provision import create_account
from pod.model import Entry
from pod.oidc.discovery import token_endpoint
from pod.web.listen import Serving
from pod.web.site import Site

T = TypeVar("T")
Body = bytes | Iterator[bytes] | None
Headers = Mapping[str, str]

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in it is made as `tempfile` does
ROOM = 2 * 1024**3
SECONDS = 120  # that anything may take; nothing is waited for that long
# What makes guessing dear would take a third of the time of tests about other things.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Connection:
    """One connection that is kept open for all that the tests ask of a server."""

    host: str
    port: int
    line: http.client.HTTPConnection | None = None

    def ask(self, method: str, url: str, headers: Headers, body: Body) -> Answer:
        parts = urllib.parse.urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        if self.line is None or self.line.sock is None:
            self.close()
            self.line = http.client.HTTPConnection(self.host, self.port, timeout=SECONDS)
        try:
            named = {"Host": parts.netloc, **headers}
            self.line.request(method, target or "/", body=body, headers=named)
            return read(self.line.getresponse())
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None


def read(response: http.client.HTTPResponse) -> Answer:
    """The whole answer, its fields by name without regard to case, and as they came."""
    pairs, fields = tuple(response.getheaders()), http.client.HTTPMessage()
    for name, value in pairs:
        fields.add_header(name, value)
    return Answer(response.status, fields, response.read(), pairs)


@dataclass
class Person:
    """Somebody who sends requests: through an app with credentials, or as nobody without one."""

    name: str
    connection: Connection
    app: App | None = None
    webid: str = ""
    storage: str = ""

    def call(
        self, method: str, url: str, headers: Headers | None = None, body: Body = None
    ) -> Answer:
        """One request. What `headers` has is sent instead of what would be."""
        signed = self.app.headers(method, url) if self.app else {}
        return self.connection.ask(method, url, {**signed, **(headers or {})}, body)

    def get(self, url: str, headers: Headers | None = None) -> Answer:
        return self.call("GET", url, headers)

    def head(self, url: str, headers: Headers | None = None) -> Answer:
        return self.call("HEAD", url, headers)

    def options(self, url: str, headers: Headers | None = None) -> Answer:
        return self.call("OPTIONS", url, headers)

    def delete(self, url: str, headers: Headers | None = None) -> Answer:
        return self.call("DELETE", url, headers)

    def put(
        self, url: str, body: Body = b"", kind: str = "text/turtle", headers: Headers | None = None
    ) -> Answer:
        return self.call("PUT", url, {"Content-Type": kind, **(headers or {})}, body)

    def post(
        self, url: str, body: Body = b"", kind: str = "text/turtle", headers: Headers | None = None
    ) -> Answer:
        return self.call("POST", url, {"Content-Type": kind, **(headers or {})}, body)

    def grant(self, url: str, *rules: str) -> None:
        """Write the access rules of a resource, as its owner: what is not said is not given."""
        answer = self.put(url + ".acl", acl(url, *rules))
        assert answer.status in {201, 204}, answer.text


def acl(url: str, *rules: str) -> bytes:
    """The ACL document of a resource; each rule is what `rule` says."""
    blocks = (text.replace("{here}", url) for text in rules)
    prefixes = (
        "@prefix acl: <http://www.w3.org/ns/auth/acl#> .\n"
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
    )
    return (prefixes + "\n".join(blocks)).encode()


def rule(who: str, modes: str, where: str = "accessTo default", when: str = "") -> str:
    """A rule, for `acl`: `who` is a WebID, or `acl:…` statements; `when` an acl:condition.

    On a document, `where` must be `accessTo`.
    """
    subject = who if who.startswith("acl:") else f"acl:agent <{who}>"
    scopes = " ".join(f"acl:{scope} <{{here}}> ;" for scope in where.split())
    given = ", ".join(f"acl:{mode}" for mode in modes.split())
    condition = f"; acl:condition [ {when} ]" if when else ""
    return f"[] a acl:Authorization ; {scopes} {subject} ; acl:mode {given} {condition} ."


EVERYONE = "acl:agentClass foaf:Agent"
SIGNED_IN = "acl:agentClass acl:AuthenticatedAgent"


@dataclass
class World:
    """A server with its people, seen from outside; and what it keeps, for tests to compare."""

    base: str
    server: Server
    loop: asyncio.AbstractEventLoop
    connection: Connection
    failures: list[str] = field(default_factory=list)
    busy: "queue.SimpleQueue[int]" = field(default_factory=queue.SimpleQueue)
    numbers: Iterator[int] = field(default_factory=count)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What a coroutine comes to on the server's loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(SECONDS)

    def account(self, name: str) -> Person:
        """A new account with its pod, and an app that acts for it."""
        self.run(create_account(name, f"{name}@example.org", "a good password", self.server))
        return self.app(name, "script")

    def fresh(self) -> Person:
        """The owner of a pod that nobody has touched."""
        return self.account(f"p{next(self.numbers)}")

    def app(self, name: str, label: str) -> Person:
        """Another app of an account, with a key and a token of its own."""
        client, secret = self.run(create_credentials(name, label, self.server))
        app = App(client.id, secret, token_endpoint(self.base))
        return Person(
            name, self.connection, app, client.webid, self.server.addresses.storage_of(name)
        )

    def pod(self, name: str) -> Pod:
        found = self.run(self.server.pods.find(name))
        assert found is not None
        return found

    def journal(self, name: str, since: int = 0) -> list[Entry]:
        """The lines of a pod's journal behind a number, those that are waiting included."""

        async def lines() -> list[Entry]:
            pod = await self.server.pods.find(name)
            assert pod is not None
            await pod.store.write(lambda _: None)
            return [line.entry for line in pod.store.snapshot().entries(after=since)]

        return self.run(lines())

    def break_off(self, method: str, url: str, headers: Headers, sent: bytes) -> None:
        """Send ten bytes less than was announced and go away; returns when the server is done."""
        parts = urllib.parse.urlsplit(url)
        line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
        line.putrequest(method, parts.path)
        for name, value in {**headers, "Content-Length": str(len(sent) + 10)}.items():
            line.putheader(name, value)
        while not self.busy.empty():
            self.busy.get()
        line.endheaders(sent)
        assert self.busy.get(timeout=SECONDS) == 1
        line.sock.shutdown(socket.SHUT_RDWR)
        line.close()
        assert self.busy.get(timeout=SECONDS) == -1

    def state(self, name: str) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that a pod keeps but for its journal: each row of its tables, each file."""
        folder = self.server.config.data / "pods" / name
        tables = ("meta", "resource", "body", "outbox")
        with closing(sqlite3.connect(folder / "pod.sqlite3")) as database:
            found = {table: list(database.execute(f"SELECT * FROM {table}")) for table in tables}  # noqa: S608 - the names above
        files = sorted(p for p in (folder / "blobs").rglob("*") if p.is_file())
        return {**found, "files": [(str(p.relative_to(folder)), p.stat().st_size) for p in files]}


def exchange(world: World, *lines: str, body: bytes = b"", until: bytes = b"") -> bytes:
    """What a server sends to a request that is written by hand: up to `until`, or everything."""
    host = world.base.split("/")[2]
    text = "\r\n".join([lines[0], f"Host: {host}", "Connection: close", *lines[1:], "", ""])
    found = b""
    with socket.create_connection(("127.0.0.1", int(host.partition(":")[2])), SECONDS) as line:
        line.sendall(text.encode() + body)
        while piece := line.recv(65536):
            found += piece
            if until and until in found:
                break
    return found


@contextmanager
def folder_in_memory(otherwise: Path) -> Iterator[Path]:
    """A folder for a server that nobody pulls the plug of, since a disk is waited for with each
    write: in memory where there is room for all that the tests write, else the one that is given.
    """
    room = shutil.disk_usage(MEMORY).free if MEMORY.is_dir() else 0
    if room < ROOM or not os.access(MEMORY, os.W_OK):
        yield otherwise
    else:
        with TemporaryDirectory(dir=MEMORY, prefix="pod-tests-") as folder:
            yield Path(folder)


@contextmanager
def world(folder: Path, now: Clock = utc, **settings: Any) -> Iterator[World]:
    """A server on a free port of this machine, for as long as the block runs.

    Where `settings` do not say how long a query may run, it is as long as anything may take.
    """
    started: Future[World] = Future()
    stopping: Future[None] = Future()
    config = Config(data=folder, **{"query_seconds": float(SECONDS), **settings})
    thread = threading.Thread(target=_serve, args=(config, now, started, stopping), name="server")
    thread.start()
    made = started.result(SECONDS)
    watching = _Failures(made.failures)
    logging.getLogger("pod").addHandler(watching)
    try:
        yield made
    finally:
        logging.getLogger("pod").removeHandler(watching)
        made.connection.close()
        stopping.set_result(None)
        thread.join(SECONDS)


class _Failures(logging.Handler):
    """Hears of every request that the server failed to answer by its own fault."""

    def __init__(self, failures: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._failures = failures

    def emit(self, record: logging.LogRecord) -> None:
        self._failures.append(self.format(record))


class Here(ThreadedResolver):
    """Finds this machine, and asks nobody for the names of others."""

    async def resolve(self, host, port=0, family=socket.AF_INET):
        if host != "localhost":
            raise OSError("no other machine is asked for")
        return await super().resolve(host, port, family)


def _serve(config: Config, now: Clock, started: "Future[World]", stopping: "Future[None]") -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            runner.run(_answer(config, now, started, stopping))
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)


async def _answer(
    config: Config, now: Clock, started: "Future[World]", stopping: "Future[None]"
) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    base = config.base_url or f"http://localhost:{port}/"
    config = replace(config, port=port, base_url=base)
    async with opened(config, now, Hashing(hasher=QUICK)) as server:
        # Pages come when all is done and documents when they are there, however busy others are.
        server.uploads.soon = float(SECONDS)
        outgoing = server.fetch.__self__
        outgoing.seconds = outgoing.idle = float(SECONDS)
        outgoing.resolver = Here()
        loop = asyncio.get_running_loop()
        made = World(server.base, server, loop, Connection("localhost", port))
        site = Site(server)

        async def handle(incoming: web.BaseRequest) -> web.StreamResponse:
            made.busy.put(1)
            try:
                return await site.handle(incoming)
            finally:
                made.busy.put(-1)

        runner = web.ServerRunner(Serving(handle, access_log=None), shutdown_timeout=1)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        started.set_result(made)
        await asyncio.wrap_future(stopping)
        await runner.cleanup()
