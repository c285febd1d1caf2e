"""Answers that no document comes of, and that take no longer than they may."""

import asyncio
import contextlib

import pytest
from fetching import TURTLE

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\n"
ENDLESS = {
    "a first line": (b"HTTP/1.1 200 ", b"O" * 1000),
    "a header": (OK + b"X: ", b"x" * 1000),
    "headers": (OK, b"X-Y: " + b"x" * 1000 + b"\r\n"),
    "interim answers": (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "a body without a length": (OK + b"\r\n", b"x" * 1000),
    "a body in chunks": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n",
        b"3e8\r\n" + b"x" * 1000 + b"\r\n",
    ),
    "one chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n", b"x" * 1000),
    "the size of a chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\n1;", b"x" * 1000),
    "trailers": (OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
}


@contextlib.asynccontextmanager
async def sending(first, more=b"", pause=0.0):
    """A server that sends some bytes and then others again and again; its address, and how many."""
    sent, answering = [], []

    async def answer(reader, writer):
        answering.append(asyncio.current_task())
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(first)
            while more:
                writer.write(more)
                sent.append(len(more))
                await writer.drain()
                await asyncio.sleep(pause)
            await reader.read()
        writer.transport.abort()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as listener:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/", sent
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering)


@pytest.mark.spec("Practice X-30")
@pytest.mark.parametrize(("first", "more"), ENDLESS.values(), ids=ENDLESS)
async def test_an_answer_without_end_is_no_document(outgoing, first, more):
    async with sending(first, more) as (url, sent):
        while not sent:  # until it had begun when it was given up
            assert await outgoing.fetch(url, TURTLE, limit=10_000, seconds=0.5, anew=True) is None
    await outgoing.close()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", id="another protocol"),
        pytest.param(OK + b"Content-Length: 5\r\n\r\nab", id="less than it says"),
        pytest.param(OK + b"Content-Length: -5\r\n\r\nabcde", id="a negative length"),
        pytest.param(OK + b"Content-Length: 5, 6\r\n\r\nabcde", id="two lengths"),
        pytest.param(OK + b"Content-Length: 99999999999999\r\n\r\nab", id="a length beyond all"),
        pytest.param(OK + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", id="a negative chunk"),
    ],
)
async def test_an_answer_that_is_none_is_no_document(outgoing, answer):
    async with sending(answer) as (url, _):
        assert await outgoing.fetch(url, TURTLE, seconds=0.2) is None
    await outgoing.close()


@pytest.mark.spec("Practice X-30")
async def test_an_answer_that_drips_is_not_waited_for(outgoing):
    async with sending(OK + b"\r\n", b"x", pause=0.01) as (url, sent):
        while not sent:
            assert await outgoing.fetch(url, TURTLE, seconds=0.2, anew=True) is None
        assert len(sent) < 100
    await outgoing.close()
