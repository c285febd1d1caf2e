"""Lines of the journal of one day that say the same are told as one."""

from datetime import timedelta

from pods import BOB, START

from pod.model import Entry


def entry(hours, target="a", outcome=200):
    return Entry(
        time=START + timedelta(hours=hours),
        agent=BOB,
        client=None,
        action="GET",
        target=target,
        modes="read",
        source="",
        outcome=outcome,
    )


async def doings(pod, lines, since=START):
    def work(tx):
        for line in lines:
            tx.note(line)

    await pod.write(work)
    return [
        (one.entry.target, one.number, one.first, one.times)
        for one in pod.snapshot().agreements.doings(since)
    ]


async def test_what_is_alike_is_one(pod):
    lines = [entry(0), entry(1, "b"), entry(2), entry(3)]
    assert await doings(pod, lines) == [
        ("b", 2, lines[1].time, 1),
        ("a", 4, lines[0].time, 3),
    ]


async def test_days_are_apart(pod):
    lines = [entry(0), entry(24), entry(25)]
    assert await doings(pod, lines) == [("a", 1, START, 1), ("a", 3, lines[1].time, 2)]


async def test_refusals_are_apart_by_the_hour(pod):
    lines = [entry(0, outcome=403), entry(0.5, outcome=403), entry(1, outcome=403)]
    assert await doings(pod, lines) == [("a", 2, START, 2), ("a", 3, lines[2].time, 1)]


async def test_what_was_before_is_left_out(pod):
    lines = [entry(0), entry(5), entry(6)]
    assert await doings(pod, lines, lines[1].time) == [("a", 3, lines[1].time, 2)]
