"""The listening socket, from the first request that would be answered to a graceful end."""

import asyncio
import signal
from collections.abc import Callable

from aiohttp import web

from pod.flows.context import Server
from pod.web.site import Site

GRACE_SECONDS = 10.0


async def serve_until_stopped(server: Server, ready: Callable[[], None]) -> None:
    """Answer requests until SIGTERM or SIGINT; then finish those under way and return.

    `ready` is called when the first request would be answered.
    """
    answering = web.Server(Site(server).handle, access_log=None)
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
    finally:
        await runner.cleanup()
