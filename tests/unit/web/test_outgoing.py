"""The way out, against a real server on this machine and a table of addresses."""

import asyncio
import contextlib
import socket
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver

from pod.web.outgoing import FAILED, FRESH, LONGEST, SHORTEST, Outgoing, freshness

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


@pytest.fixture
async def elsewhere():
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


@pytest.fixture
async def guarded(clock):
    made = Outgoing(clock, nobody, allow_loopback=False, resolver=Names())
    yield made
    await made.close()


async def test_a_document_comes_with_its_type_and_address(outgoing, elsewhere):
    found = await outgoing.fetch(f"{elsewhere.base}/card#me", TURTLE)
    assert (found.media_type, found.body) == ("text/turtle", b"<#me> a <#x>.")
    assert found.url == f"{elsewhere.base}/card"
    assert elsewhere.asked[0].headers["Accept"] == TURTLE
    assert "Cookie" not in elsewhere.asked[0].headers


@pytest.mark.parametrize("status", [204, 400, 401, 404, 500])
async def test_any_other_answer_is_no_document(outgoing, elsewhere, status):
    elsewhere.answers["/card"] = (status, {}, b"" if status == 204 else b"no")
    assert await outgoing.fetch(f"{elsewhere.base}/card", TURTLE) is None


@pytest.mark.parametrize(("size", "found"), [(99, True), (100, True), (101, False), (10**6, False)])
async def test_a_document_has_a_largest_size(outgoing, elsewhere, size, found):
    elsewhere.answers["/card"] = (200, {"Content-Type": TURTLE}, b"x" * size)
    document = await outgoing.fetch(f"{elsewhere.base}/card", TURTLE, limit=100)
    assert (document is not None) == found


async def test_an_encoded_document_is_refused(outgoing, elsewhere):
    headers = {"Content-Type": TURTLE, "Content-Encoding": "gzip"}
    elsewhere.answers["/card"] = (200, headers, b"\x1f\x8b")
    assert await outgoing.fetch(f"{elsewhere.base}/card", TURTLE) is None
    assert elsewhere.asked[0].headers["Accept-Encoding"] == "identity"


async def test_a_slow_server_is_not_waited_for(outgoing, elsewhere):
    elsewhere.pause.clear()
    assert await outgoing.fetch(f"{elsewhere.base}/card", TURTLE, seconds=0.05) is None


async def test_a_server_that_is_not_there_is_no_document(outgoing):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        assert await outgoing.fetch(f"http://127.0.0.1:{port}/", TURTLE) is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed(outgoing, elsewhere, status):
    elsewhere.answers["/old"] = (status, {"Location": "/card"}, b"")
    found = await outgoing.fetch(f"{elsewhere.base}/old", TURTLE)
    assert found.url == f"{elsewhere.base}/card"


@pytest.mark.parametrize(("hops", "found"), [(3, True), (4, False)])
async def test_redirects_end(outgoing, elsewhere, hops, found):
    for hop in range(1, hops + 1):
        there = "/card" if hop == 1 else f"/{hop - 1}"
        elsewhere.answers[f"/{hop}"] = (302, {"Location": there}, b"")
    document = await outgoing.fetch(f"{elsewhere.base}/{hops}", TURTLE)
    assert (document is not None) == found


async def test_a_redirect_without_an_address_is_no_document(outgoing, elsewhere):
    elsewhere.answers["/old"] = (302, {}, b"")
    assert await outgoing.fetch(f"{elsewhere.base}/old", TURTLE) is None


@pytest.mark.spec("Practice X-30")
@pytest.mark.parametrize(
    "location",
    [
        "http://pod.example/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "http://10.0.0.1/",
        "http://user:word@127.0.0.1/",
        "http://[::1",
    ],
)
async def test_a_redirect_is_checked_as_the_first_address_is(outgoing, elsewhere, location):
    elsewhere.answers["/old"] = (302, {"Location": location}, b"")
    assert await outgoing.fetch(f"{elsewhere.base}/old", TURTLE) is None
    assert len(elsewhere.asked) == 1


@pytest.mark.spec("Practice RS-19")
@pytest.mark.spec("Practice X-30")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1"])
async def test_this_machine_is_never_asked_outside_development(guarded, elsewhere, host):
    port = elsewhere.base.rpartition(":")[2]
    for scheme in ("http", "https"):
        assert await guarded.fetch(f"{scheme}://{host}:{port}/card", TURTLE) is None
    assert elsewhere.asked == []


