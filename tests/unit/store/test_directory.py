"""The pods of a server: made whole, found once, closed when idle, removed without a trace."""

import asyncio
import gc
import os
import resource
import stat
import threading
from pathlib import Path

import pytest
from pods import BOB, OWNER, STORAGE, entry, iri, pieces, put

from pod.problems import Conflict, Malformed, NotFound, Unavailable
from pod.store.check import check
from pod.store.directory import PodDirectory
from pod.store.writer import Settings


@pytest.fixture
async def pods(tmp_path, clock):
    directory = PodDirectory(
        tmp_path / "data", now=clock, open_pods=3, settings=Settings(memory_body=100)
    )
    yield directory
    await directory.close()


async def make(pods, name="ana"):
    pod = await pods.create(name, storage=STORAGE, owner=OWNER)
    await pod.write(lambda tx: put(tx, ""))
    return pod


def everything(tmp_path):
    return {path.relative_to(tmp_path / "data") for path in (tmp_path / "data").rglob("*")}


async def test_a_pod_that_was_made_is_found(pods):
    made = await pods.create("ana", storage=STORAGE, owner=OWNER)
    assert await pods.open("ana") is made
    assert (made.name, made.storage, made.identity.owner) == ("ana", STORAGE, OWNER)
    assert pods.names() == ("ana",)
    assert made.snapshot().load(iri("")) is None


async def test_a_pod_is_found_by_the_next_server(pods, tmp_path, clock):
    await make(pods)
    await pods.close()
    again = PodDirectory(tmp_path / "data", now=clock)
    pod = await again.open("ana")
    assert pod.snapshot().load(iri("")) is not None
    await again.close()


@pytest.mark.parametrize("name", ["bob", "", ".", "..", "ANA", "a/b", "an\u00e4"])
async def test_there_is_no_pod_of_another_name(pods, name):
    await make(pods)
    assert await pods.open(name) is None
    with pytest.raises(NotFound, match="there is no pod of this name"):
        await pods.delete(name)


@pytest.mark.parametrize("name", ["a", "0", "ana-2", "a" * 63, "a-"])
async def test_small_letters_digits_and_hyphens_make_a_name(pods, name):
    await pods.create(name, storage=STORAGE, owner=OWNER)
    assert pods.names() == (name,)


REFUSED = ["", "-a", "Ana", "a_b", "a.b", ".", "..", "a/b", "a b", "a" * 64, "a\n"]
NOT_ASCII = ["\u00e4na", "\u0661"]


@pytest.mark.parametrize("name", REFUSED + NOT_ASCII)
async def test_other_names_are_refused(pods, tmp_path, name):
    before = everything(tmp_path)
    with pytest.raises(Malformed, match="small letters, digits and hyphens"):
        await pods.create(name, storage=STORAGE, owner=OWNER)
    assert everything(tmp_path) == before


async def test_a_name_is_taken_once(pods, tmp_path):
    pod = await make(pods)
    before = everything(tmp_path)
    with pytest.raises(Conflict, match="this name is taken; choose another"):
        await pods.create("ana", storage=STORAGE, owner=BOB)
    assert everything(tmp_path) == before
    assert (await pods.open("ana")) is pod
    assert pod.identity.owner == OWNER


