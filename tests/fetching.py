"""What the tests of the way out share: a clock, a name server, and a server elsewhere."""

import asyncio
import socket
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.abc import AbstractResolver

TURTLE = "text/turtle"


class Clock:
    def __init__(self):
        self.time = datetime(2027, 3, 1, tzinfo=UTC)

    def __call__(self):
        return self.time


class Names(AbstractResolver):
    """Says that every name is this machine, as a stranger's name server could."""

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [
            {
                "hostname": host,
                "host": "127.0.0.1",
                "port": port,
                "family": family,
                "proto": 0,
                "flags": 0,
            }
        ]

    async def close(self):
        pass


def nobody(_host, _port):
    """No address is this server's own."""
    return False


class Elsewhere:
    """A server whose answers are set by the test, and which keeps what it was asked."""

    def __init__(self):
        self.asked = []
        self.arrived = asyncio.Event()
        self.answers = {}
        self.base = ""
        self.pause = asyncio.Event()
        self.pause.set()

    async def answer(self, request):
        self.asked.append(request)
        self.arrived.set()
        await self.pause.wait()
        status, headers, body = self.answers.get(request.path, (404, {}, b""))
        return web.Response(status=status, headers=headers, body=body)