@pytest.mark.spec("Practice X-30")
@pytest.mark.parametrize("development", [True, False])
async def test_a_name_that_leads_here_is_connected_to_in_development_alone(clock, development):
    outgoing = Outgoing(clock, nobody, allow_loopback=development, resolver=Names())
    connected = asyncio.Event()

    async def accept(_reader, writer):
        connected.set()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(accept, "127.0.0.1", 0) as listener:
        port = listener.sockets[0].getsockname()[1]
        assert await outgoing.fetch(f"https://profile.example:{port}/card", TURTLE) is None
    await outgoing.close()
    assert connected.is_set() == development


@pytest.mark.parametrize(
    "url", ["", "card", "http://", "https:///x", "https://[/", "data:,x", "\x00"]
)
async def test_what_is_no_address_is_no_document(outgoing, url):
    assert await outgoing.fetch(url, TURTLE) is None


async def test_a_document_is_kept_for_a_while(outgoing, elsewhere, clock):
    first = await outgoing.fetch(f"{elsewhere.base}/card", TURTLE)
    assert await outgoing.fetch(f"{elsewhere.base}/card#other", TURTLE) == first
    assert len(elsewhere.asked) == 1
    clock.time += FRESH
    await outgoing.fetch(f"{elsewhere.base}/card", TURTLE)
    assert len(elsewhere.asked) == 2


async def test_another_type_is_another_document(outgoing, elsewhere):
    await outgoing.fetch(f"{elsewhere.base}/card", TURTLE)
    await outgoing.fetch(f"{elsewhere.base}/card", "application/ld+json")
    assert len(elsewhere.asked) == 2


async def test_a_failure_is_kept_for_a_shorter_while(outgoing, elsewhere, clock):
    for _ in range(2):
        assert await outgoing.fetch(f"{elsewhere.base}/none", TURTLE) is None
    assert len(elsewhere.asked) == 1
    elsewhere.answers["/none"] = (200, {"Content-Type": TURTLE}, b"now")
    clock.time += FAILED - timedelta(seconds=1)
    assert await outgoing.fetch(f"{elsewhere.base}/none", TURTLE) is None
    clock.time += timedelta(seconds=1)
    assert (await outgoing.fetch(f"{elsewhere.base}/none", TURTLE)).body == b"now"


async def test_only_so_many_documents_are_kept(outgoing, elsewhere):
    for number in range(130):
        await outgoing.fetch(f"{elsewhere.base}/card?{number}", TURTLE)
    await outgoing.fetch(f"{elsewhere.base}/card?129", TURTLE)
    assert len(elsewhere.asked) == 130
    await outgoing.fetch(f"{elsewhere.base}/card?0", TURTLE)
    assert len(elsewhere.asked) == 131


async def test_those_who_ask_at_once_share_one_request(outgoing, elsewhere):
    url = f"{elsewhere.base}/card"
    found = await asyncio.gather(*(outgoing.fetch(url, TURTLE) for _ in range(5)))
    assert [document.url for document in found] == [url] * 5
    assert len(elsewhere.asked) == 1


async def test_closing_ends_what_is_running(clock, elsewhere):
    outgoing = Outgoing(clock, nobody, allow_loopback=True)
    elsewhere.pause.clear()
    waiting = asyncio.create_task(outgoing.fetch(f"{elsewhere.base}/card", TURTLE))
    await elsewhere.arrived.wait()
    await outgoing.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_closing_without_having_asked_is_nothing(clock):
    outgoing = Outgoing(clock, nobody, allow_loopback=False)
    await outgoing.close()
    assert await outgoing.fetch("http://localhost/", TURTLE) is None


@pytest.mark.parametrize(
    ("answered", "asked", "found"),
    [
        pytest.param("text/turtle; charset=utf-8", "text/turtle", True, id="as asked"),
        pytest.param(
            "application/ld+json", "text/turtle, application/ld+json;q=0.9", True, id="2nd"
        ),
        pytest.param("application/jwk-set+json", "application/json", True, id="some JSON"),
        pytest.param("application/json", "application/json", True, id="JSON"),
        pytest.param("text/html", "text/turtle", False, id="a page"),
        pytest.param("text/html", "text/turtle, text/html;q=0", False, id="what is not wanted"),
        pytest.param("application/jwk-set+json", "text/turtle", False, id="JSON for Turtle"),
        pytest.param("", "text/turtle", False, id="nothing said"),
        pytest.param("video/mp4", "*/*", True, id="anything"),
    ],
)
async def test_a_document_comes_in_a_type_that_was_asked_for(
    outgoing, elsewhere, answered, asked, found
):
    elsewhere.answers["/x"] = (200, {"Content-Type": answered}, b"x")
    document = await outgoing.fetch(f"{elsewhere.base}/x", asked)
    assert (document is not None) == found


