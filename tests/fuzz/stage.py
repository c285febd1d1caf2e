"""A server to send anything to, and what must hold of each of its answers."""

import http.client
import json
import re
import socket
import sys
import sysconfig
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from agents import Person, World
from agents import world as serving
from client import Answer
from fuzz.asking import Asked, Sign

SECONDS = 120  # within which everything is answered, on a machine that does much else
CANARY = "canary-3b1f9c"
ROOT = Path(__file__).parents[2]

_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_PATHS = re.compile(r"Traceback|site-packages|\.sqlite3|/pods/|File \"")


@dataclass(repr=False)
class Stage:
    """A server where Ana and Bob ask, and the vault of Carol, who does not."""

    world: World
    people: Mapping[str, Sign]
    owners: tuple[Person, ...]
    carol: Person
    elsewhere: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.world.base.split(":")[2].strip("/"))

    names = ("ana", "ana", "ana", "ana", "bob", "carol")

    def fill(self) -> None:
        """Put something into the pods of those who ask: they delete it, and shut others out."""
        for person in self.owners:
            here = person.storage
            person.delete(here + "c/.acl")
            person.delete(here + "x")
            person.put(here + "x", b"<> a <#Note> ; <#p> [ <#q> ( 1 2 ) ] .")
            person.put(here + "a.ttl", b'@prefix v: <#> . v:a v:b "c"@en .')
            person.put(here + "a.trig", b"<> a <#Note> . <#g> { <#a> <#b> 1 }", "application/trig")
            person.put(here + "c/y", b"y" * 1000, "text/plain")
            person.put(here + "c/d/notes", b'{"@id": "#it"}', "application/ld+json")

    def exchange(self, octets: bytes) -> bytes:
        """Everything that comes back for what is no request; raises TimeoutError for a hang."""
        found = b""
        line = socket.create_connection(("127.0.0.1", self.port), SECONDS)
        with line, suppress(ConnectionError):
            line.sendall(octets)
            line.shutdown(socket.SHUT_WR)
            while piece := line.recv(65536):
                found += piece
        return found

    def ask(self, asked: Asked) -> Answer | None:
        """The answer; None where the connection was closed instead. Raises TimeoutError."""
        with socket.create_connection(("127.0.0.1", self.port), SECONDS) as line:
            with suppress(ConnectionError):  # it was refused before all of it was sent
                line.sendall(asked.octets)
            response = http.client.HTTPResponse(line, method=asked.method)
            try:
                response.begin()
            except ConnectionError:
                return None
            pairs = tuple(response.getheaders())
            fields = http.client.HTTPMessage()
            for name, value in pairs:
                fields.add_header(name, value)
            # What is told of a topic as it happens has no end.
            endless = (
                response.status == 200 and "Content-Length" not in fields and asked.method == "GET"
            )
            body = b"" if endless and "/receive/" in asked.target else response.read()
            return Answer(response.status, fields, body, pairs)

    def stands(self) -> list[str]:
        """What is wrong after all that was asked."""
        wrong = list(self.world.failures)
        answer = self.carol.get(self.carol.storage + "private/steady")
        if (answer.status, answer.body) != (200, CANARY.encode()):
            wrong.append(f"the vault has changed: {answer.status} {answer.body[:80]!r}")
        wrong += [f"something outside of the folder was opened: {path}" for path in self.elsewhere]
        self.world.failures.clear()
        self.elsewhere.clear()
        return wrong


# What must come with a status.
_NEEDED = {
    **dict.fromkeys((201, 301, 302, 303, 307, 308), "Location"),
    206: "Content-Range",
    401: "WWW-Authenticate",
    405: "Allow",
    429: "Retry-After",
    503: "Retry-After",
}


