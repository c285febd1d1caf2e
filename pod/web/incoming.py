"""From an aiohttp request to ours: the address read once, the body left to come in pieces."""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from aiohttp import web
from multidict import CIMultiDictProxy

from pod.model import Request
from pod.problems import Malformed, UnsupportedMediaType
from vocab.iri import ResourceIri

PIECE = 256 * 1024


class Fields(Mapping[str, str]):
    """The header fields of a request: looked up without regard to case, repeated ones joined.

    RFC 9110 §5.3: "combine multiple field lines with the same name into one field line".
    """

    __slots__ = ("_lines",)

    def __init__(self, lines: CIMultiDictProxy[str]) -> None:
        self._lines = lines

    def __getitem__(self, name: str) -> str:
        values = self._lines.getall(name)
        return values[0] if len(values) == 1 else ", ".join(values)

    def get(self, name: str, default: Any = None) -> Any:  # spares the mixin's try and except
        values = self._lines.getall(name, None)
        if values is None:
            return default
        return values[0] if len(values) == 1 else ", ".join(values)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name.lower() for name in self._lines))

    def __len__(self) -> int:
        return len({name.lower() for name in self._lines})

    def __contains__(self, name: object) -> bool:
        return name in self._lines


def resource_request(incoming: web.BaseRequest, storage: str, rest: str, peer: str) -> Request:
    """The request on the resource at `rest`, raw and with its query, below a storage's root, from
    the address `peer`.

    Raises Malformed for a path that has no canonical form.
    """
    path, mark, query = rest.partition("?")
    try:
        # HTTP-23: the query "does not select another resource", but stays part of the URL.
        target = ResourceIri.parse(storage, path)
    except ValueError as error:
        raise Malformed(f"this address cannot be used: {error}") from error
    return Request(
        method=incoming.method,
        target=target,
        headers=Fields(incoming.headers),
        url=f"{storage}{path}{mark}{query}",
        peer=peer,
    )


def path_of(incoming: web.BaseRequest) -> str:
    """The path of a request as it was sent, with its query."""
    raw = incoming.raw_path
    if raw.startswith("/"):
        return raw
    # RFC 9112 §3.2.2: "A server MUST accept the absolute-form in requests".
    return "/" + raw.partition("://")[2].partition("/")[2]


async def begin_body(incoming: web.BaseRequest) -> None:
    """Ask for the body, where its sender waits for that.

    Raises UnsupportedMediaType for one in a content coding.
    """
    coding = incoming.headers.get("Content-Encoding", "identity").strip().lower()
    if coding != "identity":
        # RFC 9110 §8.4: "An origin server MAY respond with a status code of 415 [...] if a
        # representation in the request message has a content coding that is not acceptable".
        raise UnsupportedMediaType("send the body without a content coding", encoding="identity")
    # RFC 9110 §10.1.1: who expects a "100-continue" sends the body once it is asked for, which is
    # here and no earlier: a request that is refused before is spared its upload.
    if incoming.headers.get("Expect", "").lower() == "100-continue":
        await incoming.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        incoming.writer.output_size = 0


async def pieces_of(incoming: web.BaseRequest) -> AsyncIterator[bytes]:
    """The body as it arrives.

    Raises ConnectionError when the sender goes away before its end, UnsupportedMediaType for one
    in a content coding, and Malformed for one that cannot be told from what follows.
    """
    await begin_body(incoming)
    try:
        async for piece in incoming.content.iter_chunked(PIECE):
            yield piece
    except web.RequestPayloadError as error:
        incoming.protocol.force_close()
        raise Malformed("the end of the body cannot be found; check how it is framed") from error