@pytest.mark.parametrize(
    ("field", "fresh"),
    [
        ("", FRESH),
        ("public", FRESH),
        ("max-age=60", timedelta(seconds=60)),
        ("public, MAX-AGE=60, immutable", timedelta(seconds=60)),
        ('max-age="60"', timedelta(seconds=60)),
        ("s-maxage=60", FRESH),
        ("max-age=0", SHORTEST),
        ("max-age=999999999", LONGEST),
        ("max-age=99999999999999999999", LONGEST),
        ("max-age=-1", FRESH),
        ("max-age=soon", FRESH),
        ("no-store", SHORTEST),
        ("max-age=600, no-cache", SHORTEST),
    ],
)
def test_a_document_says_for_how_long_it_is_good_within_bounds(field, fresh):
    assert freshness(field) == fresh


async def test_it_is_asked_for_again_when_that_is_over(outgoing, elsewhere, clock):
    headers = {"Content-Type": TURTLE, "Cache-Control": "max-age=60"}
    elsewhere.answers["/card"] = (200, headers, b"")
    for seconds, asked in ((0, 1), (59, 1), (1, 2)):
        clock.time += timedelta(seconds=seconds)
        await outgoing.fetch(f"{elsewhere.base}/card", TURTLE)
        assert len(elsewhere.asked) == asked


@pytest.mark.spec("Practice RS-14")
@pytest.mark.spec("Practice X-30")
async def test_a_server_never_asks_itself(clock, elsewhere):
    own = int(elsewhere.base.rpartition(":")[2])
    itself = Outgoing(
        clock, lambda host, port: (host, port) == ("127.0.0.1", own), allow_loopback=True
    )
    assert await itself.fetch(f"{elsewhere.base}/card", TURTLE) is None
    assert elsewhere.asked == []
    await itself.close()


@pytest.mark.spec("Practice X-30")
async def test_a_server_is_not_led_back_to_itself(clock, elsewhere):
    own = int(elsewhere.base.rpartition(":")[2])
    itself = Outgoing(
        clock, lambda host, port: (host, port) == ("pod.localhost", own), allow_loopback=True
    )
    elsewhere.answers["/old"] = (302, {"Location": f"http://pod.localhost.:{own}/card"}, b"")
    assert await itself.fetch(f"{elsewhere.base}/old", TURTLE) is None
    assert len(elsewhere.asked) == 1
    await itself.close()


async def test_the_names_of_this_machine_are_known_in_development(outgoing, elsewhere):
    port = elsewhere.base.rpartition(":")[2]
    found = await outgoing.fetch(f"http://ana.localhost:{port}/card", TURTLE)
    assert found.url == f"http://ana.localhost:{port}/card"


@pytest.mark.spec("Practice X-30")
async def test_no_proxy_of_the_environment_is_asked(outgoing, elsewhere, monkeypatch):
    with socket.socket() as proxy:
        proxy.bind(("127.0.0.1", 0))
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        assert (await outgoing.fetch(f"{elsewhere.base}/card", TURTLE)) is not None


class Rebinding(Names):
    """A name server that tells this machine first, and another address to who asks again."""

    def __init__(self):
        self.asked = 0

    async def resolve(self, host, port=0, family=socket.AF_INET):
        self.asked += 1
        (found,) = await super().resolve(host, port, family)
        return [{**found, "host": "127.0.0.1" if self.asked == 1 else "127.0.0.2"}]


@pytest.mark.spec("Practice X-30")
async def test_a_name_is_asked_for_once_and_that_address_connected_to(clock):
    names, connected = Rebinding(), asyncio.Event()

    async def accept(_reader, writer):
        connected.set()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(accept, "127.0.0.1", 0) as listener:
        port = listener.sockets[0].getsockname()[1]
        outgoing = Outgoing(clock, nobody, allow_loopback=True, resolver=names)
        assert await outgoing.fetch(f"https://profile.example:{port}/card", TURTLE) is None
        await outgoing.close()
    assert (connected.is_set(), names.asked) == (True, 1)


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
        assert await outgoing.fetch(url, TURTLE, limit=10_000, seconds=0.5) is None
        assert sent  # it had begun
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
        assert await outgoing.fetch(url, TURTLE, seconds=0.2) is None
        assert 0 < len(sent) < 100
    await outgoing.close()
