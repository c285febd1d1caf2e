"""From our reply to aiohttp's: bytes at once, files in pieces that never pass through memory."""

import asyncio
from pathlib import Path

from aiohttp import web
from multidict import CIMultiDict

from pod.model import Blob, Reply
from pod.store.port import PodStore

PIECE = 256 * 1024


async def send(
    incoming: web.BaseRequest, reply: Reply, store: PodStore | None
) -> web.StreamResponse:
    """Answer a request. `store` is that of the pod whose blob the reply may hold."""
    headers = CIMultiDict(reply.headers)
    if isinstance(reply.body, Blob) and store is not None:
        first, last = reply.span or (0, reply.body.size - 1)
        response = web.StreamResponse(status=reply.status, headers=headers)
        response.content_length = last - first + 1
        await _send_file(incoming, response, store.path_of(reply.body), first)
        return response
    body = reply.body if isinstance(reply.body, bytes) else b""
    if reply.span is not None:
        body = body[reply.span[0] : reply.span[1] + 1]
    return web.Response(status=reply.status, headers=headers, body=body or None)


async def _send_file(
    incoming: web.BaseRequest, response: web.StreamResponse, path: Path, first: int
) -> None:
    """Send as many bytes of a file as the response says, from `first` on."""
    loop = asyncio.get_running_loop()
    # Opened before anything is sent: from here on the file stays, even if it is deleted.
    with await loop.run_in_executor(None, path.open, "rb") as file:
        await response.prepare(incoming)
        left = response.content_length or 0
        file.seek(first)
        while left and incoming.method != "HEAD":
            piece = await loop.run_in_executor(None, file.read, min(PIECE, left))
            if not piece:
                raise ConnectionError("a stored file is shorter than it was")
            left -= len(piece)
            await response.write(piece)
        await response.write_eof()
