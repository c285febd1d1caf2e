"""Snapshots: one state each, whatever is written meanwhile and by whom."""

import asyncio
import gc
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pods import BOB, OWNER, Clock, acl, delete, entry, iri, opened, put

from pod.store.check import check
from pod.store.sqlite import BEHIND

ROOT_OF_REPOSITORY = Path(__file__).parents[3]


async def test_a_snapshot_stays_as_it_was_while_the_pod_moves_on(pod):
    await pod.write(lambda tx: (put(tx, "a", b"1"), put(tx, "gone", b"1")))
    held, other = pod.snapshot(), pod.snapshot()
    seen = held.load(iri("a")), held.acls()

    def work(tx):
        put(tx, "a", b"2")
        put(tx, "b", b"new")
        put(tx, "a.acl", acl("a", BOB))
        delete(tx, "gone")

    await pod.write(work)
    now = pod.snapshot()
    assert now.load(iri("a")).content == b"2"
    assert set(now.acls().rules) == {iri(""), iri("a")}
    for before in (held, other):
        assert (before.load(iri("a")), before.acls()) == seen
        assert before.load(iri("b")) is None
        assert before.load(iri("gone")).content == b"1"
        assert [member.iri.path for member in before.members(iri(""))] == ["a", "gone"]
    # What an old snapshot has read does not become the present.
    assert pod.snapshot().load(iri("gone")) is None
    assert pod.snapshot().load(iri("a")).content == b"2"


async def test_a_listing_that_was_begun_goes_on_as_it_was(pod):
    await pod.write(lambda tx: [put(tx, f"a{number:04}") for number in range(1200)])
    listing = pod.snapshot().members(iri(""))
    first = next(listing)
    await pod.write(lambda tx: [delete(tx, f"a{number:04}") for number in range(0, 1200, 2)])
    assert 1 + len(list(listing)) == 1200
    assert first.iri == iri("a0000")
    assert len(list(pod.snapshot().members(iri("")))) == 600


async def test_a_resource_is_read_from_the_database_once(pod):
    await pod.write(lambda tx: put(tx, "a", b"1"))
    assert pod.snapshot().load(iri("a")) is pod.snapshot().load(iri("a"))


async def test_a_view_is_of_the_present_whoever_has_written(pod, other):
    await pod.write(lambda tx: (put(tx, "a", b"1"), put(tx, "b", b"1")))
    pod.snapshot().load(iri("a"))
    first = pod.view(iri("a"))
    assert (first.load(iri("a")).content, first.read(b"x")) == (b"1", b"x")
    assert list(first.members(iri("a"))) == []

    await pod.write(lambda tx: (put(tx, "a", b"2"), put(tx, "a.acl", acl("a", BOB))))
    second = pod.view(iri("a"))
    assert second.load(iri("a")).content == b"2"
    assert set(second.acls().rules) == {iri(""), iri("a")}
    assert pod.view(iri("a")).load(iri("a")) is pod.view(iri("a")).load(iri("a"))

    await other.write(lambda tx: (put(tx, "b", b"3"), delete(tx, "a")))
    # Another process may go unseen for a moment, and no longer.
    until = monotonic() + BEHIND
    while monotonic() < until:
        seen = pod.view(iri("a"))
        assert (seen.load(iri("a")) is None) == (iri("a") not in seen.acls().rules)
    assert pod.view(iri("a")).load(iri("a")) is None
    assert set(pod.view(iri("b")).acls().rules) == {iri("")}
    assert pod.view(iri("b")).load(iri("b")).content == b"3"
    assert first.load(iri("a")).content == b"1"


async def test_a_view_of_a_container_lists_it(pod):
    await pod.write(lambda tx: (put(tx, "c/"), put(tx, "c/a")))
    for _ in range(2):
        view = pod.view(iri("c/"))
        assert view.load(iri("c/")) is not None
        assert [member.iri for member in view.members(iri("c/"))] == [iri("c/a")]


async def test_a_view_of_one_document_is_no_view_of_another(pod):
    await pod.write(lambda tx: (put(tx, "a"), put(tx, "b")))
    pod.snapshot()
    view = pod.view(iri("a"))
    with pytest.raises(ValueError, match="of one document"):
        view.load(iri("b"))


async def test_a_view_of_another_pod_shows_nothing(pod):
    await pod.write(lambda tx: put(tx, "a"))
    pod.snapshot()
    elsewhere = type(iri(""))("https://pod.example/bob/", "a")
    assert pod.view(elsewhere).load(elsewhere) is None


