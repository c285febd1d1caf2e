"""Subscribers: how the tests ask for channels, and all the ways in which messages come to them."""

import base64
import http.client
import io
import json
import os
import queue
import socket
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from agents import SECONDS, Person
from client import Answer

CONTEXT = "https://www.w3.org/ns/solid/notifications-context/v1"
NOTIFY = "http://www.w3.org/ns/solid/notifications#"
JSON_LD = "application/ld+json"
PULLED = ["WebSocketChannel2023", "EventSourceChannel2023", "StreamingHTTPChannel2023"]
PUSHED = ["WebhookChannel2023", "LDNChannel2023"]
KINDS = [*PULLED, *PUSHED]
SEND_TO = "https://receiver.example/inbox/"
QUIET = 0.3  # seconds of silence that stand for "nothing comes", where nothing tells


def later(**time: float) -> str:
    """The time in so many days, hours or seconds, as a client writes it."""
    return (datetime.now(UTC) + timedelta(**time)).isoformat().replace("+00:00", "Z")


def write(person: Person, url: str, text: str = "again") -> None:
    """Write a text there, so that there is something to tell."""
    assert person.put(url, text.encode(), "text/plain").status in {201, 204}


def service(owner: Person, kind: str) -> str:
    return f"{owner.storage}.well-known/notifications/{kind}"


def ask(
    person: Person, at: Person, topic: Any, kind: str = "WebSocketChannel2023", **more
) -> Answer:
    """A subscription request to the service of a pod."""
    body = {"@context": [CONTEXT], "type": kind, "topic": topic, **more}
    return person.post(service(at, kind), json.dumps(body).encode(), JSON_LD)


def subscribe(person: Person, at: Person, topic: Any, kind: str = "WebSocketChannel2023", **more):
    """The channel that a request makes."""
    answer = ask(person, at, topic, kind, **more)
    assert answer.status in {200, 201}, answer.text
    return answer.json()


class Socket:
    """A web socket, as far as the tests need one (RFC 6455)."""

    def __init__(self, url: str, *headers: str) -> None:
        parts = urllib.parse.urlsplit(url)
        assert parts.scheme == "ws"
        self.line = socket.create_connection((parts.hostname, parts.port), SECONDS)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = (
            f"GET {parts.path} HTTP/1.1",
            f"Host: {parts.netloc}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {key}",
            *headers,
        )
        self.line.sendall("\r\n".join((*lines, "", "")).encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self._more()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        self.status = int(head.split()[1])
        self.headers = http.client.parse_headers(
            io.BytesIO(head.partition(b"\r\n")[2] + b"\r\n\r\n")
        )

    def _more(self) -> None:
        piece = self.line.recv(65536)
        if not piece:
            raise EOFError
        self.buffer += piece

    def _read(self, size: int) -> bytes:
        while len(self.buffer) < size:
            self._more()
        found, self.buffer = self.buffer[:size], self.buffer[size:]
        return found

    def frame(self) -> tuple[int, bytes]:
        """The next frame: its opcode and its content; raises TimeoutError."""
        head = self._read(2)
        size = head[1]
        if size >= 126:
            size = int.from_bytes(self._read(2 if size == 126 else 8), "big")
        return head[0], self._read(size)

    def text(self) -> str:
        """The next text."""
        opcode, content = self.frame()
        assert opcode == 0x81, (opcode, content)
        return content.decode()

    def message(self) -> dict[str, Any]:
        return json.loads(self.text())

    def say(self, text: str, opcode: int = 0x81) -> None:
        octets = text.encode()
        assert len(octets) < 1 << 16
        size = len(octets)
        head = (
            bytes((opcode, 0x80 | size))
            if size < 126
            else bytes((opcode, 0xFE)) + size.to_bytes(2, "big")
        )
        self.line.sendall(head + bytes(4) + octets)

    def is_quiet(self) -> bool:
        """Whether nothing comes for a while."""
        self.line.settimeout(QUIET)
        try:
            self._read(1)
        except TimeoutError:
            return True
        finally:
            self.line.settimeout(SECONDS)
        return False

    def is_closed(self) -> bool:
        """Whether the server ends it, before anything else comes."""
        try:
            opcode, _ = self.frame()
        except (EOFError, ConnectionError):
            return True
        return opcode == 0x88

    def close(self) -> None:
        self.line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def refusal(url: str) -> int:
    """The status with which a web socket is refused."""
    with Socket(url) as made:
        return made.status


@contextmanager
def listening(person: Person, at: Person, topic: Any, **more) -> Iterator[Socket]:
    """The open web socket of a new channel."""
    with Socket(subscribe(person, at, topic, **more)["receiveFrom"]) as made:
        assert made.status == 101
        yield made


@contextmanager
def streaming(url: str, **headers: str) -> Iterator[http.client.HTTPResponse]:
    """An answer that goes on."""
    parts = urllib.parse.urlsplit(url)
    line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
    line.request("GET", parts.path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    response = line.getresponse()
    try:
        yield response
    finally:
        response.close()
        line.close()


def event(response: http.client.HTTPResponse) -> dict[str, str]:
    """The next event of a stream, by its fields; comments are left out."""
    found: dict[str, str] = {}
    while True:
        line = response.readline().decode()
        if not line:
            raise EOFError
        if line == "\n":
            if found:
                return found
            continue
        name, _, value = line.rstrip("\n").partition(": ")
        if name and not line.startswith(":"):
            found[name] = found[name] + "\n" + value if name in found else value


@dataclass
class Delivery:
    """What was sent to a receiver."""

    path: str
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass
class Receiver:
    """A server that messages are sent to. `statuses` are its next answers; afterwards 200."""

    base: str = ""
    deliveries: "queue.SimpleQueue[Delivery]" = field(default_factory=queue.SimpleQueue)
    statuses: list[int] = field(default_factory=list)

    def next(self) -> Delivery:
        return self.deliveries.get(timeout=SECONDS)


@contextmanager
def receiver(port: int = 0) -> Iterator[Receiver]:
    """A receiver on this machine, for as long as the block runs."""
    here = Receiver()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = here.statuses.pop(0) if here.statuses else 200
            here.deliveries.put(Delivery(self.path[1:], self.headers, body))
            self.send_response(status)
            if status in {301, 307}:
                self.send_header("Location", f"{here.base}elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Listening(ThreadingHTTPServer):
        daemon_threads = True

    with Listening(("127.0.0.1", port), Answering) as server:
        here.base = f"http://localhost:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="receiver")
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join()
