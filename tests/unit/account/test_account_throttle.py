"""How often somebody may try."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.account.throttle import Buckets, Limit, Waits, network_of, throttles

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_bucket_has_so_many_tries_and_fills_up_again():
    buckets = Buckets(Limit(3, 10 * SECOND))
    assert [buckets.take("a", NOW) for _ in range(3)] == [None] * 3
    assert buckets.take("a", NOW) == 10 * SECOND
    assert buckets.take("a", NOW + 4 * SECOND) == 6 * SECOND
    assert buckets.take("a", NOW + 10 * SECOND) is None
    assert buckets.take("a", NOW + 10 * SECOND) == 10 * SECOND
    assert [buckets.take("a", NOW + 100 * SECOND) for _ in range(3)] == [None] * 3


def test_each_name_has_a_bucket_of_its_own():
    buckets = Buckets(Limit(1, SECOND))
    assert buckets.take("a", NOW) is None
    assert buckets.take("b", NOW) is None
    assert buckets.take("a", NOW) == SECOND


@given(st.lists(st.integers(0, 30), max_size=60), st.integers(1, 5), st.integers(1, 9))
def test_nobody_gets_more_than_the_limit_says(steps, tries, every):
    buckets, given, time = Buckets(Limit(tries, every * SECOND)), 0, NOW
    for step in steps:
        time += step * SECOND
        given += buckets.take("a", time) is None
    assert given <= tries + (time - NOW) / (every * SECOND)


@given(st.lists(st.integers(0, 5), max_size=40))
def test_who_waits_as_long_as_he_is_told_is_let_in(steps):
    buckets, time = Buckets(Limit(2, 3 * SECOND)), NOW
    for step in steps:
        time += step * SECOND
        wait = buckets.take("a", time)
        if wait is not None:
            time += wait
            assert buckets.take("a", time) is None


def test_a_flood_of_names_forgets_the_one_unused_for_longest():
    buckets = Buckets(Limit(1, 1000 * SECOND), most=2)
    for name in ("a", "b", "c"):
        assert buckets.take(name, NOW) is None
    assert buckets.take("c", NOW) is not None
    assert buckets.take("b", NOW) is not None
    assert buckets.take("a", NOW) is None


def waits() -> Waits:
    return Waits(2, first=SECOND, longest=8 * SECOND)


def test_waits_grow_with_each_failure_and_have_an_end():
    doors, time, found = waits(), NOW, []
    for _ in range(8):
        found.append(doors.left("a", time))
        time += found[-1] or timedelta(0)
        assert doors.left("a", time) is None
        doors.failed("a", time)
    grown = [None if wait is None else wait / SECOND for wait in found]
    assert grown == [None, None, 1, 2, 4, 8, 8, 8]


def test_who_succeeds_begins_anew():
    doors = waits()
    for _ in range(5):
        doors.failed("a", NOW)
    assert doors.left("a", NOW) is not None
    assert doors.left("b", NOW) is None
    doors.succeeded("a")
    doors.succeeded("b")
    assert doors.left("a", NOW) is None


def test_failures_of_long_ago_are_forgotten():
    doors = waits()
    for _ in range(5):
        doors.failed("a", NOW)
    later = NOW + 100 * SECOND
    doors.failed("a", later)
    assert doors.left("a", later) is None


def test_a_wait_is_bounded_however_often_somebody_fails():
    doors = Waits(0, first=SECOND, longest=timedelta(days=1))
    for _ in range(2000):
        doors.failed("a", NOW)
    assert doors.left("a", NOW) == timedelta(days=1)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("", "unknown"),
        (None, "unknown"),
        ("_hidden", "unknown"),
    ],
)
def test_a_household_counts_as_one_place(address, network):
    assert network_of(address) == network


def test_in_development_many_accounts_come_from_one_address():
    for development, most in ((True, 1000), (False, 10)):
        doors = throttles(development=development)
        given = [doors.creations.take("127.0.0.1", NOW) for _ in range(most + 1)]
        assert given == [None] * most + [timedelta(seconds=6 if development else 600)]
