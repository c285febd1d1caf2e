"""The yardstick: a bare aiohttp application that returns one kilobyte, on the same event loop."""

import sys

import uvloop
from aiohttp import web

BODY = b"x" * 1024


async def answer(_request: web.Request) -> web.Response:
    return web.Response(body=BODY, content_type="text/turtle")


def main() -> None:
    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    uvloop.install()
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)


if __name__ == "__main__":
    main()
