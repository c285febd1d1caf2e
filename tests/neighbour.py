"""Another server on this machine: the documents that it has, and who came to ask for them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Neighbour:
    """`pages` has a status, a media type and the bytes by path; `connections` counts who came."""

    base: str = ""
    pages: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    connections: int = 0

    def serve(self, path: str, body: str, kind: str = "text/turtle", status: int = 200) -> str:
        """Have a document at a path; its address."""
        self.pages[path] = (status, kind, body.encode())
        return self.base + path


@contextmanager
def neighbour() -> Iterator[Neighbour]:
    """A server with no documents yet, for as long as the block runs."""
    here = Neighbour()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append(self.path[1:])
            status, kind, body = here.pages.get(self.path[1:], (404, "text/plain", b"nothing"))
            self.send_response(status)
            self.send_header("Location" if status in {301, 302} else "Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Counting(ThreadingHTTPServer):
        daemon_threads = True

        def get_request(self) -> Any:
            here.connections += 1
            return super().get_request()

    with Counting(("127.0.0.1", 0), Answering) as server:
        here.base = f"http://localhost:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="neighbour")
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join()
