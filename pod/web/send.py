"""From our reply to aiohttp's: bytes at once, files in pieces that never pass through memory."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from time import time

from aiohttp import HttpVersion11, web
from multidict import CIMultiDict

from pod.http.cors import cross_origin, varied, without_public
from pod.model import Blob, Reply, Stream, Unmade
from pod.problems import Unavailable
from pod.store.port import PodStore
from pod.web.reply import Headers

PIECE = 256 * 1024
SMALL = 64 * 1024
_REASONS = {status.value: status.phrase for status in HTTPStatus}


async def send(
    incoming: web.BaseRequest, reply: Reply, store: PodStore | None
) -> web.StreamResponse:
    """Answer a request. `store` is that of the pod whose blob the reply may hold."""
    if isinstance(reply.body, Blob) and store is not None:
        first, last = reply.span or (0, reply.body.size - 1)
        response = web.StreamResponse(status=reply.status, headers=headers_of(incoming, reply))
        response.content_length = last - first + 1
        with _counted(incoming, response, reply) as left:
            await _send_file(incoming, left, store.path_of(reply.body), first)
        return response
    if isinstance(reply.body, Unmade):  # which nobody has to send, so it is a HEAD
        return Whole(incoming, reply, None)
    if not isinstance(reply.body, bytes | Blob):
        response = web.StreamResponse(status=reply.status, headers=headers_of(incoming, reply))
        with _counted(incoming, response, reply) as left:
            await _send_stream(incoming, left, reply.body)
        return response
    body = reply.body if isinstance(reply.body, bytes) else b""
    if reply.span is not None:
        body = body[reply.span[0] : reply.span[1] + 1]
    if len(body) <= SMALL:
        return Whole(incoming, reply, body)
    return web.Response(status=reply.status, headers=headers_of(incoming, reply), body=body)


def headers_of(incoming: web.BaseRequest, reply: Reply) -> CIMultiDict[str]:
    """All headers of an answer that aiohttp sends: those of the reply, and those of CORS."""
    crossing = _crossing(incoming)
    headers = without_public(reply.headers) if crossing else reply.headers
    return CIMultiDict((*varied(headers), *crossing))


class Whole(web.StreamResponse):
    """A small answer, written at once with its head: a third less work than aiohttp's own way.

    `body` is None in an answer to HEAD when its length is not known.
    aiohttp asks of an answer whether the connection goes on, and to prepare and to end it.
    """

    def __init__(self, incoming: web.BaseRequest, reply: Reply, body: bytes | None) -> None:
        # The base class would begin with headers and cookies that are not used here.
        self._keep_alive = incoming.keep_alive
        head = _head(incoming, reply, None if body is None else len(body))
        self._octets = head + body if body and not _bare(incoming, reply) else head

    @property
    def keep_alive(self) -> bool | None:
        return self._keep_alive

    async def prepare(self, request: web.BaseRequest) -> None:
        """Write the whole answer; raises ConnectionError when nobody is there any more."""
        if request.transport is None:
            raise ConnectionError("the asker is gone")
        request.transport.write(self._octets)

    async def write_eof(self, data: bytes = b"") -> None:
        """Nothing is left to be written."""


class Unanswered(web.StreamResponse):
    """No answer: whoever asked has gone, or an answer that was begun cannot be finished.

    The connection ends with it. To raise instead would have aiohttp report a failure of ours.
    """

    async def prepare(self, request: web.BaseRequest) -> None:  # noqa: ARG002 - as the base class has it
        """Raises ConnectionError."""
        raise ConnectionError("there is nobody to answer")


def _bare(incoming: web.BaseRequest, reply: Reply) -> bool:
    # RFC 9110 §6.4.1: no content in an answer to HEAD, nor with 204 and 304.
    return incoming.method == "HEAD" or reply.status in {204, 304}


def _crossing(incoming: web.BaseRequest) -> Headers:
    """What the answer has for the origin that asks, if one does."""
    origin = incoming.headers.get("Origin")
    if origin is None:
        return ()
    return cross_origin(origin, incoming.headers.get("Access-Control-Request-Headers"))


def _head(incoming: web.BaseRequest, reply: Reply, length: int | None) -> bytes:
    if not incoming.keep_alive:
        connection = b"Connection: close\r\n"
    else:
        connection = b"" if incoming.version >= HttpVersion11 else b"Connection: keep-alive\r\n"
    crossing = _crossing(incoming)
    if not crossing:
        fields = _fields(reply.status, reply.headers, length)
    else:
        # What depends on the origin is kept for nobody: anyone can make up origins without end.
        fields = _fields(reply.status, without_public(reply.headers), length)
        fields += "".join(f"{name}: {value}\r\n" for name, value in crossing).encode("ascii")
    return fields + connection + _date(int(time()))


@lru_cache(maxsize=1024)
def _fields(status: int, headers: Headers, length: int | None) -> bytes:
    """The status line and the fields that are the same for every asker who gets this answer."""
    lines = [f"HTTP/1.1 {status} {_REASONS[status]}"]
    lines += [f"{name}: {value}" for name, value in varied(headers)]
    if length is not None and status not in {204, 304}:
        lines.append(f"Content-Length: {length}")
    head = "\r\n".join((*lines, ""))
    # RFC 9110 §5.5: no CR, LF or NUL in a field value; what a client sent may come back in one.
    if head.count("\n") != len(lines) or head.count("\r") != len(lines) or "\0" in head:
        raise ValueError("a header has a line break in it")
    return head.encode("utf-8", "surrogateescape")


@lru_cache(maxsize=4)
def _date(second: int) -> bytes:
    """The last field, and the end of the head."""
    return f"Date: {formatdate(second, usegmt=True)}\r\n\r\n".encode()


class _Left:
    """A body under way in pieces, and how many bytes of it were handed to the connection."""

    def __init__(
        self,
        incoming: web.BaseRequest,
        response: web.StreamResponse,
        allowed: Callable[[], bool] | None,
    ) -> None:
        self.size = 0
        self.response = response
        self._incoming = incoming
        self._allowed = allowed

    async def write(self, piece: bytes) -> None:
        """Raises ConnectionError when nobody is there any more, or who is there may have no more.

        INVARIANT (current rights): no piece is sent on rights that have ended meanwhile.
        """
        transport = self._incoming.transport
        if transport is None or transport.is_closing():
            raise ConnectionError("the asker is gone")
        if self._allowed is not None and not self._allowed():
            transport.abort()  # what waits to be sent is not sent either
            raise ConnectionError("the asker may read this no more")
        # Counted first: when this is waited for in vain, the bytes may have left all the same.
        self.size += len(piece)
        await self.response.write(piece)


@contextmanager
def _counted(
    incoming: web.BaseRequest, response: web.StreamResponse, reply: Reply
) -> Iterator[_Left]:
    """Tell at the end, however it comes, how much of the body of a reply has left."""
    left = _Left(incoming, response, reply.allowed)
    try:
        yield left
    finally:
        if reply.sent is not None:
            reply.sent(left.size)


async def _send_file(incoming: web.BaseRequest, left: _Left, path: Path, first: int) -> None:
    """Send as many bytes of a file as the response says, from `first` on."""
    loop = asyncio.get_running_loop()
    response = left.response
    # Opened before anything is sent: from here on the file stays, even if it is deleted.
    with await loop.run_in_executor(None, path.open, "rb") as file:
        await response.prepare(incoming)
        rest = response.content_length or 0
        file.seek(first)
        while rest and incoming.method != "HEAD":
            piece = await loop.run_in_executor(None, file.read, min(PIECE, rest))
            if not piece:
                raise ConnectionError("a stored file is shorter than it was")
            rest -= len(piece)
            await left.write(piece)
        await response.write_eof()


async def _send_stream(incoming: web.BaseRequest, left: _Left, stream: Stream) -> None:
    """Send what is being made, in chunks as long as it is not known how long it will be."""
    # RFC 9112 §6.1: chunked, where the version of HTTP has that; else the end of the connection
    # is the end of the answer.
    left.response.content_length = stream.size
    await left.response.prepare(incoming)
    try:
        while piece := await stream.read(left.size):
            await left.write(piece)
    except Unavailable as problem:
        raise ConnectionError("an answer was begun and cannot be finished") from problem
    await left.response.write_eof()
