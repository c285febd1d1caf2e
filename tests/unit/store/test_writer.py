"""The writer: many jobs in one commit, each on its own, and nothing told that is not durable."""

import asyncio
import resource
import sqlite3
import struct
import threading
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest
from pods import BOB, Clock, acl, draft, entry, grant, iri, opened, put

from pod.model import Change
from pod.problems import Conflict, PreconditionFailed, Unavailable
from pod.store.blobs import Blobs
from pod.store.check import check
from pod.store.sqlite import connect
from pod.store.writer import DATABASE, LARGEST_BATCH, Settings, Writer


def database(pod, tmp_path):
    return tmp_path / pod.name / DATABASE


def commits(file):
    """How many commits the write-ahead log holds (SQLite file format §4.1)."""
    log = Path(f"{file}-wal").read_bytes()
    if not log:
        return 0
    page = struct.unpack(">I", log[8:12])[0]
    salt = log[16:24]
    headers = (log[at : at + 24] for at in range(32, len(log) - 23, 24 + page))
    return sum(1 for h in headers if h[8:16] == salt and struct.unpack(">I", h[4:8])[0] > 0)


@asynccontextmanager
async def held(pod):
    """The writer is busy with a job within, so that all that is asked for goes together after."""
    begun, release = threading.Event(), threading.Event()
    busy = asyncio.ensure_future(pod.write(lambda _: (begun.set(), release.wait(30))))
    await asyncio.to_thread(begun.wait)
    try:
        yield
    finally:
        release.set()
    assert not busy.done()


async def turn():
    """Let what is ready run."""
    for _ in range(5):
        await asyncio.sleep(0)


async def together(pod, works):
    """What each of these jobs came to, all of them in one batch."""
    async with held(pod):
        asked = [asyncio.ensure_future(pod.write(work)) for work in works]
        await turn()
    return await asyncio.gather(*asked, return_exceptions=True)


def create(path, content=b"1"):
    return lambda tx: tx.apply(
        Change(target=iri(path), before=None, after=draft(content)), grant(path)
    )


async def test_what_is_asked_for_during_a_commit_shares_the_next(pod, tmp_path):
    file = database(pod, tmp_path)
    before = commits(file)
    await together(pod, [create(f"a{number}") for number in range(50)])
    assert commits(file) == before + 1
    assert len(list(pod.snapshot().members(iri("")))) == 50


async def test_what_is_asked_for_in_one_turn_of_the_loop_shares_a_commit(pod, tmp_path):
    file = database(pod, tmp_path)
    before = commits(file)
    await asyncio.gather(*(pod.write(create(f"a{number}")) for number in range(50)))
    assert commits(file) == before + 1


async def test_a_batch_has_a_bound(pod, tmp_path):
    file = database(pod, tmp_path)
    before = commits(file)
    async with held(pod):
        asked = []
        for number in range(LARGEST_BATCH + 10):
            asked.append(asyncio.ensure_future(pod.write(create(f"a{number}"))))
            await turn()
    await asyncio.gather(*asked)
    assert commits(file) == before + 2


async def test_a_job_that_changes_nothing_commits_nothing(pod, tmp_path):
    file = database(pod, tmp_path)
    before = commits(file)
    assert await pod.write(lambda tx: tx.load(iri("")).media_type) == "text/turtle"
    assert commits(file) == before


async def test_a_job_that_fails_is_rolled_back_alone(pod):
    def fails(tx):
        put(tx, "c/", b"")
        put(tx, "c/x", b"1")
        put(tx, "a0", b"spoilt")
        put(tx, ".acl", acl("", BOB))
        tx.note(entry("c/x"))
        raise PreconditionFailed("the tag does not match")

    acls = pod.snapshot().acls()
    first, failed, second = await together(pod, [create("a0"), fails, create("a1")])
    assert isinstance(failed, PreconditionFailed)
    snapshot = pod.snapshot()
    assert [member.iri.path for member in snapshot.members(iri(""))] == ["a0", "a1"]
    assert (snapshot.load(iri("a0")), snapshot.load(iri("a1"))) == (first, second)
    assert snapshot.load(iri("")).version == second.version
    assert snapshot.load(iri("c/")) is None
    assert snapshot.acls() == acls
    assert list(snapshot.entries()) == []
    told = [event.target.path for event in snapshot.events()]
    assert told == ["", ".acl", "a0", "a1"]