async def test_a_resource_stays_at_hand_while_others_change(pod):
    await pod.write(lambda tx: put(tx, "a", b"1"))
    found = pod.snapshot().load(iri("a"))
    for number in range(3):
        await pod.write(lambda tx, number=number: put(tx, f"b{number}", b"1"))
    assert pod.snapshot().load(iri("a")) is found


async def test_many_snapshots_may_be_held_at_once(pod):
    held = []
    for number in range(12):
        await pod.write(lambda tx, number=number: put(tx, "a", b"%d" % number))
        held.append(pod.snapshot())
    assert [snapshot.load(iri("a")).content for snapshot in held] == [
        b"%d" % number for number in range(12)
    ]
    held.clear()
    gc.collect()
    assert pod.snapshot().load(iri("a")).content == b"11"


async def test_a_snapshot_outlives_the_closing_of_its_pod(tmp_path):
    async with opened(tmp_path / "ana") as pod:
        await pod.write(lambda tx: put(tx, "a", b"1"))
        held = pod.snapshot()
    assert held.load(iri("a")).content == b"1"


@pytest.fixture
async def other(pod, tmp_path, clock):
    """The same pod, opened a second time, as another process would."""
    async with opened(tmp_path / pod.name, clock, memory_body=1024) as other:
        yield other


async def test_what_another_process_writes_is_seen(pod, other):
    await pod.write(lambda tx: (put(tx, "a", b"1"), put(tx, "b", b"1")))
    assert pod.snapshot().load(iri("a")).content == b"1"

    await other.write(
        lambda tx: (put(tx, "a", b"2"), delete(tx, "b"), put(tx, ".acl", acl("", BOB)))
    )
    snapshot = pod.snapshot()
    assert snapshot.load(iri("a")).content == b"2"
    assert snapshot.load(iri("b")) is None
    assert {rule.agents for rule in snapshot.acls().rules[iri("")]} == {frozenset({BOB})}


async def test_what_another_process_wrote_between_two_of_our_changes_is_seen(pod, other):
    await pod.write(lambda tx: (put(tx, "a", b"1"), put(tx, "b", b"1")))
    assert pod.snapshot().load(iri("b")).content == b"1"
    await other.write(lambda tx: put(tx, "b", b"2"))
    await pod.write(lambda _: None)  # the writer sees it, but has nothing to tell
    await pod.write(lambda tx: put(tx, "a", b"2"))
    assert pod.snapshot().load(iri("b")).content == b"2"


async def test_the_writer_works_on_what_another_process_has_written(pod, other):
    first = await pod.write(lambda tx: put(tx, "a", b"1"))
    second = await other.write(lambda tx: (put(tx, "a.acl", acl("a", BOB)), put(tx, "a", b"2")))

    def work(tx):
        return tx.load(iri("a")), tx.acls(), put(tx, "a", b"3")

    seen, acls, third = await pod.write(work)
    assert seen == second[1]
    assert set(acls.rules) == {iri(""), iri("a")}
    assert len({first.version, second[1].version, third.version}) == 3
    assert other.snapshot().load(iri("a")) == third
    assert pod.snapshot().acls() == acls


async def test_both_journals_are_one(pod, other, tmp_path):
    for number in range(3):
        pod.note(entry(f"a{number}"))
        await pod.write(lambda _: None)
        await other.write(lambda tx, number=number: tx.note(entry(f"b{number}")))
    targets = [line.entry.target for line in pod.snapshot().entries()]
    assert targets == [str(iri(f"{who}{number}")) for number in range(3) for who in "ab"]
    assert check(tmp_path / "ana") == ()


# INVARIANT (no older ACL over newer content). Each round either opens the document to Bob and
# puts harmless content there, or closes it and puts a secret there: in one commit. Whoever sees
# the secret while Bob may read has seen two states at once.
ROUNDS = 150


def one_round(tx, *, secret):
    agents = (OWNER,) if secret else (OWNER, BOB)
    content = b"secret" if secret else b"harmless"
    if secret:
        put(tx, "d.acl", acl("d", *agents))
        put(tx, "d", content)
    else:
        put(tx, "d", content)
        put(tx, "d.acl", acl("d", *agents))


OTHER_PROCESS = """
import asyncio, sys
from pathlib import Path
from time import monotonic
sys.path[:0] = [{repository!r}, {repository!r} + "/tests", {repository!r} + "/tests/unit/store"]
from pods import opened
from test_snapshot import ROUNDS, one_round

async def main():
    async with opened(Path({folder!r})) as pod:
        print("ready", flush=True)
        sys.stdin.readline()
        for number in range(ROUNDS):
            await pod.write(lambda tx: one_round(tx, secret=number % 2 == 0))

asyncio.run(main())
"""


