from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pod.http.preconditions import Validators
from pod.http.ranges import requested_range
from pod.problems import RangeNotSatisfiable

THERE = Validators('"7"', datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
THEN = "Fri, 02 Jan 2026 03:04:05 GMT"


@pytest.mark.spec("RFC 9110 §14.1.2")
@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("bytes=0-499", (0, 499)),
        ("bytes=500-999", (500, 999)),
        ("bytes=999-", (999, 999)),
        ("bytes=0-", (0, 999)),
        ("bytes=900-5000", (900, 999)),
        ("bytes=-500", (500, 999)),
        ("bytes=-1", (999, 999)),
        ("bytes=-5000", (0, 999)),
        ("BYTES = 0-0 ,", (0, 0)),
        ("bytes=0-1,5-6", None),
        ("bytes=5-4", None),
        ("bytes=2000-1000", None),
        ("bytes=-", None),
        ("bytes=", None),
        ("bytes=a-b", None),
        ("bytes=1", None),
        ("bytes=--1", None),
        ("bytes=٣-٤", None),
        ("bytes=" + "9" * 5000 + "-", None),
        ("lines=0-1", None),
        ("0-1", None),
    ],
)
def test_one_range_of_a_thousand_bytes(value, span):
    assert requested_range({"Range": value}, THERE, 1000) == span


@pytest.mark.spec("RFC 9110 §15.5.17")
@pytest.mark.parametrize(
    ("value", "size"),
    [
        ("bytes=1000-", 1000),
        ("bytes=1000-2000", 1000),
        ("bytes=-0", 1000),
        ("bytes=0-", 0),
        ("bytes=0-0", 0),
        ("bytes=-0", 0),
    ],
)
def test_a_range_with_no_byte(value, size):
    with pytest.raises(RangeNotSatisfiable, match="within the") as problem:
        requested_range({"Range": value}, THERE, size)
    assert problem.value.size == size


def test_the_end_of_nothing_is_all_of_it():
    assert requested_range({"Range": "bytes=-5"}, THERE, 0) is None


def test_without_a_range_all_is_sent():
    assert requested_range({}, THERE, 1000) is None


@pytest.mark.spec("RFC 9110 §13.1.5")
@pytest.mark.parametrize(
    ("if_range", "applies"),
    [
        ('"7"', True),
        (' "7" ', True),
        (THEN, True),
        ('W/"7"', False),
        ('"7-json"', False),
        ('"6"', False),
        ("Fri, 02 Jan 2026 03:04:06 GMT", False),
        ("Fri, 02 Jan 2026 03:04:04 GMT", False),
        ("yesterday", False),
        ("", False),
    ],
)
def test_a_range_of_what_has_changed_is_the_whole(if_range, applies):
    headers = {"Range": "bytes=0-1", "If-Range": if_range}
    assert requested_range(headers, THERE, 1000) == ((0, 1) if applies else None)


def test_a_range_of_what_has_changed_is_never_unsatisfiable():
    headers = {"Range": "bytes=2000-", "If-Range": '"6"'}
    assert requested_range(headers, THERE, 1000) is None


@given(st.integers(1, 50), st.integers(0, 60), st.integers(0, 60))
def test_a_range_is_the_slice_that_it_names(size, first, last):
    content = bytes(range(size))
    assume(first < size or last < first)
    span = requested_range({"Range": f"bytes={first}-{last}"}, THERE, size)
    if last < first:
        assert span is None
    else:
        assert content[span[0] : span[1] + 1] == content[first : last + 1]
