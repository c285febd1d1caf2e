"""The listening socket, from the first request that would be answered to a graceful end."""

import asyncio
import logging
import signal
from collections.abc import Callable

from aiohttp import web

from pod.flows.context import Server
from pod.web.reply import unexpected, unreadable
from pod.web.send import headers_of
from pod.web.site import Site
from pod.web.underway import Underway

GRACE_SECONDS = 10.0
log = logging.getLogger("pod")


class Serving(web.Server):
    """aiohttp's server, whose own refusals are problems like ours."""

    def __call__(self) -> web.RequestHandler:
        return Connection(self, loop=self._loop, **self._kwargs)


class Connection(web.RequestHandler):
    """One connection. What cannot be read as HTTP never reaches the site; it is answered here."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - the parser's own words, which quote the request
    ) -> web.StreamResponse:
        """The answer; the connection ends with it, since where the next request begins is unknown.

        Nothing of the request is logged: it may be anything, and anybody's.
        """
        if request.writer.output_size > 0:
            raise ConnectionError("an answer was begun already")
        if status >= 500:
            log.error("a connection failed", exc_info=exc)
        reply = unexpected() if status >= 500 else unreadable()
        response = web.Response(
            status=reply.status, headers=headers_of(request, reply), body=reply.body
        )
        response.force_close()
        return response


async def serve_until_stopped(server: Server, ready: Callable[[], None]) -> None:
    """Answer requests until SIGTERM or SIGINT; then finish those under way and return.

    `ready` is called when the first request would be answered.
    """
    underway = Underway(Site(server).handle)
    answering = Serving(underway.handle, access_log=None)
    runner = web.ServerRunner(answering, shutdown_timeout=GRACE_SECONDS)
    await runner.setup()
    config, stopped = server.config, asyncio.Event()
    site = web.TCPSite(runner, config.host, config.port)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    try:
        await site.start()
        ready()
        await stopped.wait()
        await site.stop()
        await underway.end(answering.connections, GRACE_SECONDS)
    finally:
        await runner.cleanup()
