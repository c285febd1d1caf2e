"""The data browser: pages of this server, outside every pod, on which somebody looks around.

They are PodOS, as its makers publish it, and a few lines that open it where a reader was going.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from pod.flows.context import Server
from pod.model import Reply
from pod.problems import NotFound
from pod.web.browser_install import FOLDER, is_installed
from pod.web.incoming import path_of
from pod.web.methods import chosen, options
from pod.web.own import noticed
from pod.web.page_fields import NOSNIFF
from pod.web.part import Part, part, sent

PLACE = "/.browse/"
_OURS = FOLDER.parent
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
NONCE_BYTES = 16
_FOREVER = "public, max-age=31536000, immutable"
# Its makers name the parts by their content: with another content a part has another name.
_NAMED_BY_CONTENT = re.compile(r"p-[\w-]{8}(?:\.entry)?\.js")


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """The browser of one server. `address` is where a reader is sent, before the query.

    `sources` is where pods are, for a policy; `random` gives so many bytes that nobody can guess.
    """

    address: str
    sources: str
    index: bytes
    parts: Mapping[str, Part]
    random: Callable[[int], bytes]

    def answer(self, incoming: web.BaseRequest) -> Reply:
        """The answer at one of its addresses. Raises NotFound and MethodNotAllowed."""
        name = path_of(incoming).partition("?")[0].removeprefix(PLACE)
        found = self.parts.get(name)
        if name and found is None:
            raise NotFound("the data browser has no such part; open it at its beginning")
        if incoming.method == "OPTIONS":
            return options(("GET",))
        return chosen(incoming.method, {"GET": self._answer})(found, incoming)

    def _answer(self, found: Part | None, incoming: web.BaseRequest) -> Reply:
        return self._page() if found is None else sent(found, incoming, NOSNIFF)

    def _page(self) -> Reply:
        # The style sheets that it makes itself are let in by a word that is new each time.
        nonce = self.random(NONCE_BYTES).hex()
        headers = (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", _policy(self.address, self.sources, nonce)),
            ("Referrer-Policy", "same-origin"),
            NOSNIFF,
        )
        body = self.index.replace(b"NONCE", nonce.encode())
        return Reply(status=200, headers=headers, body=body)


def browser_of(server: Server, folder: Path = FOLDER) -> Browser | None:
    """The data browser of a server: None where it is switched off, or is not installed."""
    if not server.config.browser or not is_installed(folder):
        return None
    addresses = server.addresses
    pods = f"{addresses.scheme}://*.{addresses.authority}"
    return Browser(
        address=addresses.base.rstrip("/") + PLACE,
        sources=f"'self' {pods}" if addresses.by_host else "'self'",
        index=noticed((_OURS / "index.html").read_bytes(), server),
        parts={name: _part(name, content) for name, content in _files(folder)},
        random=server.random,
    )


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in (*folder.rglob("*"), *_OURS.glob("*.*")):
        if file.suffix in _TYPES:
            inside = file.is_relative_to(folder)
            name = file.relative_to(folder if inside else _OURS).as_posix()
            yield name, file.read_bytes()


def _part(name: str, content: bytes) -> Part:
    caching = _FOREVER if _NAMED_BY_CONTENT.fullmatch(name) else "no-cache"
    return part(_TYPES[Path(name).suffix], content, caching)


def _policy(address: str, sources: str, nonce: str) -> str:
    """What the page may load: scripts and styles of its own, data of pods here, and no more.

    Scripts come from below `address` alone: one that is stored in a pod is never run here. And
    nothing is framed: a page that is stored in a pod would be shown as if it were ours.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {address}",
            f"style-src {address} 'nonce-{nonce}'",
            "img-src 'self' blob: data:",
            "media-src 'self' blob:",
            f"connect-src {sources} data:",  # some of its icons are written in its scripts
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
