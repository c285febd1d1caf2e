"""The way out, against a real server on this machine and a table of addresses."""

import asyncio
import socket
from datetime import timedelta

import pytest
from fetching import TURTLE, nobody

from pod.web.outgoing import FAILED, FRESH, LONGEST, SHORTEST, Outgoing, freshness


async def test_a_document_comes_with_its_type_and_address(outgoing, stranger):
    found = await outgoing.fetch(f"{stranger.base}/card#me", TURTLE)
    assert (found.media_type, found.body) == ("text/turtle", b"<#me> a <#x>.")
    assert found.url == f"{stranger.base}/card"
    assert stranger.asked[0].headers["Accept"] == TURTLE
    assert "Cookie" not in stranger.asked[0].headers


@pytest.mark.parametrize("status", [204, 400, 401, 404, 500])
async def test_any_other_answer_is_no_document(outgoing, stranger, status):
    stranger.answers["/card"] = (status, {}, b"" if status == 204 else b"no")
    assert await outgoing.fetch(f"{stranger.base}/card", TURTLE) is None


@pytest.mark.parametrize(("size", "found"), [(99, True), (100, True), (101, False), (10**6, False)])
async def test_a_document_has_a_largest_size(outgoing, stranger, size, found):
    stranger.answers["/card"] = (200, {"Content-Type": TURTLE}, b"x" * size)
    document = await outgoing.fetch(f"{stranger.base}/card", TURTLE, limit=100)
    assert (document is not None) == found


async def test_an_encoded_document_is_refused(outgoing, stranger):
    headers = {"Content-Type": TURTLE, "Content-Encoding": "gzip"}
    stranger.answers["/card"] = (200, headers, b"\x1f\x8b")
    assert await outgoing.fetch(f"{stranger.base}/card", TURTLE) is None
    assert stranger.asked[0].headers["Accept-Encoding"] == "identity"


async def test_a_slow_server_is_not_waited_for(outgoing, stranger):
    stranger.pause.clear()
    assert await outgoing.fetch(f"{stranger.base}/card", TURTLE, seconds=0.05) is None


async def test_a_server_that_is_not_there_is_no_document(outgoing):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        assert await outgoing.fetch(f"http://127.0.0.1:{port}/", TURTLE) is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed(outgoing, stranger, status):
    stranger.answers["/old"] = (status, {"Location": "/card"}, b"")
    found = await outgoing.fetch(f"{stranger.base}/old", TURTLE)
    assert found.url == f"{stranger.base}/card"


@pytest.mark.parametrize(("hops", "found"), [(3, True), (4, False)])
async def test_redirects_end(outgoing, stranger, hops, found):
    for hop in range(1, hops + 1):
        there = "/card" if hop == 1 else f"/{hop - 1}"
        stranger.answers[f"/{hop}"] = (302, {"Location": there}, b"")
    document = await outgoing.fetch(f"{stranger.base}/{hops}", TURTLE)
    assert (document is not None) == found


async def test_a_redirect_without_an_address_is_no_document(outgoing, stranger):
    stranger.answers["/old"] = (302, {}, b"")
    assert await outgoing.fetch(f"{stranger.base}/old", TURTLE) is None


@pytest.mark.parametrize(
    "url", ["", "card", "http://", "https:///x", "https://[/", "data:,x", "\x00"]
)
async def test_what_is_no_address_is_no_document(outgoing, url):
    assert await outgoing.fetch(url, TURTLE) is None


async def test_a_document_is_kept_for_a_while(outgoing, stranger, clock):
    first = await outgoing.fetch(f"{stranger.base}/card", TURTLE)
    assert await outgoing.fetch(f"{stranger.base}/card#other", TURTLE) == first
    assert len(stranger.asked) == 1
    clock.time += FRESH
    await outgoing.fetch(f"{stranger.base}/card", TURTLE)
    assert len(stranger.asked) == 2


async def test_another_type_is_another_document(outgoing, stranger):
    await outgoing.fetch(f"{stranger.base}/card", TURTLE)
    await outgoing.fetch(f"{stranger.base}/card", "application/ld+json")
    assert len(stranger.asked) == 2


async def test_a_failure_is_kept_for_a_shorter_while(outgoing, stranger, clock):
    for _ in range(2):
        assert await outgoing.fetch(f"{stranger.base}/none", TURTLE) is None
    assert len(stranger.asked) == 1
    stranger.answers["/none"] = (200, {"Content-Type": TURTLE}, b"now")
    clock.time += FAILED - timedelta(seconds=1)
    assert await outgoing.fetch(f"{stranger.base}/none", TURTLE) is None
    clock.time += timedelta(seconds=1)
    assert (await outgoing.fetch(f"{stranger.base}/none", TURTLE)).body == b"now"


async def test_only_so_many_documents_are_kept(outgoing, stranger):
    for number in range(130):
        await outgoing.fetch(f"{stranger.base}/card?{number}", TURTLE)
    await outgoing.fetch(f"{stranger.base}/card?129", TURTLE)
    assert len(stranger.asked) == 130
    await outgoing.fetch(f"{stranger.base}/card?0", TURTLE)
    assert len(stranger.asked) == 131


async def test_those_who_ask_at_once_share_one_request(outgoing, stranger):
    url = f"{stranger.base}/card"
    found = await asyncio.gather(*(outgoing.fetch(url, TURTLE) for _ in range(5)))
    assert [document.url for document in found] == [url] * 5
    assert len(stranger.asked) == 1


async def test_closing_ends_what_is_running(clock, stranger):
    outgoing = Outgoing(clock, nobody, allow_loopback=True)
    stranger.pause.clear()
    waiting = asyncio.create_task(outgoing.fetch(f"{stranger.base}/card", TURTLE))
    await stranger.arrived.wait()
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
    outgoing, stranger, answered, asked, found
):
    stranger.answers["/x"] = (200, {"Content-Type": answered}, b"x")
    document = await outgoing.fetch(f"{stranger.base}/x", asked)
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


async def test_it_is_asked_for_again_when_that_is_over(outgoing, stranger, clock):
    headers = {"Content-Type": TURTLE, "Cache-Control": "max-age=60"}
    stranger.answers["/card"] = (200, headers, b"")
    for seconds, asked in ((0, 1), (59, 1), (1, 2)):
        clock.time += timedelta(seconds=seconds)
        await outgoing.fetch(f"{stranger.base}/card", TURTLE)
        assert len(stranger.asked) == asked
