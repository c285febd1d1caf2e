"""What has left is told without a value, and is to be erased within a month."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from pod.agreements import ErasureRequest, ErasureState
from pod.consent.erasure import LONGEST_ANSWER, departed, due_after, read_answer, told
from pod.model import Entry
from pod.problems import Malformed

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
STORAGE = "https://pod.example/ana/"


def entry(day=0, outcome=200, **more):
    said = {"rows": 3, "bytes": 100, "categories": ("bank",), "target": "data/bank/a", **more}
    return Entry(
        time=START + timedelta(days=day),
        agent="https://bob.example/#me",
        client=None,
        action="GET",
        modes="read",
        source="",
        outcome=outcome,
        **said,
    )


def test_only_what_has_left_is_counted():
    lines = [
        entry(0),
        entry(4, rows=None, bytes=None),
        entry(2, outcome=206, rows=1, bytes=5, categories=(), target="notes/a"),
        entry(5, outcome=304, rows=0, bytes=0),
        entry(6, outcome=403),
    ]
    assert departed(lines) == {
        "answers": 3,
        "rows": 4,
        "bytes": 105,
        "categories": ["bank", "everything"],
        "first": "2026-03-01",
        "last": "2026-03-05",
    }


def test_of_nothing_nothing_is_told():
    found = departed([])
    assert (found["answers"], found["first"], found["last"]) == (0, None, None)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
    ids=str,
)
def test_it_is_due_a_month_later(asked, due):
    found = due_after(datetime(asked.year, asked.month, asked.day, 12, tzinfo=UTC))
    assert (found.date(), found.hour) == (due, 12)


REQUEST = ErasureRequest(
    id="e1",
    access_grant="g1",
    agent="https://bob.example/#me",
    client=None,
    departed="{}",
    inbox=None,
    state=ErasureState.ASKED,
    created=START,
    due=due_after(START),
)


@pytest.mark.parametrize(("days", "state"), [(0, "asked"), (30, "asked"), (31, "overdue")], ids=str)
def test_it_is_told_when_it_is_overdue(days, state):
    assert told(REQUEST, STORAGE, START + timedelta(days=days))["state"] == state


ANSWERS = {
    "confirmed": ({"state": "confirmed"}, (ErasureState.CONFIRMED, None)),
    "refused": ({"state": "refused", "answer": "law"}, (ErasureState.REFUSED, "law")),
    "empty words": ({"state": "refused", "answer": ""}, (ErasureState.REFUSED, None)),
    "long words": (
        {"state": "confirmed", "answer": "a" * 9999},
        (ErasureState.CONFIRMED, "a" * LONGEST_ANSWER),
    ),
}


@pytest.mark.parametrize(("body", "found"), ANSWERS.values(), ids=ANSWERS.keys())
def test_an_answer_is_read(body, found):
    assert read_answer(json.dumps(body).encode()) == found


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"state": "asked"}', b'{"state": "confirmed", "answer": 1}']
)
def test_what_is_no_answer_is_refused(body):
    with pytest.raises(Malformed):
        read_answer(body)
