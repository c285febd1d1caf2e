"""What the writer has read is read once, and never taken for what has become of it since."""

from datetime import UTC, datetime

import pytest
from pods import iri, opened, put

from pod.model import Blob, Resource
from pod.store.effects import Row
from pod.store.loaded import LARGEST, MOST, Loaded


def resource(path: str, content: bytes | Blob = b"1") -> Resource:
    return Resource(
        iri=iri(path),
        media_type="text/plain",
        content=content,
        version="v1",
        modified=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_what_was_read_is_at_hand_until_it_is_dropped():
    loaded = Loaded()
    for path in ("a", "b"):
        loaded.put(resource(path), Row(1))
    assert loaded.get("a") == (resource("a"), Row(1))
    loaded.drop("a")
    assert (loaded.get("a"), loaded.get("b")) == (None, (resource("b"), Row(1)))
    loaded.clear()
    assert loaded.get("b") is None


def test_the_number_of_resources_is_bounded():
    loaded = Loaded()
    for number in range(MOST + 1):
        loaded.put(resource(str(number)), Row(number))
    found = [number for number in range(MOST + 1) if loaded.get(str(number)) is not None]
    assert found == list(range(1, MOST + 1))


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        pytest.param(bytes(LARGEST), True, id="small"),
        pytest.param(bytes(LARGEST + 1), False, id="large"),
        pytest.param(Blob("0" * 64, LARGEST + 1), True, id="in a file"),
    ],
)
def test_large_bodies_are_not_held(content, kept):
    loaded = Loaded()
    loaded.put(resource("a", content), Row(1))
    assert (loaded.get("a") is not None) is kept


async def test_a_job_reads_what_the_job_before_has_written(pod):
    await pod.write(lambda tx: put(tx, "a", b"1"))
    assert (await pod.write(lambda tx: tx.load(iri("a")))).content == b"1"
    await pod.write(lambda tx: put(tx, "a", b"2"))
    assert (await pod.write(lambda tx: tx.load(iri("a")))).content == b"2"


async def test_a_job_never_reads_what_another_has_not_kept(pod):
    before = await pod.write(lambda tx: put(tx, "a", b"1"))

    def work(tx):
        put(tx, "a", b"2")
        assert tx.load(iri("a")).content == b"2"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await pod.write(work)
    assert await pod.write(lambda tx: tx.load(iri("a"))) == before


async def test_a_container_that_was_read_moves_with_its_members(pod):
    await pod.write(lambda tx: put(tx, "c/", b""))
    await pod.write(lambda tx: tx.load(iri("c/")))
    for path in ("c/a", "c/b"):
        member = await pod.write(lambda tx, path=path: put(tx, path, b"1"))
        found = await pod.write(lambda tx: tx.load(iri("c/")))
        assert found == pod.snapshot().load(iri("c/"))
        assert found.version == member.version


async def test_what_another_process_has_written_is_read_anew(tmp_path, clock):
    async with opened(tmp_path / "ana", clock) as pod, opened(tmp_path / "ana", clock) as other:
        await pod.write(lambda tx: put(tx, "a", b"1"))
        await pod.write(lambda tx: tx.load(iri("a")))
        written = await other.write(lambda tx: put(tx, "a", b"2"))
        assert await pod.write(lambda tx: tx.load(iri("a"))) == written
