"""The way out, against a real server on this machine and a table of addresses."""

import asyncio
import socket
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver

from pod.web.outgoing import FAILED, FRESH, Outgoing, may_connect

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
    made = Outgoing(clock, allow_loopback=True)
    yield made
    await made.close()


@pytest.fixture
async def guarded(clock):
    made = Outgoing(clock, allow_loopback=False, resolver=Names())
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
    elsewhere.answers["/card"] = (200, {}, b"x" * size)
    document = await outgoing.fetch(f"{elsewhere.base}/card", TURTLE, limit=100)
    assert (document is not None) == found


async def test_an_encoded_document_is_refused(outgoing, elsewhere):
    elsewhere.answers["/card"] = (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b")
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


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1"])
async def test_this_machine_is_never_asked_outside_development(guarded, elsewhere, host):
    port = elsewhere.base.rpartition(":")[2]
    for scheme in ("http", "https"):
        assert await guarded.fetch(f"{scheme}://{host}:{port}/card", TURTLE) is None
    assert elsewhere.asked == []


@pytest.mark.parametrize("development", [True, False])
async def test_a_name_that_leads_here_is_connected_to_in_development_alone(clock, development):
    outgoing = Outgoing(clock, allow_loopback=development, resolver=Names())
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
    elsewhere.answers["/none"] = (200, {}, b"now")
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
    outgoing = Outgoing(clock, allow_loopback=True)
    elsewhere.pause.clear()
    waiting = asyncio.create_task(outgoing.fetch(f"{elsewhere.base}/card", TURTLE))
    await elsewhere.arrived.wait()
    await outgoing.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_closing_without_having_asked_is_nothing(clock):
    outgoing = Outgoing(clock, allow_loopback=False)
    await outgoing.close()
    assert await outgoing.fetch("http://localhost/", TURTLE) is None


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        pytest.param("93.184.215.14", True, id="public"),
        pytest.param("2606:4700::1111", True, id="public, v6"),
        pytest.param("0.0.0.0", False, id="this host"),  # noqa: S104 -- refused, not bound
        pytest.param("10.1.2.3", False, id="private 10/8"),
        pytest.param("172.16.0.1", False, id="private 172.16/12"),
        pytest.param("192.168.1.1", False, id="private 192.168/16"),
        pytest.param("100.64.0.1", False, id="shared, carrier NAT"),
        pytest.param("169.254.169.254", False, id="link-local, cloud metadata"),
        pytest.param("192.0.2.1", False, id="documentation"),
        pytest.param("198.18.0.1", False, id="benchmarks"),
        pytest.param("224.0.0.1", False, id="multicast"),
        pytest.param("240.0.0.1", False, id="reserved"),
        pytest.param("255.255.255.255", False, id="broadcast"),
        pytest.param("::", False, id="unspecified, v6"),
        pytest.param("::ffff:93.184.215.14", False, id="mapped"),
        pytest.param("::ffff:127.0.0.1", False, id="mapped loopback"),
        pytest.param("::127.0.0.1", False, id="compatible"),
        pytest.param("64:ff9b::7f00:1", False, id="NAT64"),
        pytest.param("2002:7f00:1::", False, id="6to4"),
        pytest.param("2001:0:1::1", False, id="Teredo"),
        pytest.param("fc00::1", False, id="unique local"),
        pytest.param("fe80::1", False, id="link-local, v6"),
        pytest.param("fe80::1%eth0", False, id="link-local with its zone"),
        pytest.param("fec0::1", False, id="site-local"),
        pytest.param("ff02::1", False, id="multicast, v6"),
        pytest.param("2001:db8::1", False, id="documentation, v6"),
        pytest.param("127.1", False, id="no canonical address"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_only_public_addresses_are_connected_to(address, allowed):
    assert may_connect(address, loopback=False) == allowed
    assert may_connect(address, loopback=True) == allowed


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_is_connected_to_in_development_alone(address):
    assert may_connect(address, loopback=True)
    assert not may_connect(address, loopback=False)
