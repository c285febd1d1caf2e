"""Large bodies: streamed to files, kept while a resource names them, and never lost."""

import asyncio
import gc
import os
import resource
import stat
import threading
from functools import partial
from hashlib import sha256

import pytest
from pods import delete, iri, opened, pieces, put, stored_file

from pod.model import Blob
from pod.problems import NotFound, Unavailable
from pod.store.blobs import Blobs
from pod.store.check import check
from pod.store.incoming import PIECE

LARGE = b"0123456789" * 500
OTHER = b"another body " * 500


def files(tmp_path):
    folder = tmp_path / "ana" / "blobs"
    return sorted(file for file in folder.rglob("*") if file.is_file())


async def turn():
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_small_body_stays_in_memory(pod, tmp_path):
    assert await pod.receive(pieces(b"a", b"", b"b" * 1023)) == b"a" + b"b" * 1023
    assert await pod.receive(pieces()) == b""
    assert files(tmp_path) == []


async def test_a_larger_body_becomes_a_file_named_by_its_content(pod, tmp_path):
    blob = await pod.receive(pieces(b"a", b"b" * 1024))
    content = b"a" + b"b" * 1024
    assert blob == Blob(sha256(content).hexdigest(), 1025)
    assert files(tmp_path) == [pod.path_of(blob)]
    assert pod.path_of(blob).read_bytes() == pod.snapshot().read(blob) == content
    assert stat.S_IMODE(pod.path_of(blob).stat().st_mode) == 0o600
    assert stat.S_IMODE(pod.path_of(blob).parent.stat().st_mode) == 0o700


