"""What a browser opens without running anything in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.http.inert import is_inert


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "TEXT/PLAIN",
        "text/plain;charset=utf-8",
        "text/plain ; charset=utf-8",
        "text/turtle",
        "application/ld+json",
        "application/n-quads",
        "application/trig",
        'application/ld+json; profile="https://a.example/b"',
        "application/json",
        "application/pdf",
        "image/png",
        "video/mp4",
        "audio/ogg",
        "application/octet-stream",
    ],
)
def test_data_pictures_and_text_run_nothing(media_type):
    assert is_inert(media_type)


@pytest.mark.parametrize(
    "media_type",
    [
        "text/html",
        "text/html;charset=utf-8",
        "application/xhtml+xml",
        "image/svg+xml",
        "text/xml",
        "application/xml",
        "text/xsl",
        "text/rdf",
        "application/rdf+xml",
        "multipart/x-mixed-replace",
        "multipart/related",
        "message/rfc822",
        "application/unheard-of",
        "text/plain, text/html",
        "text/plain;a=b, text/html",
        "text/plainx",
        "text/plain text/html",
        "",
    ],
)
def test_whatever_else_there_is_may_run(media_type):
    assert not is_inert(media_type)


@given(st.text(max_size=10), st.sampled_from(["html", "xml", "svg+xml", "xhtml+xml"]))
def test_no_prefix_makes_markup_inert(before, kind):
    assert not is_inert(f"{before}, text/{kind}")
