from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.notify.activity import Message
from pod.notify.match import Told
from pod.notify.pace import Pace
from vocab.iri import ResourceIri

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
RATE = timedelta(seconds=10)


def message(seq, path="x"):
    topic = ResourceIri("https://pod.example/ana/", path)
    return Message(f"urn:{seq}", seq, Told(topic, "Update", topic), None, NOON)


def after(seconds):
    return NOON + timedelta(seconds=seconds)


def test_without_a_rate_nothing_waits():
    pace = Pace(None)
    assert not pace.is_limited
    assert [pace.offer(message(n), NOON) for n in range(3)] == [message(n) for n in range(3)]
    assert (pace.wait(NOON), pace.due(NOON)) == (None, None)


@pytest.mark.spec("Practice NTF-13")
def test_the_last_one_waits_until_the_time_is_over():
    pace = Pace(RATE)
    assert pace.is_limited
    assert pace.offer(message(1), NOON) == message(1)
    assert pace.offer(message(2), after(1)) is None
    assert pace.offer(message(3), after(2)) is None
    assert (pace.wait(after(2)), pace.due(after(9))) == (8, None)
    assert pace.due(after(10)) == message(3)
    assert (pace.wait(after(10)), pace.due(after(30))) == (None, None)
    assert pace.offer(message(4), after(30)) == message(4)


def test_of_several_topics_each_has_its_last():
    pace = Pace(RATE)
    sent = [pace.offer(message(n, path), NOON) for n, path in enumerate("axyxy")]
    assert sent == [message(0, "a"), None, None, None, None]
    assert [pace.due(after(10)), pace.due(after(10)), pace.due(after(20))] == [
        message(3, "x"),
        None,
        message(4, "y"),
    ]


@given(st.lists(st.tuples(st.floats(0, 30), st.sampled_from("xyz")), max_size=30))
def test_no_last_change_is_lost_and_none_comes_too_soon(offered):
    pace, now, sent, last = Pace(RATE), NOON, [], {}
    for seq, (gap, path) in enumerate(offered):
        now += timedelta(seconds=gap)
        last[path] = message(seq, path)
        given_out = pace.offer(last[path], now)
        sent += [] if given_out is None else [(now, given_out)]
    while (left := pace.wait(now)) is not None:
        now += timedelta(seconds=left)
        given_out = pace.due(now)
        sent += [] if given_out is None else [(now, given_out)]
    assert {m.told.topic.path: m for _, m in sent} == last
    times = [when for when, _ in sent]
    assert all(b - a >= RATE for a, b in pairwise(times))
