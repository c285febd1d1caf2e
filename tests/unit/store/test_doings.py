"""Lines of the journal that are alike are told as one."""

from datetime import timedelta

import pytest
from pods import BOB, START, Clock, opened

from pod.model import Entry
from pod.store.directory import PODS
from pod.store.doings import Alike, doings_in

END = START + timedelta(days=30)


@pytest.fixture
async def pod(tmp_path):
    (tmp_path / PODS).mkdir()
    async with opened(tmp_path / PODS / "ana", Clock()) as pod:
        yield pod


def entry(hours, target="a", outcome=200, **more):
    said = {
        "time": START + timedelta(hours=hours),
        "agent": BOB,
        "client": None,
        "action": "GET",
        "target": target,
        "modes": "read",
        "source": "",
        "outcome": outcome,
        "rows": 2,
        "bytes": 10,
    }
    return Entry(**(said | more))


async def found(pod, folder, lines, alike=Alike.LINE, since=START, until=END):
    def work(tx):
        for line in lines:
            tx.note(line)

    await pod.write(work)
    return doings_in(folder, "ana", alike, since, until)


async def told(*given, **more):
    return [
        (one.entry.target, one.number, one.first, one.times) for one in await found(*given, **more)
    ]


async def test_what_is_alike_is_one(pod, tmp_path):
    lines = [entry(0), entry(1, "b"), entry(2), entry(3)]
    assert await told(pod, tmp_path, lines) == [
        ("b", 2, lines[1].time, 1),
        ("a", 4, lines[0].time, 3),
    ]


async def test_rows_and_bytes_add_up(pod, tmp_path):
    lines = [entry(0), entry(1), entry(2, "b", rows=None, bytes=None)]
    both = await found(pod, tmp_path, lines)
    assert [(one.rows, one.bytes) for one in both] == [(4, 20), (0, 0)]


async def test_days_are_apart(pod, tmp_path):
    lines = [entry(0), entry(24), entry(25)]
    assert await told(pod, tmp_path, lines) == [
        ("a", 1, START, 1),
        ("a", 3, lines[1].time, 2),
    ]


async def test_refusals_are_apart_by_the_hour(pod, tmp_path):
    lines = [entry(0, outcome=403), entry(0.5, outcome=403), entry(1, outcome=403)]
    assert await told(pod, tmp_path, lines) == [("a", 2, START, 2), ("a", 3, lines[2].time, 1)]


async def test_what_was_before_or_after_is_left_out(pod, tmp_path):
    lines = [entry(0), entry(5), entry(6), entry(7)]
    assert await told(pod, tmp_path, lines, since=lines[1].time, until=lines[3].time) == [
        ("a", 3, lines[1].time, 2)
    ]


async def test_by_category_places_do_not_count_but_for_what_is_of_none(pod, tmp_path):
    bank = {"categories": ("bank",)}
    lines = [
        entry(0, "data/bank/a", **bank),
        entry(1, "data/bank/b", **bank),
        entry(2, "notes/a"),
        entry(3, "notes/b"),
        entry(4, "private/a"),
    ]
    assert await told(pod, tmp_path, lines, alike=Alike.CATEGORY) == [
        ("data/bank/b", 2, START, 2),
        ("notes/b", 4, lines[2].time, 2),
        ("private/a", 5, lines[4].time, 1),
    ]


async def test_under_grants_days_do_not_count(pod, tmp_path):
    lines = [entry(0), entry(0, grants=("g",)), entry(50, grants=("g",))]
    assert await told(pod, tmp_path, lines, alike=Alike.GRANT) == [("a", 3, START, 2)]
