"""The requests that are being answered, so that a server that is asked to stop ends with the last.

aiohttp on its own reads nothing more once it is to stop, which breaks off every upload.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

from aiohttp import web

Handle = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Underway:
    """Passes requests on, and knows the connections that they are on."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._busy: set[web.RequestHandler] = set()
        self._ending = False
        self._none_left = asyncio.Event()

    async def handle(self, incoming: web.BaseRequest) -> web.StreamResponse:
        connection = incoming.protocol
        self._busy.add(connection)
        try:
            return await self._handle(incoming)
        finally:
            self._busy.discard(connection)
            if self._ending:
                connection.close()  # its body is read, and its answer is the last there
                if not self._busy:
                    self._none_left.set()

    async def end(self, connections: Iterable[web.RequestHandler], seconds: float) -> None:
        """Close these connections: an idle one at once, others after their answers.

        Returns when there are none left, or after so many seconds.
        """
        self._ending = True
        for connection in connections:
            if connection not in self._busy:
                connection.close()
        if self._busy:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._none_left.wait(), seconds)