async def test_a_job_sees_what_the_jobs_before_it_in_the_batch_have_done(pod):
    def looks(tx):
        container = tx.load(iri("c/"))
        listed = next(iter(tx.members(iri(""))))
        return container.version, listed.iri, [m.iri.path for m in tx.members(iri("c/"))]

    made, _, inner, seen = await together(
        pod, [create("c/", b""), lambda _: 1 / 0, create("c/a"), looks]
    )
    assert made.version != inner.version
    assert seen == (inner.version, iri("c/"), ["c/a"])


async def test_a_container_that_was_written_after_it_moved_is_seen_as_it_was_written(pod):
    def work(tx):
        return put(tx, "c/", b"<> <#about> 1 ."), tx.load(iri("c/"))

    await pod.write(create("c/", b""))
    _, (written, seen) = await together(pod, [create("c/a"), work])
    assert seen == written


async def test_one_of_many_conditional_creations_wins(pod):
    def attempt(own):
        def work(tx):
            if tx.load(iri("a")) is not None:
                raise PreconditionFailed("something is there")
            return put(tx, "a", own)

        return work

    outcomes = await together(pod, [attempt(b"%d" % number) for number in range(20)])
    won = [outcome for outcome in outcomes if not isinstance(outcome, PreconditionFailed)]
    assert [won[0]] == won == [pod.snapshot().load(iri("a"))]


async def test_one_of_two_changes_of_the_same_state_wins(pod):
    before = await pod.write(create("a"))

    def change(content):
        return lambda tx: tx.apply(
            Change(target=iri("a"), before=before, after=draft(content)), grant("a")
        )

    first, second = await together(pod, [change(b"2"), change(b"3")])
    assert isinstance(second, Conflict)
    assert pod.snapshot().load(iri("a")) == first


async def test_a_job_may_catch_what_a_change_raises_and_go_on(pod):
    def work(tx):
        with pytest.raises(ValueError, match="does not exist"):
            put(tx, "no/a")
        return put(tx, "a", b"1")

    assert await pod.write(work) == pod.snapshot().load(iri("a"))


@pytest.fixture
def failing_commit(pod, tmp_path):
    """Every commit of a change fails: SQLite checks a deferred foreign key only then."""
    with closing(connect(database(pod, tmp_path))) as connection:
        connection.executescript("""
            CREATE TABLE trap (x REFERENCES meta (key) DEFERRABLE INITIALLY DEFERRED);
            CREATE TRIGGER spring AFTER INSERT ON outbox BEGIN INSERT INTO trap VALUES ('no'); END;
        """)


@pytest.mark.usefixtures("failing_commit")
async def test_when_the_commit_fails_every_job_of_the_batch_hears_of_it(pod, tmp_path):
    before = pod.snapshot().load(iri(""))
    async with held(pod):
        pod.note(entry("noted"))
        works = [create("a0"), lambda _: "read", create("a1")]
        asked = [asyncio.ensure_future(pod.write(work)) for work in works]
        await turn()
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [sqlite3.IntegrityError] * 3
    assert pod.snapshot().load(iri("")) == before
    assert list(pod.snapshot().members(iri(""))) == []

    with closing(connect(database(pod, tmp_path))) as connection:
        connection.execute("DROP TRIGGER spring")
    written = await pod.write(create("a1"))
    snapshot = pod.snapshot()
    assert (snapshot.load(iri("a0")), snapshot.load(iri("a1"))) == (None, written)
    assert [line.entry.target for line in snapshot.entries()] == [str(iri("noted"))]
    assert check(tmp_path / "ana") == ()


@contextmanager
def full_disk(file, *, room):
    """Files cannot grow beyond the size of the write-ahead log and so many bytes."""
    size = Path(f"{file}-wal").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_full_disk_keeps_the_state_and_asks_to_come_again(pod, tmp_path):
    kept = await pod.write(create("a", b"kept"))
    with full_disk(database(pod, tmp_path), room=100_000):
        outcomes = await asyncio.gather(
            *(pod.write(create(f"b{n}", b"x" * 200_000)) for n in range(3)),
            return_exceptions=True,
        )
    assert [type(outcome) for outcome in outcomes] == [Unavailable] * 3
    assert str(outcomes[0]) == "the pod cannot be written now; try again later"
    assert pod.snapshot().load(iri("a")) == kept
    assert (await pod.write(create("b0", b"x" * 200_000))).size == 200_000
    assert check(tmp_path / "ana") == ()


async def test_an_error_that_no_future_can_carry_arrives_all_the_same(pod):
    with pytest.raises(RuntimeError, match="the next of nothing"):
        await pod.write(lambda tx: next(tx.members(iri("none/"))))