def violations(asked: Asked, answer: Answer | None) -> Iterator[str]:
    """What an answer does that no answer may."""
    if answer is None:
        return
    status, fields = answer.status, answer.headers
    if status >= 500 and status not in {501, 503, 505}:
        yield f"status {status}"
    if _NEEDED.get(status, "Date") not in fields:
        yield f"{status} without {_NEEDED.get(status, 'Date')}"
    if not all(map(_FIELD.fullmatch, fields)) or any("\n" in value for value in fields.values()):
        yield "a header that is none"
    if CANARY.encode() in answer.body or CANARY in str(fields):
        yield "what only Carol may read"
    if answer.body and "Content-Type" not in fields:
        yield "content without Content-Type"
    yield from _of_problem(asked, answer)
    yield from _of_origin(asked, answer)


def _of_problem(asked: Asked, answer: Answer) -> Iterator[str]:
    if answer.status < 400 or asked.method == "HEAD" or not answer.body:
        return
    kind = answer.headers.get("Content-Type", "")
    if _PATHS.search(answer.text):
        yield "a problem that tells of the inside"
    if kind == "application/problem+json":
        problem = json.loads(answer.body)
        if problem.get("status") != answer.status or not problem.get("detail"):
            yield "a problem that does not say what is wrong"


def _of_origin(asked: Asked, answer: Answer) -> Iterator[str]:
    if asked.origin is None or _is_unreadable(answer):
        return
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    if allowed != asked.origin:
        yield f"an origin that may not read the answer: {allowed}"
    if "Access-Control-Expose-Headers" not in answer.headers:
        yield "no headers exposed"


def _is_unreadable(answer: Answer) -> bool:
    """Whether it is the answer to what cannot be read as HTTP, which names no origin."""
    is_for_all = answer.headers.get("Access-Control-Allow-Origin") == "*"
    return is_for_all and answer.status in {400, 405}


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """The server, for as long as the block runs."""
    with serving(folder, trusted_proxies=("127.0.0.1",)) as world:
        ana, bob, carol = (world.account(name) for name in ("ana", "bob", "carol"))
        secrets = carol.storage + "private/"
        assert carol.put(secrets + "steady", CANARY.encode(), "text/plain").status == 201
        assert carol.put(secrets + CANARY, f'<> <#p> "{CANARY}" .'.encode()).status == 201
        people = {p.name: p.app.headers for p in (ana, bob) if p.app}
        made = Stage(world, {**people, "nobody": lambda _method, _url: {}}, (ana, bob), carol)
        made.fill()
        with _watched(folder, made.elsewhere):
            yield made


_watching: list[tuple[Path, list[str]]] = []
_hooked = threading.Event()


@contextmanager
def _watched(folder: Path, elsewhere: list[str]) -> Iterator[None]:
    """Take note of every file that the server opens and that is not of its data or its program."""
    if not _hooked.is_set():
        _hooked.set()
        sys.addaudithook(_hook)
    _watching.append((folder, elsewhere))
    try:
        yield
    finally:
        _watching.pop()


_OF_PROGRAM = (
    *(
        str(ROOT),
        sys.prefix,
        sys.base_prefix,
        sysconfig.get_path("stdlib"),
        "/proc/",
        "/dev/",
        "/sys/",
    ),
    *(
        "/etc/hosts",
        "/etc/resolv.conf",
        "/etc/nsswitch.conf",
        "/etc/localtime",
        "/etc/ssl",
        "/usr/",
    ),
    *(
        "/etc/host.conf",
        "/etc/gai.conf",
        "/etc/mime.types",
        "/etc/apache2",
        "/etc/httpd",
        "/etc/mime",
    ),
)


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event not in {"open", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "sqlite3.connect"}:
        return
    if not _watching or threading.current_thread().name == "MainThread":
        return
    folder, elsewhere = _watching[-1]
    path = arguments[0]
    text = path.decode() if isinstance(path, bytes) else str(path)
    bare = text.removeprefix("file://")
    if not isinstance(path, int) and not bare.startswith((str(folder), *_OF_PROGRAM, ":memory:")):
        elsewhere.append(f"{event} {text}")
