"""The listening socket, from the first request that would be answered to a graceful end."""

import asyncio
import logging
import re
import signal
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from aiohttp import web
from aiohttp.http_exceptions import BadHttpMethod

from pod.config import Config, ConfigProblem
from pod.flows.consent.unused import put_away_daily
from pod.flows.context import Server
from pod.model import Reply
from pod.web.certificate import Certificate
from pod.web.reply import unexpected, unknown_method, unreadable
from pod.web.send import headers_of
from pod.web.site import Site
from pod.web.underway import Handle, Underway

GRACE_SECONDS = 10.0
SOCKET_MODE = 0o660  # of a Unix socket: for the proxy, which is in the group of the server
log = logging.getLogger("pod")

# RFC 9110 §9.1: method = token; what does not look like a request at all is none with a method.
_METHOD = re.compile(r"b'[!#$%&*+.^_`|~0-9A-Za-z-]{1,32} (?:/|https?://)")

Place = Callable[[web.BaseRunner], web.BaseSite]


class Serving(web.Server):
    """aiohttp's server, whose own refusals are problems like ours."""

    def __call__(self) -> web.RequestHandler:
        # A body is taken as it is sent: see `incoming.pieces_of`.
        return Connection(self, loop=self._loop, auto_decompress=False, **self._kwargs)


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
        reply = unexpected() if status >= 500 else _refusal(exc)
        response = web.Response(
            status=reply.status, headers=headers_of(request, reply), body=reply.body
        )
        response.force_close()
        return response


def _refusal(exc: BaseException | None) -> Reply:
    """The answer to what the parser has not let through: a method it does not know, or worse."""
    # RFC 9110 §9.1: "When a request method is received that is unrecognized or not implemented by
    # an origin server, the origin server SHOULD respond with the 501 (Not Implemented)"; clients
    # in use hold on to the 405 for one that is "known [...] but not supported by the target".
    asked = _METHOD.search(exc.message) if isinstance(exc, BadHttpMethod) else None
    return unknown_method() if asked else unreadable()


@asynccontextmanager
async def listening(server: Server) -> AsyncIterator[None]:
    """Answer requests while the block runs; at its end finish those under way.

    Raises OSError where that cannot be, and ConfigProblem for a certificate that cannot be used.
    """
    config, site = server.config, Site(server)
    await asyncio.to_thread(server.identity.seen.open, server.now())
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
        server.uploads.wake()
        resuming = asyncio.create_task(server.notices.resume(server))
        stack.callback(resuming.cancel)
        daily = asyncio.create_task(put_away_daily(server))
        stack.callback(daily.cancel)
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
