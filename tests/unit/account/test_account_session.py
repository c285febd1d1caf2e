"""How long sessions last, and when a cookie speaks for somebody."""

from datetime import UTC, datetime, timedelta

import pytest

from pod.account.session import (
    BRIEF,
    INTERACTION,
    LONGEST,
    REMEMBERED,
    cookie,
    cookie_name,
    expiry,
    shown_cookie,
    shown_token,
    slid,
)

BASE = "https://pod.example/"
NAME = "__Host-css-account"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(("remembered", "span"), [(True, REMEMBERED), (False, BRIEF)])
def test_a_session_ends_a_while_after_it_was_used_last(remembered, span):
    assert expiry(NOW, NOW, remembered=remembered) == NOW + span
    later = NOW + timedelta(hours=5)
    assert expiry(NOW, later, remembered=remembered) == later + span


def test_no_session_lasts_for_ever():
    end = NOW + LONGEST
    assert expiry(NOW, end - timedelta(hours=1), remembered=True) == end
    assert expiry(NOW, end + timedelta(days=9), remembered=True) == end


@pytest.mark.parametrize(("seconds", "moved"), [(0, False), (299, False), (300, True), (-5, False)])
def test_an_end_is_moved_from_time_to_time(seconds, moved):
    assert slid(NOW, NOW + timedelta(seconds=seconds)) is moved


@pytest.mark.parametrize(
    ("field", "token"),
    [
        ("CSS-Account-Token abc", "abc"),
        ("css-account-token  abc ", "abc"),
        ("CSS-Account-Token", ""),
        ("Bearer abc", None),
        ("DPoP abc", None),
        ("", None),
    ],
)
def test_a_token_is_shown_by_its_scheme(field, token):
    assert shown_token({"Authorization": field}) == token
    assert shown_token({}) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (f"{NAME}=abc", "abc"),
        (f"a=b; {NAME}=abc; c=d", "abc"),
        (f"a=b;{NAME}=abc", "abc"),
        (f"{NAME}=a=b", "a=b"),
        (f"x{NAME}=abc", None),
        ("css-account=abc", None),
        (NAME, ""),
        ("", None),
    ],
)
def test_a_cookie_is_found_by_its_name(field, value):
    assert shown_cookie({"Cookie": field}, "GET", BASE) == value


OWN = "https://pod.example"


@pytest.mark.parametrize(
    ("method", "headers", "counts"),
    [
        pytest.param("POST", {}, True, id="no browser"),
        pytest.param("POST", {"Origin": OWN}, True, id="own page, older browser"),
        pytest.param("POST", {"Origin": OWN, "Sec-Fetch-Site": "same-origin"}, True, id="own page"),
        pytest.param("POST", {"Sec-Fetch-Site": "none"}, True, id="typed by the person"),
        pytest.param("POST", {"Origin": "https://evil.example"}, False, id="another site"),
        pytest.param("POST", {"Origin": "https://ana.pod.example"}, False, id="a pod's own host"),
        pytest.param("POST", {"Origin": "http://pod.example"}, False, id="without TLS"),
        pytest.param("POST", {"Origin": "https://pod.example:444"}, False, id="another port"),
        pytest.param("POST", {"Origin": "null"}, False, id="a sandboxed page"),
        pytest.param("POST", {"Origin": ""}, False, id="an empty origin"),
        pytest.param("POST", {"Sec-Fetch-Site": "cross-site"}, False, id="a form elsewhere"),
        pytest.param("DELETE", {"Sec-Fetch-Site": "same-site"}, False, id="a sibling"),
        pytest.param(
            "POST", {"Origin": OWN, "Sec-Fetch-Site": "same-site"}, False, id="contradictory"
        ),
        pytest.param("GET", {"Sec-Fetch-Site": "cross-site"}, True, id="a link is followed"),
        pytest.param("GET", {"Origin": "https://evil.example"}, False, id="a script reads"),
        pytest.param("HEAD", {"Origin": "null"}, False, id="a sandboxed script reads"),
        pytest.param("GET", {"Origin": OWN}, True, id="an own script reads"),
    ],
)
def test_a_cookie_counts_for_the_servers_own_pages(method, headers, counts):
    sent = {"Cookie": f"{NAME}=abc", **headers}
    assert (shown_cookie(sent, method, BASE) == "abc") is counts


def test_a_cookie_is_kept_from_scripts_and_other_sites():
    text = cookie("abc", BASE, None)
    assert text.split("; ") == [f"{NAME}=abc", "Path=/", "HttpOnly", "SameSite=Lax", "Secure"]
    assert cookie("abc", BASE, 60).endswith("; Max-Age=60")


def test_without_tls_a_cookie_has_its_plain_name():
    assert cookie_name("http://localhost:3000/") == "css-account"
    text = cookie("abc", "http://localhost:3000/", None)
    assert text == "css-account=abc; Path=/; HttpOnly; SameSite=Lax"


@pytest.mark.parametrize(
    ("base", "name"), [(BASE, "__Host-css-interaction"), ("http://x/", "css-interaction")]
)
def test_the_cookie_of_a_request_of_an_app_has_a_name_of_its_own(base, name):
    assert cookie("abc", base, 60, INTERACTION).startswith(f"{name}=abc; Path=/; HttpOnly")
    sent = {"Cookie": f"{cookie_name(base)}=other; {name}=abc"}
    assert shown_cookie(sent, "GET", base, INTERACTION) == "abc"
