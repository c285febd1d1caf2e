"""The picture of an app on the pages where its person signs in: from this server, or not at all."""

import re
import struct
import uuid
import zlib

import pytest
from tried import from_document, sign_in

LIMIT = 64 * 1024


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 2, height: int = 2, *more: bytes) -> bytes:
    """A picture in shades of grey, with what stands before its rows."""
    rows = zlib.compress(b"\0" * (1 + 2) * 2)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    start = b"\x89PNG\r\n\x1a\n" + header + b"".join(more)
    return start + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def shown(browser) -> str:
    """Where the picture of the page is, "" where there is none."""
    found = re.search(r'<img class="logo" src="([^"]*)"', browser.page.text)
    return found.group(1) if found else ""


@pytest.fixture
def arrive(world, nobody, browser, elsewhere, ana):
    """She comes to the page of an app that has a picture, of some media type."""

    def arrived(picture: bytes, kind: str = "image/png", address: str = "") -> str:
        path = f"{uuid.uuid4().hex}.png"
        elsewhere.pages[path] = (200, kind, picture)
        logo = address or elsewhere.base + path
        app = from_document(world, nobody, elsewhere, logo_uri=logo)
        browser.open(app.request())
        sign_in(browser, ana)
        return path

    return arrived


def test_it_comes_from_this_server_and_can_do_nothing(world, browser, arrive, elsewhere):
    picture = arrive(png())
    policy = browser.page.headers["Content-Security-Policy"]
    assert f"img-src {world.base}.oidc/;" in policy
    at = shown(browser)
    assert at.startswith("/.oidc/interaction/")
    assert picture not in elsewhere.asked  # before the page that shows it asks
    answer = browser.open(at)
    assert (answer.status, answer.body) == (200, png())
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    browser.cookies.clear()
    assert browser.open(at).status == 404


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/png"),
        (b"GIF89a" + b"\0" * 40, "image/png"),
        (png(20_000, 20_000), "image/png"),
        (png(0, 2), "image/png"),
        (png(2, 2, chunk(b"acTL", b"\0" * 8)), "image/png"),
        (png()[:30], "image/png"),
        (png(2, 2, chunk(b"tEXt", b"a" * LIMIT)), "image/png"),
        (png(), "text/html"),
    ],
    ids=["svg", "svg as png", "gif", "vast", "empty", "moving", "cut", "long", "html"],
)
def test_what_is_no_small_picture_is_not_shown(browser, arrive, picture, kind):
    arrive(picture, kind)
    assert browser.open(shown(browser)).status == 404


@pytest.mark.parametrize("address", ["https://bank.example/logo.png", "http://10.0.0.1/logo.png"])
def test_nobody_shows_the_picture_of_another_site(browser, arrive, address):
    arrive(png(), address=address)
    assert shown(browser) == ""


def test_an_app_without_a_picture_has_none(world, nobody, browser, elsewhere, ana):
    browser.open(from_document(world, nobody, elsewhere).request())
    sign_in(browser, ana)
    assert shown(browser) == ""
