"""What an origin is, and what the answers to it have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.http.cors import (
    EXPOSED,
    PUBLIC,
    cross_origin,
    is_preflight,
    preflight,
    varied,
    without_public,
)
from pod.model import Reply

APP = "https://app.example"
ALLOW_HEADERS = "Access-Control-Allow-Headers"


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-acao-vary")
@pytest.mark.parametrize(
    "origin",
    [
        APP,
        "http://localhost:5173",
        "http://127.0.0.1",
        "http://[::1]:8080",
        "https://xn--bcher-kva.example",
        "https://under_score.example",
        "HTTPS://App.Example",
        "chrome-extension://abcdefghijklmnop",
        "capacitor://localhost",
        "file://",
        "null",
    ],
)
def test_a_valid_origin_is_allowed_as_it_was_sent(origin):
    assert dict(cross_origin(origin, None))["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "*",
        "app.example",
        "https:",
        "https://app.example/",
        "https://app.example/path",
        "https://app.example?x",
        "https://app.example:",
        "https://app.example:123456",
        "https://user@app.example",
        "https://a.example https://b.example",
        "https://a.example, https://b.example",
        " https://app.example",
        "https://app.example\n",
        "https://app.example\r\nX: y",
        "https://bücher.example",
        "https://*.exa%mple",
        "NULL",
        "1https://app.example",
    ],
)
def test_what_is_no_origin_is_allowed_nothing(origin):
    assert cross_origin(origin, "DPoP") == ()


@given(st.text(), st.none() | st.text())
def test_whatever_is_sent_nothing_gets_into_another_field_and_no_wildcard_out(origin, names):
    given_to = dict(cross_origin(origin, names))
    assert all(value.isascii() and value.isprintable() for value in given_to.values())
    assert "*" not in given_to.get(ALLOW_HEADERS, "")
    assert given_to.get("Access-Control-Allow-Origin", origin) == origin


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-accept-acah")
@pytest.mark.parametrize(
    "names",
    ["accept", "Accept, DPoP", "authorization,content-type,dpop", "x-custom", "a ,\tb,c"],
)
def test_the_names_that_are_asked_for_are_allowed_as_they_were_sent(names):
    assert dict(cross_origin(APP, names))[ALLOW_HEADERS] == names


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-accept-acah")
@pytest.mark.parametrize("names", [None, "", "*", "a, *", "a b", "a\r\nb: c", "é", ",", "a:"])
def test_what_names_nothing_allows_what_the_server_reads_and_not_accept(names):
    allowed = dict(cross_origin(APP, names))[ALLOW_HEADERS].split(", ")
    assert {"Authorization", "Content-Type", "DPoP", "If-None-Match", "Link", "Slug"} <= {*allowed}
    assert "Accept" not in allowed


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-enumerate")
@pytest.mark.spec("WAC §5.3.5 #server-cors-aceh-wac-allow")
def test_what_may_be_read_is_listed_by_name():
    exposed = dict(cross_origin(APP, None))["Access-Control-Expose-Headers"].split(", ")
    assert exposed == list(EXPOSED)
    assert len({name.lower() for name in exposed}) == len(exposed)
    # COR-03: Solid's own, those of LDP and of DPoP.
    least = (
        "Accept-Patch Accept-Post Accept-Put Accept-Ranges Allow Content-Disposition "
        "Content-Location Content-Range ETag Last-Modified Link Location Retry-After Updates-Via "
        "Vary WAC-Allow WWW-Authenticate DPoP-Nonce Preference-Applied"
    )
    assert set(least.split()) <= set(exposed)


@pytest.mark.spec("Practice COR-06")
def test_credentials_may_come_along_and_then_nothing_is_a_wildcard():
    headers = dict(cross_origin(APP, None))
    assert headers["Access-Control-Allow-Credentials"] == "true"
    assert not any("*" in value for value in headers.values())


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-acao-vary")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param((), (("Vary", "Origin"),), id="none"),
        pytest.param((("Vary", "Accept"),), (("Vary", "Accept, Origin"),), id="another"),
        pytest.param(
            (("Vary", "Accept, Origin"), ("ETag", '"a"')),
            (("Vary", "Accept, Origin"), ("ETag", '"a"')),
            id="there already",
        ),
        pytest.param(
            (("Link", "<a>"), ("Vary", "Accept"), ("Link", "<b>")),
            (("Link", "<a>"), ("Vary", "Accept, Origin"), ("Link", "<b>")),
            id="between others",
        ),
    ],
)
def test_vary_has_origin_once(before, after):
    assert varied(before) == after
    assert varied(varied(before)) == after


def test_the_wildcard_of_public_documents_gives_way():
    private = (("ETag", '"a"'),)
    assert without_public((*private, PUBLIC)) == without_public(private) == private


ASKED = {"Origin": APP, "Access-Control-Request-Method": "PUT"}


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-options")
@pytest.mark.parametrize(
    ("method", "headers", "found"),
    [
        pytest.param("OPTIONS", ASKED, True, id="preflight"),
        pytest.param("OPTIONS", {**ASKED, "Origin": "null"}, True, id="of a sandbox"),
        pytest.param("PUT", ASKED, False, id="another method"),
        pytest.param("OPTIONS", {"Origin": APP}, False, id="no method asked for"),
        pytest.param("OPTIONS", {"Access-Control-Request-Method": "PUT"}, False, id="no origin"),
        pytest.param("OPTIONS", {**ASKED, "Origin": "x"}, False, id="no valid origin"),
        pytest.param(
            "OPTIONS", {**ASKED, "Access-Control-Request-Method": "P T"}, False, id="no method"
        ),
        pytest.param("OPTIONS", {}, False, id="plain"),
    ],
)
def test_what_a_preflight_is(method, headers, found):
    assert is_preflight(method, headers) is found


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-options")
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "PROPFIND", "put"])
def test_a_preflight_allows_the_method_that_is_asked_for(method):
    headers = dict(preflight(Reply(status=204), method).headers)
    methods = headers["Access-Control-Allow-Methods"].split(", ")
    assert {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", method} == set(methods)
    assert len(set(methods)) == len(methods)


@pytest.mark.spec("Practice COR-11")
def test_a_preflight_is_good_for_a_day():
    assert dict(preflight(Reply(status=204), "PUT").headers)["Access-Control-Max-Age"] == "86400"


@pytest.mark.spec("Solid Protocol §8.1 #cors-protocol-blocking")
@pytest.mark.parametrize(
    ("before", "kept"),
    [
        pytest.param(Reply(status=204, headers=(("Allow", "GET"),)), {"Allow": "GET"}, id="done"),
        pytest.param(
            Reply(status=404, headers=(("Content-Type", "a/b"),), body=b"no"), {}, id="refused"
        ),
    ],
)
def test_a_preflight_is_never_refused(before, kept):
    answer = preflight(before, "PUT")
    assert (answer.status, answer.body) == (204, b"")
    names = {"Access-Control-Allow-Methods", "Access-Control-Max-Age"}
    assert {name: v for name, v in answer.headers if name not in names} == kept
