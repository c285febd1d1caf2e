"""Uploads that wait: whose they are, for how long, and how much of them there may be."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pod.flows.uploads import LIFETIME, MOST_WAITING, Choice, Left, Stage, Uploads, plain_name
from pod.problems import NotFound, TooLarge, TooMany

START = datetime(2026, 3, 1, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def uploads(tmp_path: Path, clock: Clock) -> AsyncIterator[Uploads]:
    made = Uploads(tmp_path, clock, most=100)
    yield made
    await made.close()


async def test_an_upload_is_of_one_account(uploads):
    made = uploads.begin("a", "nora", "space")
    assert uploads.find("a", "nora") is made
    assert uploads.of("nora") == (made,)
    with pytest.raises(NotFound):
        uploads.find("a", "eve")
    assert uploads.of("eve") == ()


async def test_what_nobody_comes_back_to_goes(uploads, clock):
    made = uploads.begin("a", "nora", "space")
    await uploads.receive(made, "x.csv", pieces(b"1"))
    made.stage = Stage.WAITING
    clock.now += LIFETIME - timedelta(seconds=1)
    assert uploads.of("nora") == (made,)
    clock.now += timedelta(seconds=1)
    assert uploads.of("nora") == ()
    assert not made.folder.exists()


async def test_what_is_worked_on_stays_until_that_is_done(uploads, clock):
    made, going = uploads.begin("a", "nora", "space"), asyncio.Event()

    async def work() -> Stage:
        await going.wait()
        return Stage.WAITING

    uploads.start(made, Stage.LOOKING, work())
    clock.now += 2 * LIFETIME
    assert uploads.of("nora") == (made,)
    going.set()
    await made.task
    assert (made.stage, made.touched) == (Stage.WAITING, clock.now)


async def test_what_was_let_go_is_deleted_before_the_server_ends(uploads):
    made, going = uploads.begin("a", "nora", "space"), asyncio.Event()

    async def work() -> Stage:
        await going.wait()
        made.watch("reading", 0, 1)
        return Stage.WAITING

    uploads.start(made, Stage.LOOKING, work())
    uploads.leave(made)
    closing = asyncio.create_task(uploads.close())
    await asyncio.sleep(0)
    going.set()
    await closing
    assert not made.folder.exists()


async def test_an_account_has_room_for_so_much_in_all(uploads):
    first = uploads.begin("a", "nora", "space")
    await uploads.receive(first, "x", pieces(b"1" * 60))
    assert uploads.room("nora") == 40
    assert uploads.room("eve") == 100
    second = uploads.begin("b", "nora", "space")
    with pytest.raises(TooLarge):
        await uploads.receive(second, "y", pieces(b"2" * 30, b"2" * 30))
    uploads.leave(second)
    uploads.leave(first)
    assert uploads.room("nora") == 100


async def test_not_too_many_wait(uploads):
    for number in range(MOST_WAITING):
        uploads.begin(str(number), "nora", "space")
    with pytest.raises(TooMany):
        uploads.begin("more", "nora", "space")


async def test_who_leaves_an_upload_ends_the_work_on_it(uploads):
    made, going = uploads.begin("a", "nora", "space"), asyncio.Event()

    async def work() -> Stage:
        await going.wait()
        made.watch("reading", 1, 2)
        return Stage.WAITING

    uploads.start(made, Stage.LOOKING, work())
    uploads.leave(made)
    assert made.folder.exists()
    going.set()
    await made.task
    assert made.stage is Stage.FAILED
    assert not made.folder.exists()
    with pytest.raises(Left):
        made.watch("reading", 2, 2)


async def test_an_account_or_a_space_that_goes_takes_what_was_brought_with_it(uploads):
    here, there = uploads.begin("a", "nora", "home"), uploads.begin("b", "nora", "work")
    other = uploads.begin("c", "eve", "home")
    uploads.forsake("nora", "work")
    assert uploads.of("nora") == (here,)
    assert not there.folder.exists()
    uploads.forsake("nora")
    assert uploads.of("nora") == ()
    assert uploads.of("eve") == (other,)


async def test_what_fails_is_said_to_have_and_leaves_no_files(uploads, caplog):
    made = uploads.begin("a", "nora", "space")

    async def work() -> Stage:
        raise RuntimeError

    uploads.start(made, Stage.KEEPING, work())
    await made.task
    assert made.stage is Stage.FAILED
    assert not made.folder.exists()
    assert "an upload could not be worked on" in caplog.text


async def test_nothing_is_left_behind_by_a_server_that_ends(tmp_path, clock):
    uploads = Uploads(tmp_path, clock, most=100)
    made = uploads.begin("a", "nora", "space")
    await uploads.receive(made, "x", pieces(b"1"))
    await uploads.close()
    assert not made.folder.exists()


async def test_what_arrived_is_there_for_the_next_server_and_goes_in_its_time(tmp_path, clock):
    uploads = Uploads(tmp_path, clock, most=100)
    made, going = uploads.begin("a", "nora", "space"), asyncio.Event()
    await uploads.receive(made, "x.csv", pieces(b"1"))
    made.said[0] = {"unit": "kg"}
    made.chosen["x.csv"] = Choice("ofx", "Club")

    async def work() -> Stage:
        going.set()
        await asyncio.Event().wait()
        return Stage.WAITING

    uploads.start(made, Stage.LOOKING, work())
    await going.wait()
    made.task.cancel()
    await uploads.close()
    later = Uploads(tmp_path, clock, most=100)
    (found,) = later.of("nora")
    assert (found.id, found.space, found.stage) == ("a", "space", Stage.BROUGHT)
    assert [file.read_bytes() for file in found.files] == [b"1"]
    assert (found.size, found.said, found.chosen) == (1, made.said, made.chosen)
    assert later.of("eve") == ()
    clock.now += LIFETIME
    assert later.of("nora") == ()
    assert not found.folder.exists()


@pytest.mark.parametrize("note", ["", "{}", "[]", '{"account": "nora"}'])
async def test_a_note_that_cannot_be_read_is_of_no_upload(tmp_path, clock, note):
    folder = tmp_path / "uploads" / "a"
    folder.mkdir(parents=True)
    folder.joinpath("upload.json").write_text(note)
    assert Uploads(tmp_path, clock, most=100).of("nora") == ()


async def test_what_a_server_left_that_was_killed_goes_after_a_while(tmp_path, clock):
    left = tmp_path / "uploads" / "old"
    left.mkdir(parents=True)
    age = left.stat().st_mtime
    clock.now = datetime.fromtimestamp(age + 10, UTC)
    Uploads(tmp_path, clock, most=100)
    assert left.exists()
    clock.now += LIFETIME
    Uploads(tmp_path, clock, most=100)
    assert not left.exists()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("a.csv", "a.csv"),
        ("../../etc/passwd", "passwd"),
        ("folder\\b.csv", "b.csv"),
        ("..", "file"),
        (".", "file"),
        ("x/", "file"),
        ("a\0b", "ab"),
        ("relevé.csv", "relevé.csv"),
        ("é" * 200 + ".csv", "é" * 88 + ".csv"),
    ],
)
def test_a_file_has_a_name_that_any_disk_takes(said, kept):
    assert plain_name(said) == kept
