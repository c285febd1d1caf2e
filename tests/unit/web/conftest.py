"""The way out, and a server that it leads to."""

import pytest
from aiohttp import web
from fetching import Clock, Elsewhere, nobody

from pod.web.outgoing import Outgoing


@pytest.fixture
async def stranger():
    server = Elsewhere()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    server.answers["/card"] = (
        200,
        {"Content-Type": "text/turtle; charset=utf-8"},
        b"<#me> a <#x>.",
    )
    yield server
    server.pause.set()
    await runner.cleanup()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def outgoing(clock):
    made = Outgoing(clock, nobody, allow_loopback=True)
    yield made
    await made.close()
