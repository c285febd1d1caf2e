"""A proof is good for one use, and remembering it takes no more than a bounded memory."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.oidc.proof import NEWEST, OLDEST
from pod.oidc.replay import WINDOW, Seen

START = datetime(2027, 3, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.spec("RFC9449 §11.1")
def test_a_mark_is_good_once():
    seen = Seen()
    assert seen.first_use("key-1", "a", START)
    assert not seen.first_use("key-1", "a", START)
    assert not seen.first_use("key-1", "a", START + MINUTE)


def test_two_keys_may_use_the_same_mark():
    seen = Seen()
    assert seen.first_use("key-1", "a", START)
    assert seen.first_use("key-2", "a", START)


def test_any_text_can_be_a_mark():
    seen = Seen()
    for mark in ("\ud800", "é", " ", "x" * 10_000):
        assert seen.first_use("key-1", mark, START)
        assert not seen.first_use("key-1", mark, START)


def test_the_window_covers_all_the_time_in_which_a_proof_is_accepted():
    assert timedelta(seconds=OLDEST + NEWEST) <= WINDOW


def test_a_mark_is_forgotten_after_two_windows():
    seen = Seen(window=MINUTE)
    seen.first_use("key-1", "a", START)
    seen.first_use("key-1", "b", START + MINUTE)
    seen.first_use("key-1", "c", START + 2 * MINUTE)
    assert seen.first_use("key-1", "a", START + 2 * MINUTE)


def test_a_flood_makes_the_oldest_marks_forgotten_and_no_others():
    seen = Seen(limit=3)
    assert all(seen.first_use("key-1", str(number), START) for number in range(7))
    assert not any(seen.first_use("key-1", str(number), START) for number in range(3, 7))
    assert seen.first_use("key-1", "0", START)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 90))))
def test_within_the_window_nothing_is_good_twice(uses):
    seen, known, now = Seen(window=MINUTE), {}, START
    for mark, seconds in uses:
        now += timedelta(seconds=seconds)
        if seen.first_use("key-1", str(mark), now):
            assert mark not in known or now - known[mark] >= MINUTE
            known[mark] = now
