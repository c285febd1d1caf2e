"""What of a document is not sent: what the client has, and what it does not ask for."""

import pytest

from pod.model import Blob
from pod.problems import PreconditionFailed, RangeNotSatisfiable

NOTE = b"<#it> <http://v.example/p> <x> ."
DATE = "Sun, 01 Mar 2026 08:00:00 GMT"


@pytest.mark.spec("RFC 9110 §15.4.5")
@pytest.mark.spec("WAC §5.3.5 #server-wac-allow")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "asked", [{"If_None_Match": '"a7"'}, {"If_Modified_Since": DATE}], ids=["tag", "date"]
)
def test_what_is_known_is_not_sent_again(get, pod, method, asked):
    pod.put("x", NOTE, version="a7")
    reply = get("x", method, **asked)
    assert (reply.status, reply.body) == (304, b"")
    found = dict(reply.headers)
    assert found["ETag"] == '"a7"'
    assert found["WAC-Allow"] == 'user="read write append",public="read"'
    assert {"Vary", "Last-Modified", "Link"} <= found.keys()
    assert "Content-Type" not in found


def test_the_tag_of_another_form_is_not_known(get, pod):
    pod.put("x", NOTE, version="a7")
    assert get("x", Accept="application/ld+json", If_None_Match='"a7"').status == 200
    assert get("x", Accept="application/ld+json", If_None_Match='"a7-json"').status == 304


def test_a_condition_that_does_not_hold_is_refused(get, pod):
    pod.put("x", NOTE, version="a7")
    with pytest.raises(PreconditionFailed):
        get("x", If_Match='"a6"')


@pytest.mark.spec("RFC 9110 §14.2")
@pytest.mark.parametrize(
    ("asked", "span", "part"),
    [
        pytest.param("bytes=0-3", (0, 3), "bytes 0-3/10", id="first"),
        pytest.param("bytes=-2", (8, 9), "bytes 8-9/10", id="last"),
        pytest.param("bytes=7-100", (7, 9), "bytes 7-9/10", id="to-the-end"),
    ],
)
def test_a_part_is_sent_when_asked_for(get, pod, asked, span, part):
    pod.put("x", b"0123456789", "text/plain")
    reply = get("x", Range=asked)
    assert (reply.status, reply.span, reply.body) == (206, span, b"0123456789")
    assert dict(reply.headers)["Content-Range"] == part


def test_a_part_of_a_file_is_by_its_size(get, pod):
    pod.put("x", Blob("5e" * 32, 10**9), "video/mp4")
    reply = get("x", Range="bytes=999999990-")
    assert (reply.span, dict(reply.headers)["Content-Range"]) == (
        (999_999_990, 999_999_999),
        "bytes 999999990-999999999/1000000000",
    )


def test_a_part_that_is_not_there_is_refused(get, pod):
    pod.put("x", b"0123456789", "text/plain")
    with pytest.raises(RangeNotSatisfiable):
        get("x", Range="bytes=10-")


@pytest.mark.parametrize(("path", "method"), [("x", "HEAD"), ("c/", "GET")])
def test_elsewhere_a_range_is_ignored(get, pod, path, method):
    pod.put(path, b"", "text/turtle")
    assert get(path, method, Range="bytes=0-3").status == 200