async def test_a_body_of_many_pieces_arrives_whole(pod):
    chunks = [os.urandom(PIECE // 3 + number) for number in range(10)]
    blob = await pod.receive(pieces(*chunks))
    assert pod.path_of(blob).read_bytes() == b"".join(chunks)
    assert blob.digest == sha256(b"".join(chunks)).hexdigest()


async def test_a_resource_is_a_file_like_any_other(pod):
    blob = await stored_file(pod, LARGE)
    written = await pod.write(lambda tx: put(tx, "a", blob, "image/png"))
    found = pod.snapshot().load(iri("a"))
    assert found == written
    assert (found.content, found.size) == (blob, len(LARGE))
    assert await pod.write(lambda tx: tx.read(tx.load(iri("a")).content)) == LARGE
    assert [member.size for member in pod.snapshot().members(iri(""))] == [len(LARGE)]


async def broken_off(content):
    yield content
    raise ConnectionResetError("the client has gone")


@pytest.mark.parametrize("size", [10, 5000, 3 * PIECE])
async def test_an_upload_that_breaks_off_leaves_nothing(pod, tmp_path, size):
    with pytest.raises(ConnectionResetError):
        await pod.receive(broken_off(b"x" * size))
    assert files(tmp_path) == []


async def test_an_upload_that_is_cancelled_leaves_nothing(pod, tmp_path):
    begun = asyncio.Event()

    async def endless():
        yield LARGE
        yield b"x" * PIECE
        begun.set()
        await asyncio.Event().wait()

    upload = asyncio.ensure_future(pod.receive(endless()))
    await begun.wait()
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    assert files(tmp_path) == []


async def test_a_body_that_cannot_be_stored_is_said_so(pod, tmp_path):
    (tmp_path / "ana" / "blobs" / "incoming").rmdir()
    with pytest.raises(Unavailable, match="could not be stored; try again later"):
        await pod.receive(pieces(LARGE))


async def test_an_upload_to_a_full_disk_leaves_nothing(pod, tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (PIECE, hard))
    try:
        with pytest.raises(Unavailable, match="could not be stored; try again later"):
            await pod.receive(pieces(*[LARGE] * 1000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files(tmp_path) == []


@pytest.mark.parametrize("after", [b"small", None], ids=["replaced", "deleted"])
async def test_a_file_goes_with_the_last_resource_that_names_it(pod, tmp_path, after):
    def let_go(path):
        return lambda tx: delete(tx, path) if after is None else put(tx, path, after)

    blob = await stored_file(pod, LARGE)
    await pod.write(lambda tx: (put(tx, "a", blob), put(tx, "b", blob)))
    await pod.write(let_go("a"))
    assert files(tmp_path) == [pod.path_of(blob)]
    await pod.write(let_go("b"))
    assert files(tmp_path) == []
    assert check(tmp_path / "ana") == ()


async def test_a_file_that_is_replaced_by_itself_stays(pod, tmp_path):
    for _ in range(2):
        blob = await stored_file(pod, LARGE)
        await pod.write(lambda tx, blob=blob: put(tx, "a", blob))
    assert files(tmp_path) == [pod.path_of(blob)]


async def test_a_file_goes_only_when_the_change_is_durable(pod, tmp_path):
    blob = await stored_file(pod, LARGE)
    await pod.write(lambda tx: put(tx, "a", blob))

    def fails(tx):
        delete(tx, "a")
        raise RuntimeError("undone")

    with pytest.raises(RuntimeError):
        await pod.write(fails)
    assert files(tmp_path) == [pod.path_of(blob)]
    assert pod.snapshot().read(pod.snapshot().load(iri("a")).content) == LARGE


async def test_a_held_snapshot_is_told_when_the_file_has_gone(pod):
    blob = await stored_file(pod, LARGE)
    await pod.write(lambda tx: put(tx, "a", blob))
    held = pod.snapshot()
    await pod.write(lambda tx: delete(tx, "a"))
    with pytest.raises(NotFound, match="deleted meanwhile"):
        held.read(held.load(iri("a")).content)


async def test_bytes_that_are_received_again_outlive_the_deletion_of_the_first(pod, tmp_path):
    first = await stored_file(pod, LARGE)
    await pod.write(lambda tx: put(tx, "a", first))
    second = await stored_file(pod, LARGE)
    await pod.write(lambda tx: delete(tx, "a"))
    await pod.write(lambda tx: put(tx, "b", second))
    assert pod.snapshot().read(second) == LARGE
    assert check(tmp_path / "ana") == ()


async def test_a_file_that_has_gone_is_never_named(pod):
    blob = await stored_file(pod, LARGE)
    pod.path_of(blob).unlink()
    with pytest.raises(Unavailable, match="send it again"):
        await pod.write(lambda tx: put(tx, "a", blob))
    shortened = await stored_file(pod, OTHER)
    pod.path_of(shortened).write_bytes(OTHER[:-1])
    with pytest.raises(Unavailable, match="send it again"):
        await pod.write(lambda tx: put(tx, "a", shortened))
    assert pod.snapshot().load(iri("a")) is None


async def test_a_body_that_nobody_names_goes_when_its_time_is_over(tmp_path):
    async with opened(tmp_path / "ana", memory_body=10) as pod:
        kept = await stored_file(pod, OTHER)
        await pod.write(lambda tx: put(tx, "a", kept))
    async with opened(tmp_path / "ana", memory_body=10, grace=0.0) as pod:
        await stored_file(pod, LARGE)
        await turn()
        await pod.write(lambda _: None)
        assert files(tmp_path) == [pod.path_of(kept)]


async def test_a_body_that_nobody_names_goes_when_the_pod_closes(tmp_path):
    async with opened(tmp_path / "ana", memory_body=10) as pod:
        await stored_file(pod, LARGE)
        assert len(files(tmp_path)) == 1
    assert files(tmp_path) == []


def leave_over(tmp_path, *, age):
    """An unfinished upload and a file that no resource names, last touched so long ago."""
    blobs = Blobs(tmp_path / "ana" / "blobs")
    unfinished = blobs.incoming / "00000000"
    unfinished.write_bytes(LARGE)
    stray = blobs.path_of(sha256(LARGE).hexdigest())
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(LARGE)
    for file in (unfinished, stray):
        os.utime(file, (age, age))
    return unfinished, stray


async def test_what_an_earlier_run_left_over_is_swept_at_opening(tmp_path, clock):
    async with opened(tmp_path / "ana", clock, memory_body=10) as pod:
        kept = await stored_file(pod, OTHER)
        await pod.write(lambda tx: put(tx, "a", kept))
    leave_over(tmp_path, age=clock().timestamp() - 601)
    os.utime(pod.path_of(kept), (0, 0))
    async with opened(tmp_path / "ana", clock) as pod:
        await pod.write(lambda _: None)
        assert files(tmp_path) == [pod.path_of(kept)]


def test_what_is_received_while_the_sweep_runs_is_not_taken_for_anothers(tmp_path):
    """A pod answers before the sweep of its opening is over."""
    (tmp_path / "ana").mkdir()
    blobs = Blobs(tmp_path / "ana" / "blobs")
    blobs.prepare()
    digest = sha256(LARGE).hexdigest()
    received = blobs.incoming / "00000000"
    received.write_bytes(LARGE)
    blobs.place(received, digest)
    blobs.sweep(named=(), now=received.parent.stat().st_mtime)
    blobs.unlink(digest)
    assert files(tmp_path) == [blobs.path_of(digest)]  # nobody has named it yet
    blobs.release([digest])
    blobs.unlink(digest)
    assert files(tmp_path) == []
    assert not blobs.claimed


async def test_what_another_process_may_be_storing_is_left_at_opening(tmp_path, clock):
    async with opened(tmp_path / "ana", clock):
        pass
    left = leave_over(tmp_path, age=clock().timestamp() - 599)
    async with opened(tmp_path / "ana", clock) as pod:
        await pod.write(lambda _: None)
        assert files(tmp_path) == sorted(left)


async def test_a_process_that_ends_leaves_what_another_is_storing(pod, tmp_path):
    blob = await stored_file(pod, LARGE)
    async with opened(tmp_path / "ana") as other:
        await other.write(lambda _: None)
    await pod.write(lambda tx: put(tx, "a", blob))
    assert pod.snapshot().read(blob) == LARGE


async def test_what_another_process_did_not_store_goes_when_its_time_is_over(tmp_path, clock):
    async with opened(tmp_path / "ana", clock):
        pass
    leave_over(tmp_path, age=clock().timestamp() + 1)
    async with opened(tmp_path / "ana", clock, grace=0.0) as pod:
        await pod.write(lambda _: None)
        assert files(tmp_path) == []


async def test_two_processes_never_lose_a_body(pod, tmp_path, clock):
    """One deletes the last resource that names a file while the other has received the same."""
    async with opened(tmp_path / "ana", clock, memory_body=1024) as other:
        first = await stored_file(pod, LARGE)
        await pod.write(lambda tx: put(tx, "a", first))
        second = await stored_file(other, LARGE)
        await pod.write(lambda tx: delete(tx, "a"))
        with pytest.raises(Unavailable, match="send it again"):
            await other.write(lambda tx: put(tx, "b", second))
        again = await stored_file(other, LARGE)
        await other.write(lambda tx: put(tx, "b", again))
    assert check(tmp_path / "ana") == ()


async def test_uploads_and_deletions_at_once_lose_nothing(pod, tmp_path):
    contents = [bytes([number]) * 2000 for number in range(3)]

    async def one(own):
        for turn in range(8):
            blob = await stored_file(pod, contents[(own + turn) % 3])
            await pod.write(partial(put, path=f"a{own}", content=blob))
            assert pod.snapshot().load(iri(f"a{own}")) is not None
            if turn % 2:
                await pod.write(lambda tx: delete(tx, f"a{own}"))

    await asyncio.gather(*(one(own) for own in range(4)))
    assert check(tmp_path / "ana") == ()
    assert files(tmp_path) == []


async def test_a_piece_that_waits_for_its_thread_is_not_written_after_the_end(
    pod, tmp_path, caplog
):
    """Cancelled while the threads are busy: the file is gone and stays gone."""
    release = threading.Event()
    loop = asyncio.get_running_loop()
    busy = [loop.run_in_executor(None, release.wait, 30) for _ in range(64)]

    async def slowly():
        yield LARGE
        await asyncio.Event().wait()

    upload = asyncio.ensure_future(pod.receive(slowly()))
    await turn()
    upload.cancel()
    release.set()
    with pytest.raises(asyncio.CancelledError):
        await upload
    await asyncio.gather(*busy)
    assert files(tmp_path) == []
    gc.collect()
    assert caplog.records == []