@pytest.mark.parametrize("fails", [False, True])
async def test_what_was_handed_over_is_done_though_its_asker_has_gone(pod, fails):
    def work(tx):
        tx.note(entry("a"))
        return create("no/a" if fails else "a")(tx)

    async with held(pod):
        asked = asyncio.ensure_future(pod.write(work))
        await turn()
        asked.cancel()
    await pod.write(lambda _: None)
    assert asked.cancelled()
    assert (pod.snapshot().load(iri("a")) is None) == fails


async def test_lines_go_into_the_journal_with_the_commit(pod, tmp_path):
    file = database(pod, tmp_path)
    before = commits(file)

    def work(tx):
        put(tx, "a", b"1")
        tx.note(entry("a", "PUT", 201))

    pod.note(entry("b"))
    await pod.write(work)
    assert commits(file) == before + 1
    noted = [(line.entry.action, line.entry.target) for line in pod.snapshot().entries()]
    assert noted == [("PUT", str(iri("a"))), ("GET", str(iri("b")))]


async def test_lines_that_readers_noted_are_written_when_the_pod_closes(tmp_path):
    async with opened(tmp_path / "ana") as pod:
        pod.note(entry("a"))
        pod.note(entry("b"))
    async with opened(tmp_path / "ana") as pod:
        targets = [line.entry.target for line in pod.snapshot().entries()]
        assert targets == [str(iri("a")), str(iri("b"))]
    assert check(tmp_path / "ana") == ()


async def test_lines_that_readers_noted_do_not_wait_for_a_change(tmp_path):
    async with opened(tmp_path / "ana", notes_wait=0.0) as pod:
        before = commits(database(pod, tmp_path))
        pod.note(entry("a"))
        await turn()
        await pod.write(lambda _: None)
        assert [line.entry.target for line in pod.snapshot().entries()] == [str(iri("a"))]
        assert commits(database(pod, tmp_path)) == before + 1


async def test_a_pod_that_is_closed_takes_no_more(tmp_path):
    async with opened(tmp_path / "ana") as pod:
        await pod.write(create("a"))
        pod.note(entry("a"))
    with pytest.raises(Unavailable, match="being closed"):
        await pod.write(create("b"))
    for path in ("", "a"):
        with pytest.raises(Unavailable, match="being closed"):
            pod.view(iri(path))
    with pytest.raises(Unavailable, match="being closed"):
        pod.snapshot()


async def test_what_was_asked_for_before_closing_is_done(tmp_path):
    async with opened(tmp_path / "ana") as pod:
        asked = asyncio.ensure_future(pod.write(create("a")))
        await asyncio.sleep(0)
    assert (await asked).iri == iri("a")


async def test_a_database_that_cannot_be_opened_is_said_so(tmp_path):
    async with opened(tmp_path / "ana"):
        pass
    with closing(connect(tmp_path / "ana" / DATABASE)) as connection:
        connection.execute("PRAGMA user_version = 1000")
    with pytest.raises(Exception, match="newer version"):
        async with opened(tmp_path / "ana"):
            pass


async def test_a_database_that_is_not_there_is_said_so(tmp_path):
    (tmp_path / "ana").mkdir()
    (tmp_path / "ana" / DATABASE).touch()
    writer = Writer(tmp_path / "ana", Blobs(tmp_path / "ana"), now=Clock(), settings=Settings())
    (tmp_path / "ana" / DATABASE).unlink()
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        await writer.open()


async def test_files_copied_within_a_change_hold_what_was_answered_and_nothing_else(pod, tmp_path):
    """As after a loss of power."""
    answered = await together(pod, [create(f"a{number}") for number in range(20)])
    copy = tmp_path / "copy"

    def work(tx):
        put(tx, "c/")
        for number in range(60):  # more than is held in memory, so that it is in the log already
            put(tx, f"c/{number}", b"x" * 200_000)
        put(tx, "a0", b"other")
        put(tx, ".acl", acl("", BOB))
        copy.mkdir()
        for file in (tmp_path / "ana").glob("pod.sqlite3*"):
            if not file.name.endswith("-shm"):  # is in memory, and made anew
                (copy / file.name).write_bytes(file.read_bytes())

    before = pod.snapshot()
    await pod.write(work)
    assert check(tmp_path / "ana") == check(copy) == ()
    async with opened(copy) as copied:
        snapshot = copied.snapshot()
        members = [member.iri for member in snapshot.members(iri(""))]
        assert members == sorted(resource.iri for resource in answered)
        assert [snapshot.load(resource.iri) for resource in answered] == answered
        assert snapshot.acls() == before.acls()
