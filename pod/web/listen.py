"""The listening socket, from the first request that would be answered to a graceful end."""

import asyncio
import logging
import signal
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from aiohttp import web

from pod.config import Config, ConfigProblem
from pod.flows.context import Server
from pod.web.certificate import Certificate
from pod.web.reply import unexpected, unreadable
from pod.web.send import headers_of
from pod.web.site import Site
from pod.web.underway import Handle, Underway

GRACE_SECONDS = 10.0
SOCKET_MODE = 0o660  # of a Unix socket: for the proxy, which is in the group of the server
log = logging.getLogger("pod")

Place = Callable[[web.BaseRunner], web.BaseSite]


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


@asynccontextmanager
async def listening(server: Server) -> AsyncIterator[None]:
    """Answer requests while the block runs; at its end finish those under way.

    Raises OSError where that cannot be, and ConfigProblem for a certificate that cannot be used.
    """
    config, site = server.config, Site(server)
    tls = _tls(config)
    places = [(site.handle, _place(config, tls))]
    if config.http_port:
        redirected = partial(site.handle, scheme="http")
        places.append((redirected, partial(web.TCPSite, host=config.host, port=config.http_port)))
    async with AsyncExitStack() as stack:
        for handle, place in places:
            await stack.enter_async_context(_open(handle, place))
        # What stays open is ended before the rest is waited for.
        stack.push_async_callback(server.notices.close)
        resuming = asyncio.create_task(server.notices.resume(server))
        stack.callback(resuming.cancel)
        if config.unix_socket:
            await asyncio.to_thread(Path(config.unix_socket).chmod, SOCKET_MODE)
        yield


async def serve_until_stopped(server: Server, ready: Callable[[], None]) -> None:
    """Answer requests until SIGTERM or SIGINT; then finish those under way and return.

    `ready` is called when the first request would be answered.
    """
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with listening(server):
        ready()
        await stopped.wait()


@asynccontextmanager
async def _open(handle: Handle, place: Place) -> AsyncIterator[None]:
    """Let requests in at one place."""
    underway = Underway(handle)
    answering = Serving(underway.handle, access_log=None)
    runner = web.ServerRunner(answering, shutdown_timeout=GRACE_SECONDS)
    await runner.setup()
    try:
        site = place(runner)
        await site.start()
        yield
        await site.stop()
        await underway.end(answering.connections, GRACE_SECONDS)
    finally:
        await runner.cleanup()


def _place(config: Config, tls: ssl.SSLContext | None) -> Place:
    if config.unix_socket:
        return partial(web.UnixSite, path=config.unix_socket, ssl_context=tls)
    return partial(web.TCPSite, host=config.host, port=config.port, ssl_context=tls)


def _tls(config: Config) -> ssl.SSLContext | None:
    if not config.tls_certificate:
        return None
    try:
        return Certificate(Path(config.tls_certificate), Path(config.tls_key)).context
    except OSError as error:
        raise ConfigProblem(
            "`tls_certificate` and `tls_key` must name two PEM files that go together and can be "
            "read; the key must not be encrypted"
        ) from error
