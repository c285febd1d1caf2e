"""The servers that are measured: how each is started, signed in to, and filled.

The peers are in bench/peers.py; here are what they have in common with ours, and ours.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPException
from pathlib import Path
from secrets import token_hex

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from client import App, Key, call
from serving import Host

from acl import Agent, Mode, Need, decide, permit
from pod.app import opened
from pod.config import Config
from pod.flows.owner import owner_of
from pod.model import Change, Draft
from pod.store.port import Transaction
from vocab.iri import ResourceIri

SERVER_CORE = "0"
PATIENCE = 90  # seconds that a server may take to start
SIGNED_IN = 300  # seconds that an access token is used
DONE = {200, 201, 204, 205}
TURTLE = b'<#it> <http://schema.example/text> "' + b"x" * 980 + b'" .\n'
READABLE = """@prefix acl: <http://www.w3.org/ns/auth/acl#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<#owner> a acl:Authorization ; acl:agent <{webid}> ; acl:accessTo <./> ; acl:default <./> ;
    acl:mode acl:Read, acl:Write, acl:Control .
<#everyone> a acl:Authorization ; acl:agentClass foaf:Agent ; acl:accessTo <./> ;
    acl:default <./> ; acl:mode acl:Read .
"""

Headers = dict[str, str]


class Site:
    """A server under test, with somebody's storage at `/alice/`.

    `stored` and `other` are the media types that a Turtle document is kept in and converted to,
    and `largest` is the longest body in bytes that the server takes.
    """

    name = ""
    stored, other = "text/turtle", "application/ld+json"
    largest = 100_000_000

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.base = f"http://localhost:{port}/"
        self.webid = f"{self.base}alice/profile/card#me"
        self.pid = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._app: App | None = None
        self._signed_in_until = 0.0
        folder.mkdir(parents=True, exist_ok=True)

    def command(self) -> Sequence[str | Path]:
        """What starts the server."""
        raise NotImplementedError

    def environment(self) -> Headers:
        """What the server finds in its environment beside what is there."""
        return {}

    def make(self) -> None:
        """Make an account with a storage, once the server answers."""

    def sign_in(self) -> App:
        """An app of the owner's, with a fresh token."""
        raise NotImplementedError

    def fill(self, container: str, count: int) -> bool:
        """Put so many documents into a container faster than over HTTP; False where none does."""
        del container, count
        return False

    def start(self) -> float:
        """Start the server; the seconds until its first answer of 200."""
        begun = time.perf_counter()
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                ["taskset", "-c", SERVER_CORE, *self.command()],
                env={**os.environ, **self.environment()},
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        self.pid = self._process.pid
        while not self._answers():
            if self._process.poll() is not None or time.perf_counter() - begun > PATIENCE:
                raise SystemExit(f"{self.name} did not start; its log is in {self.folder}")
            time.sleep(0.005)
        return time.perf_counter() - begun

    def stop(self) -> None:
        """End the server, if it runs."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    @property
    def app(self) -> App:
        """An app of the owner's whose token is good for one more load."""
        if self._app is None or time.monotonic() > self._signed_in_until:
            self._app = self.sign_in()
            self._signed_in_until = time.monotonic() + SIGNED_IN
        return self._app

    def unsigned(
        self, method: str, path: str, headers: Headers | None = None, body: bytes = b""
    ) -> bytes:
        """One request as it goes over the wire, from nobody in particular."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        if method in {"PUT", "POST", "PATCH"}:
            lines.append(f"Content-Length: {len(body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + body

    def signed(
        self, method: str, path: str, headers: Headers | None = None, body: bytes = b""
    ) -> bytes:
        """The same from the owner, with a DPoP proof of its own."""
        mine = self.app.headers(method, self.base[:-1] + path)
        return self.unsigned(method, path, mine | (headers or {}), body)

    def put(self, path: str, body: bytes = TURTLE) -> None:
        """Put a Turtle document there."""
        answer = self.app.put(self.base[:-1] + path, body)
        if answer.status not in DONE:
            raise SystemExit(f"{self.name} answered PUT {path} with {answer.status}")

    def open_to_all(self, container: str) -> None:
        """Let everyone read a container and what is in it."""
        self.put(f"{container}first.ttl")
        self.put(f"{container}.acl", READABLE.format(webid=self.webid).encode())

    def _answers(self) -> bool:
        with suppress(OSError, HTTPException):
            return call("GET", self.base + ".well-known/openid-configuration").status == 200
        return False


class Bare(Site):
    """The yardstick: what an answer costs that needs no thought."""

    name = "bare"

    def command(self) -> Sequence[str | Path]:
        return (sys.executable, Path(__file__).with_name("bare.py"), str(self.port))


class Ours(Site):
    """The server of this project."""

    name = "ours"

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(folder, port)
        self._host = Host(folder / "data", port)

    def command(self) -> Sequence[str | Path]:
        host = self._host
        address = ("--port", str(host.port), "--base-url", host.base)
        return (sys.executable, "-m", "pod", "serve", "--data", host.data, *address)

    def environment(self) -> Headers:
        # As the service in docs/operations.md has it.
        return {"PYTHONPATH": str(ROOT), "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}

    def make(self) -> None:
        [self._made] = self._host.people("alice")

    def sign_in(self) -> App:
        self._made.sign_in()
        return self._made

    def fill(self, container: str, count: int) -> bool:
        asyncio.run(self._fill(container, count))
        return True

    async def _fill(self, container: str, count: int) -> None:
        """In one transaction, as another process than the server."""
        config = Config(data=self._host.data, port=self.port, base_url=self.base)
        async with opened(config) as server:
            pod = await server.pods.find("alice")
            if pod is None:
                raise SystemExit("the pod was not made")
            parent = ResourceIri(pod.store.storage, container.removeprefix("/alice/"))
            owner = owner_of(pod)
            await pod.store.write(partial(_put_all, parent=parent, count=count, owner=owner))


def _put_all(tx: Transaction, parent: ResourceIri, count: int, owner: Agent) -> None:
    grant = permit((Need(Mode.WRITE, parent),), partial(decide, tx.acls(), agent=owner))
    now = datetime.now(UTC).replace(microsecond=0)
    draft = Draft(media_type="text/turtle", content=TURTLE, modified=now)
    mark = token_hex(4)
    for number in range(count):
        target = parent.child(f"filled-{mark}-{number}.ttl")
        tx.apply(Change(target=target, before=None, after=draft), grant)


__all__ = ["DONE", "ROOT", "TURTLE", "App", "Bare", "Headers", "Key", "Ours", "Site", "call"]
