"""What a browser keeps of the requests of apps that it has brought, and what ended before time."""

from datetime import UTC, datetime, timedelta

import pytest

from pod.oidc.app import origin
from pod.oidc.interaction import Begun, page_of, read_begun
from pod.oidc.revocations import Revocations

MARK, LAST = "m" * 22, "L_-4567890123456789012"
NOW = datetime(2027, 3, 1, tzinfo=UTC)


def test_what_a_browser_keeps_comes_back():
    begun = Begun(MARK, LAST)
    assert read_begun(begun.text) == begun
    assert MARK not in repr(begun)
    assert page_of(LAST) == f"/.oidc/interaction/{LAST}/"


@pytest.mark.parametrize(
    "text", [None, "", ".", MARK, f"{MARK}.", f"{MARK}.{LAST}x", f"{MARK}.{LAST[:-1]}/", "é.é"]
)
def test_what_was_not_made_here_is_nothing(text):
    assert read_begun(text) is None


@pytest.mark.parametrize(
    ("address", "of"),
    [
        ("https://app.example/back?x", "https://app.example"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("com.example.app:/back", "com.example.app:"),
        ("com.example.app://host/back", "com.example.app://host"),
    ],
)
def test_what_an_address_is_of(address, of):
    assert origin(address) == of


def test_marks_end_with_the_tokens_that_have_them():
    ended = Revocations((("a", NOW + timedelta(hours=1)),))
    ended.add(["b", "c"], NOW + timedelta(hours=2), NOW)
    assert all(ended.has_any({mark}) for mark in "abc")
    assert not ended.has_any({"d"})
    ended.add((), NOW, NOW + timedelta(hours=1))
    assert [ended.has_any({mark}) for mark in "abc"] == [False, True, True]
    assert not Revocations().has_any({"a"})