async def test_a_pod_that_cannot_be_made_leaves_nothing(pods, tmp_path):
    before = everything(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(Unavailable, match="the pod cannot be made now; try again later"):
            await pods.create("ana", storage=STORAGE, owner=OWNER)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert everything(tmp_path) == before
    assert (await make(pods)).snapshot().load(iri("")) is not None


async def test_one_of_many_who_ask_for_a_name_gets_it(pods):
    outcomes = await asyncio.gather(
        *(pods.create("ana", storage=STORAGE, owner=OWNER) for _ in range(5)),
        return_exceptions=True,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict"] * 4 + ["OpenPod"]


async def test_only_the_owner_of_the_process_can_read_the_files(pods, tmp_path):
    pod = await make(pods)
    await pod.receive(pieces(b"x" * 1000))
    modes = {
        (path.is_dir(), stat.S_IMODE(path.stat().st_mode))
        for path in [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    }
    assert modes == {(True, 0o700), (False, 0o600)}


async def test_a_pod_is_opened_once_for_all_who_ask(pods, tmp_path, clock):
    await make(pods)
    await pods.close()
    again = PodDirectory(tmp_path / "data", now=clock)
    opened = await asyncio.gather(*(again.open("ana") for _ in range(5)))
    assert len({id(pod) for pod in opened}) == 1
    await again.close()


def open_databases(tmp_path):
    """The names of the pods of which this process has the database open."""
    pods = tmp_path / "data" / "pods"
    found = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            file = descriptor.readlink()
        except FileNotFoundError:
            continue
        if file.is_relative_to(pods):
            found.add(file.parent.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
async def test_the_pods_used_last_are_kept_open_and_the_others_closed(pods, tmp_path):
    ended = {name: (await make(pods, name)).ended for name in ("a", "b", "c")}
    await pods.open("a")
    for name in ("d", "e"):
        await make(pods, name)
    gc.collect()
    await asyncio.gather(ended["b"], ended["c"])
    assert open_databases(tmp_path) == {"a", "d", "e"}
    assert not ended["a"].done()
    assert (await pods.open("b")).snapshot().load(iri("")) is not None


async def test_a_pod_that_is_held_is_never_closed_nor_opened_twice(pods):
    held = await make(pods)
    for name in ("b", "c", "d", "e"):
        await make(pods, name)
    gc.collect()
    await held.write(lambda tx: put(tx, "a", b"1"))
    assert await pods.open("ana") is held


@pytest.mark.parametrize("then", ["open", "delete"])
async def test_who_needs_a_pod_that_was_let_go_waits_until_its_writer_has_ended(pods, then):
    pod = await make(pods)
    release, ended = threading.Event(), pod.ended
    asked = asyncio.ensure_future(pod.write(lambda _: release.wait(30)))
    await asyncio.sleep(0)
    asked.cancel()
    del pod, asked
    for name in ("b", "c", "d"):
        await make(pods, name)
    gc.collect()
    assert not ended.done()
    needed = asyncio.ensure_future(getattr(pods, then)("ana"))
    await asyncio.sleep(0)
    release.set()
    await needed
    assert ended.done()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
async def test_an_opening_that_is_cancelled_leaves_nothing_open(pods, tmp_path):
    await make(pods)
    await pods.close()
    opening = asyncio.ensure_future(pods.open("ana"))
    await asyncio.sleep(0)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert open_databases(tmp_path) == set()
    assert (await pods.open("ana")).snapshot().load(iri("")) is not None


async def test_what_was_noted_in_a_pod_that_is_let_go_is_not_lost(pods):
    pod = await make(pods)
    pod.note(entry("a"))
    ended = pod.ended
    del pod
    for name in ("b", "c", "d"):
        await make(pods, name)
    gc.collect()
    await ended
    lines = (await pods.open("ana")).snapshot().entries()
    assert [line.entry.target for line in lines] == [str(iri("a"))]


async def test_what_is_noted_in_a_pod_that_was_opened_anew_meanwhile_is_not_lost(pods):
    pod = await make(pods)
    await pods.own("ana", {OWNER: True})
    for path in ("a", "b"):
        pod.note(entry(path))
    await pod.ended
    lines = (await pods.open("ana")).snapshot().entries()
    assert [line.entry.target for line in lines] == [str(iri("a")), str(iri("b"))]
    await pods.delete("ana")
    pod.note(entry("c"))
    await pod.ended


async def test_deleting_leaves_nothing(pods, tmp_path):
    await make(pods, "bob")
    before = everything(tmp_path)
    pod = await make(pods)
    blob = await pod.receive(pieces(b"x" * 1000))
    await pod.write(lambda tx: put(tx, "a", blob))
    pod.note(entry("a"))
    await pods.delete("ana")
    assert everything(tmp_path) == before
    assert await pods.open("ana") is None
    with pytest.raises(Unavailable):
        await pod.write(lambda tx: put(tx, "b"))
    with pytest.raises(Unavailable):
        pod.snapshot()


async def test_a_pod_made_anew_has_nothing_of_the_old(pods):
    old = await make(pods)
    version = (await old.write(lambda tx: put(tx, "a", b"1"))).version
    await pods.delete("ana")
    new = await make(pods)
    assert new.identity.secret != old.identity.secret
    assert new.snapshot().load(iri("a")) is None
    assert (await new.write(lambda tx: put(tx, "a", b"1"))).version != version


async def test_a_pod_that_another_process_deletes_is_gone(pods, tmp_path, clock):
    await make(pods)
    other = PodDirectory(tmp_path / "data", now=clock)
    await other.delete("ana")
    assert await pods.open("ana") is None
    assert pods.names() == ()

    made = await other.create("ana", storage=STORAGE, owner=BOB)
    assert (await pods.open("ana")).identity == made.identity
    await other.close()


async def test_what_was_not_finished_is_removed_at_the_next_start(pods, tmp_path, clock):
    folder = tmp_path / "data" / "pods"
    for name, age in (("old", 3601), ("young", 3599)):
        unfinished = folder / f".unfinished-{name}"
        unfinished.mkdir()
        (unfinished / "pod.sqlite3").write_bytes(b"half")
        os.utime(unfinished, (clock().timestamp() - age,) * 2)
    PodDirectory(tmp_path / "data", now=clock)
    assert [path.name for path in folder.iterdir()] == [".unfinished-young"]
    assert pods.names() == ()


async def test_pods_are_whole_after_closing(pods, tmp_path):
    for name in ("a", "b"):
        pod = await make(pods, name)
        await asyncio.gather(
            *(pod.write(lambda tx, n=number: put(tx, f"a{n}", b"1")) for number in range(20))
        )
    await pods.close()
    for name in ("a", "b"):
        assert check(tmp_path / "data" / "pods" / name) == ()