def leaks(snapshot, *, content_first):
    if content_first:
        content, acls = snapshot.load(iri("d")).content, snapshot.acls()
    else:
        acls, content = snapshot.acls(), snapshot.load(iri("d")).content
    readers = {agent for rule in acls.rules[iri("d")] for agent in rule.agents}
    return (BOB in readers) != (content == b"harmless")


async def test_no_snapshot_has_older_rules_over_newer_content(pod, tmp_path):
    await pod.write(lambda tx: one_round(tx, secret=True))
    script = OTHER_PROCESS.format(repository=str(ROOT_OF_REPOSITORY), folder=str(tmp_path / "ana"))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    process.stdin.write(b"go\n")
    ended = asyncio.ensure_future(process.wait())
    seen = rounds = 0
    while rounds < 20 or not ended.done():
        rounds += 1
        own = asyncio.ensure_future(
            pod.write(lambda tx, secret=rounds % 3 == 0: one_round(tx, secret=secret))
        )
        while not own.done():
            for content_first in (True, False):
                seen += leaks(pod.snapshot(), content_first=content_first)
                seen += leaks(pod.view(iri("d")), content_first=content_first)
            await asyncio.sleep(0)
    assert (await ended, seen) == (0, 0)


# The pod against a dictionary, with two writers and held snapshots in between.
PATHS = ("a", "b", "c/", "c/a", "c/d/", "c/d/a", "c/.acl", "a.acl")
OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["put", "delete", "fail", "look"]),
        st.sampled_from(PATHS),
        st.integers(min_value=0, max_value=3),
        st.booleans(),
    ),
    max_size=25,
)


def expected_after(model, kind, path, content):
    """What the dictionary becomes, or None where the change must be refused."""
    parent = path.rstrip("/").rpartition("/")
    container = parent[0] + parent[1]
    if kind == "put":
        return {**model, path: content} if container in model else None
    if path not in model:
        return None
    about = {path + ".acl"}
    if path.endswith("/") and any(p.startswith(path) and p not in {path, *about} for p in model):
        return None
    return {p: c for p, c in model.items() if p != path and p not in about}


async def follow(operations):
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "ana"
        clock = Clock()
        async with (
            opened(home, clock, memory_body=8) as pod,
            opened(home, clock, memory_body=8) as other,
        ):
            model = {"": b"", ".acl": acl("", OWNER)}
            held = [(pod.snapshot(), model)]
            for kind, path, number, foreign in operations:
                content = (
                    acl(path[:-4], *[BOB] * number) if path.endswith(".acl") else b"x" * number
                )
                model = await operate(other if foreign else pod, kind, path, content, model)
                held.append((pod.snapshot(), model))
            for snapshot, then in held:
                assert state_of(snapshot) == then
                assert {subject.acl.path for subject in snapshot.acls().rules} == {
                    path for path in then if path.endswith(".acl")
                }
            assert state_of(other.snapshot()) == model
            async with opened(home, clock) as anew:
                assert resources_of(anew.snapshot()) == resources_of(pod.snapshot())
        # Rules keep rules where there is nothing from being made; a store does as it is told.
        alone = {path for path in model if path.endswith(".acl") and path[:-4] not in model}
        assert {finding.about for finding in check(home)} == alone


async def operate(pod, kind, path, content, model):
    def work(tx):
        if kind in {"put", "fail"}:
            put(tx, path, content)
        elif kind == "delete":
            delete(tx, path)
        if kind == "fail":
            raise RuntimeError("undone")

    expected = expected_after(model, "put" if kind == "fail" else kind, path, content)
    if kind == "look":
        assert state_of(pod.snapshot()) == model
    elif kind == "fail" or expected is None:
        with pytest.raises((RuntimeError, ValueError)):
            await pod.write(work)
    else:
        await pod.write(work)
        return expected
    return model


def resources_of(snapshot):
    return {path: snapshot.load(iri(path)) for path in ("", ".acl", *PATHS)}


def state_of(snapshot):
    found = resources_of(snapshot)
    return {path: one.content for path, one in found.items() if one is not None}


@settings(max_examples=20, deadline=None)
@given(OPERATIONS)
def test_a_pod_is_what_its_changes_make_of_it(operations):
    asyncio.run(follow(operations))
