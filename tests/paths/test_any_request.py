"""Whatever anybody sends, the server answers, and is itself never at fault."""

import pytest
from agents import Person, World
from hypothesis import given
from hypothesis import strategies as st

METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE", "TRACE", "PROPFIND")
FIELDS = (
    "Accept",
    "Authorization",
    "Content-Type",
    "DPoP",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Link",
    "Origin",
    "Prefer",
    "Range",
    "Slug",
    "Content-Digest",
    "Content-Disposition",
    "Selfdata-Holder",
    "Signature",
    "Signature-Input",
)
PLACES = ("", "x", "c/", "c", "x.acl", ".acl", "x.meta", "c/.acl", ".well-known/", "%2e%2e/x")
ENDPOINTS = (
    ".well-known/sparql",
    ".well-known/deposit",
    ".well-known/solid",
    ".well-known/access-requests",
    ".well-known/access-requests/x",
)
WORDS = ("text/turtle", "*", '"', ";", ",", "q=0", "bytes=", "<", ">", "é", "DPoP a.b.c", "()", "=")
BODIES = (b"", b"<> a <#A> .", b"<> <", b"{}", b"[", b'{"@context": {"@vocab": "x:"}}', b"\xff")

# What fits into a header field: RFC 9110 §5.5, obs-text included; no line breaks, no NUL.
characters = st.characters(codec="latin-1", exclude_characters="\r\n\0")
values = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), st.text(characters, max_size=20)
)
segments = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=8)


@pytest.fixture(scope="module")
def stage(world: World) -> Person:
    """The owner of a pod with a document and a container."""
    owner = world.fresh()
    owner.put(owner.storage + "x", b"<> a <#A> .")
    owner.put(owner.storage + "c/y", b"y", "text/plain")
    return owner


@given(
    method=st.sampled_from(METHODS),
    path=st.one_of(st.sampled_from((*PLACES, *ENDPOINTS)), segments),
    query=st.sampled_from(("", "?query=ASK%7B%7D", "?%", "?query=%ff", "?x=1&x=2")),
    headers=st.dictionaries(st.sampled_from(FIELDS), values, max_size=5),
    body=st.sampled_from(BODIES),
    signed=st.booleans(),
)
def test_every_request_has_an_answer(world, stage, nobody, **asked):
    answered(world, stage, nobody, **asked)


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("PUT", "x", {"Content-Type": "text/turtle", "Slug": "\xff"}),
        ("POST", "c/", {"Content-Type": "a/b", "Slug": "%ED%A0%80"}),
        ("GET", "%ED%A0%80", {}),
        ("GET", "x", {"Range": "bytes=" + "9" * 300 + "-"}),
        ("GET", "x", {"Accept": "\x1f"}),
        ("GET", "x", {"If-Modified-Since": "Mon, 01 Jan 0000 00:00:00 GMT"}),
        ("PUT", "x", {"Content-Type": "text/turtle;" + "a" * 5000}),
        ("GET", "x" * 9000, {}),
        ("GET", "x", {"Accept": "a/b, " * 3000}),
    ],
)
def test_what_was_found_to_be_hard(world, stage, nobody, method, path, headers):
    hard = {"method": method, "path": path, "query": "", "headers": headers, "body": b""}
    answered(world, stage, nobody, signed=True, **hard)


def answered(world, stage, nobody, *, method, path, query, headers, body, signed):
    """Send a request, by the owner or by nobody; fail when the server is at fault."""
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    who = stage if signed and not {"Authorization", "DPoP"} & sent.keys() else nobody
    given_body = body if method in {"PUT", "POST", "PATCH"} else None
    answer = who.call(method, stage.storage + path + query, sent, given_body)
    assert answer.status < 500 or answer.status == 503
    assert world.failures == []
    if answer.status >= 400 and method != "HEAD":
        assert answer.headers["Content-Type"] == "application/problem+json"
