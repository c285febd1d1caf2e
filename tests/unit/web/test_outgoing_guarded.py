"""The way out leads to no address that must not be asked: of this machine, of this server."""

import asyncio
import socket

import pytest
from fetching import TURTLE, Names, nobody

from pod.web.outgoing import Outgoing


@pytest.fixture
async def guarded(clock):
    made = Outgoing(clock, nobody, allow_loopback=False, resolver=Names())
    yield made
    await made.close()


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
async def test_a_redirect_is_checked_as_the_first_address_is(outgoing, stranger, location):
    stranger.answers["/old"] = (302, {"Location": location}, b"")
    assert await outgoing.fetch(f"{stranger.base}/old", TURTLE) is None
    assert len(stranger.asked) == 1


@pytest.mark.spec("Practice RS-19")
@pytest.mark.spec("Practice X-30")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1"])
async def test_this_machine_is_never_asked_outside_development(guarded, stranger, host):
    port = stranger.base.rpartition(":")[2]
    for scheme in ("http", "https"):
        assert await guarded.fetch(f"{scheme}://{host}:{port}/card", TURTLE) is None
    assert stranger.asked == []


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


@pytest.mark.spec("Practice RS-14")
@pytest.mark.spec("Practice X-30")
async def test_a_server_never_asks_itself(clock, stranger):
    own = int(stranger.base.rpartition(":")[2])
    itself = Outgoing(
        clock, lambda host, port: (host, port) == ("127.0.0.1", own), allow_loopback=True
    )
    assert await itself.fetch(f"{stranger.base}/card", TURTLE) is None
    assert stranger.asked == []
    await itself.close()


@pytest.mark.spec("Practice X-30")
async def test_a_server_is_not_led_back_to_itself(clock, stranger):
    own = int(stranger.base.rpartition(":")[2])
    itself = Outgoing(
        clock, lambda host, port: (host, port) == ("pod.localhost", own), allow_loopback=True
    )
    stranger.answers["/old"] = (302, {"Location": f"http://pod.localhost.:{own}/card"}, b"")
    assert await itself.fetch(f"{stranger.base}/old", TURTLE) is None
    assert len(stranger.asked) == 1
    await itself.close()


async def test_the_names_of_this_machine_are_known_in_development(outgoing, stranger):
    port = stranger.base.rpartition(":")[2]
    found = await outgoing.fetch(f"http://ana.localhost:{port}/card", TURTLE)
    assert found.url == f"http://ana.localhost:{port}/card"


@pytest.mark.spec("Practice X-30")
async def test_no_proxy_of_the_environment_is_asked(outgoing, stranger, monkeypatch):
    with socket.socket() as proxy:
        proxy.bind(("127.0.0.1", 0))
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        assert (await outgoing.fetch(f"{stranger.base}/card", TURTLE)) is not None


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
