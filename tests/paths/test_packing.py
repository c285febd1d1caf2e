"""The server's own pages in gzip: who gets them so, and who does not."""

import gzip

import pytest
from access_pages import PASSWORD, enter
from answers import listed
from browser import Browser

GZIP = {"Accept-Encoding": "gzip"}
PUBLIC = ("", "ns/catalogue", "ns/catalogue.csv", "ns/selfdata", ".pages/pod.css")


@pytest.fixture
def at_home(world, ana):
    """A browser that says what page it is on, with ana signed in."""
    headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin", **GZIP}
    browser = Browser(world.base, world.connection, headers=headers)
    enter_packed(browser, ana)
    return browser


def enter_packed(browser, who):
    packed = browser.headers.pop("Accept-Encoding")
    enter(browser, who)
    browser.headers["Accept-Encoding"] = packed


@pytest.mark.spec("RFC 9110 §8.4")
@pytest.mark.parametrize("path", PUBLIC)
def test_who_takes_it_gets_the_same_in_less(world, nobody, path):
    plain, small = nobody.get(world.base + path), nobody.get(world.base + path, GZIP)
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.body) == plain.body
    assert len(small.body) < len(plain.body) / 2
    assert "Content-Encoding" not in plain.headers
    for answer in (plain, small):
        assert "Accept-Encoding" in listed(answer, "Vary")
        assert answer.headers["Content-Length"] == str(len(answer.body))
    told = nobody.head(world.base + path, GZIP)
    assert told.headers["Content-Length"] == str(len(small.body))


@pytest.mark.spec("RFC 9110 §8.8.3.3")
def test_each_coding_has_a_tag_of_its_own(world, nobody):
    url = world.base + ".pages/pod.css"
    plain, small = nobody.get(url), nobody.get(url, GZIP)
    assert plain.headers["ETag"] != small.headers["ETag"]
    assert not small.headers["ETag"].startswith("W/")
    for answer, asked, status in (
        (plain, {}, 304),
        (small, GZIP, 304),
        (plain, GZIP, 200),
        (small, {}, 200),
    ):
        tag = answer.headers["ETag"]
        again = nobody.get(url, {"If-None-Match": tag, **asked})
        assert again.status == status
        assert "Accept-Encoding" in listed(again, "Vary")
        if status == 304:
            assert (again.headers["ETag"], again.body) == (tag, b"")
            assert "Content-Encoding" not in again.headers


def test_what_lies_in_a_pod_is_sent_as_it_was_stored(ana):
    url = ana.storage + "packing.txt"
    assert ana.put(url, b"a line\n" * 1000, "text/plain").status == 201
    for answer in (ana.get(url, GZIP), ana.get(ana.storage, GZIP)):
        assert "Content-Encoding" not in answer.headers
        assert "Accept-Encoding" not in listed(answer, "Vary")


def test_her_own_pages_are_packed_for_her(at_home):
    answer = at_home.open("/.account/apps/")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b'lang="en"' in gzip.decompress(answer.body)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_elsewhere_learns_nothing_from_a_length(at_home, site):
    at_home.headers["Sec-Fetch-Site"] = site
    answer = at_home.open("/.account/apps/")
    assert "Content-Encoding" not in answer.headers
    assert b'lang="en"' in answer.body


def test_an_old_browser_says_where_it_comes_from(world, at_home):
    del at_home.headers["Sec-Fetch-Site"]
    assert "Content-Encoding" not in at_home.open("/.account/apps/").headers
    at_home.headers["Referer"] = "https://elsewhere.example/"
    assert "Content-Encoding" not in at_home.open("/.account/apps/").headers
    at_home.headers["Referer"] = world.base + ".account/"
    assert at_home.open("/.account/apps/").headers["Content-Encoding"] == "gzip"


def test_what_is_shown_once_is_never_packed(world, browser):
    browser.headers |= GZIP
    browser.open("/.account/sign-up/")
    plain = gzip.decompress(browser.page.body)
    assert b"<form" in plain
    body = f"name=packed{next(world.numbers)}&password={PASSWORD.replace(' ', '+')}"
    url = world.base + ".account/sign-up/"
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Origin": world.base[:-1], **GZIP}
    answer = world.connection.ask("POST", url, {"Accept": "text/html", **sent}, body.encode())
    assert (answer.status, "Set-Cookie" in answer.headers) == (200, True)
    assert "Content-Encoding" not in answer.headers
    assert b"<ol" in answer.body
