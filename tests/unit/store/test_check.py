"""Checking a pod: nothing is said of a whole one, and each kind of damage is found."""

import asyncio
import os
from contextlib import closing

import pytest
from pods import acl, entry, opened, put, stored_file

from pod.store.check import Finding, check
from pod.store.sqlite import connect
from pod.store.writer import DATABASE

LARGE = b"0123456789" * 500


@pytest.fixture
async def folder(tmp_path):
    """A pod with something of everything, closed."""
    async with opened(tmp_path / "ana", memory_body=1024) as pod:
        blob = await stored_file(pod, LARGE)

        def work(tx):
            for path in ("c/", "c/d/"):
                put(tx, path)
            put(tx, "c/d/a", b"some text")
            put(tx, "c/.acl", acl("c/"))
            put(tx, "c/.meta", b"<./> <http://www.w3.org/ns/ldp#inbox> <d/> .")
            put(tx, "c/photo", blob, "image/png")
            put(tx, "c/photo.acl", acl("c/photo"))
            put(tx, "c/photo.meta", b"<photo> a <#Note> .")
            for number in range(3):
                tx.note(entry(f"c/{number}"))

        await pod.write(work)
    return tmp_path / "ana"


def alter(folder, sql):
    with closing(connect(folder / DATABASE)) as connection:
        connection.executescript(sql)


def photo(folder):
    (file,) = (path for path in (folder / "blobs").rglob("*") if path.is_file())
    return file


def test_of_a_whole_pod_nothing_is_said_and_nothing_is_changed(folder):
    before = (folder / DATABASE).read_bytes()
    assert check(folder) == ()
    assert (folder / DATABASE).read_bytes() == before


async def test_a_pod_in_use_is_checked_as_it_is(tmp_path):
    async with opened(tmp_path / "ana") as pod:
        await pod.write(lambda tx: put(tx, "a", b"1"))
        assert check(tmp_path / "ana") == ()


DAMAGE = {
    "orphan": (
        "DELETE FROM resource WHERE name = 'd/'",
        Finding("c/d/a", "the container of this resource is missing"),
    ),
    "in a document": (
        "UPDATE resource SET is_container = 0 WHERE name = 'd/'",
        Finding("c/d/a", "the container of this resource is missing"),
    ),
    "rules of nothing": (
        "UPDATE resource SET name = 'b.acl' WHERE name = 'photo.acl'",
        Finding("c/b.acl", "the resource that this is about is missing"),
    ),
    "description of nothing": (
        "UPDATE resource SET name = 'b.meta' WHERE name = 'photo.meta'",
        Finding("c/b.meta", "the resource that this is about is missing"),
    ),
    "lost description": (
        "UPDATE resource SET inbox = '/c/d/' WHERE name = 'd/'",
        Finding("c/d/", "this resource has an inbox, and no description that names it"),
    ),
    "lost body": (
        "DELETE FROM body WHERE bytes = CAST('some text' AS BLOB)",
        Finding("c/d/a", "the body of this resource is missing"),
    ),
    "cut body": (
        "UPDATE body SET bytes = CAST('some' AS BLOB) WHERE bytes = CAST('some text' AS BLOB)",
        Finding("c/d/a", "the body of this resource does not have the size that is noted"),
    ),
    "no body": (
        "UPDATE resource SET size = 9 WHERE name = 'd/'",
        Finding("c/d/", "the body of this resource does not have the size that is noted"),
    ),
    "stray body": (
        "INSERT INTO body VALUES (1000, x'00')",
        Finding("1000", "this body belongs to no resource"),
    ),
    "altered journal": (
        "UPDATE deed SET agent = 'https://eve.example/' WHERE id = 2",
        Finding("journal 2", "this line is not what was written here"),
    ),
    "cut journal": (
        "DELETE FROM line WHERE seq = 3",
        Finding("journal 3", "the journal ends before this line, which was written"),
    ),
}


@pytest.mark.parametrize(("sql", "finding"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_of_a_table_is_found(folder, sql, finding):
    alter(folder, sql)
    assert check(folder) == (finding,)


def test_a_missing_file_is_found(folder):
    digest = photo(folder).parent.name + photo(folder).name
    photo(folder).unlink()
    assert check(folder) == (Finding(digest, "the file of this body is missing"),)


@pytest.mark.parametrize("content", [LARGE[:-1], b"X" + LARGE[1:]], ids=["cut", "altered"])
def test_an_altered_file_is_found(folder, content):
    digest = photo(folder).parent.name + photo(folder).name
    photo(folder).write_bytes(content)
    assert check(folder) == (Finding(digest, "the file of this body was altered"),)


def test_a_file_that_belongs_to_no_resource_is_found(folder):
    stray = folder / "blobs" / "00" / ("0" * 62)
    stray.parent.mkdir()
    stray.write_bytes(b"stray")
    assert check(folder) == ()  # it may belong to an upload that is under way
    os.utime(stray, (0, 0))
    assert check(folder) == (Finding("0" * 64, "this file belongs to no resource"),)


async def test_a_pod_is_whole_while_it_is_written_to(tmp_path):
    async with opened(tmp_path / "ana", memory_body=1024) as pod:
        blobs = [await stored_file(pod, number.to_bytes(2) * 1000) for number in range(100)]
        # The check reads the files in the order of their names; here the last ones go first.
        paths = [f"{number}" for number in range(len(blobs))]
        last_first = sorted(zip(blobs, paths, strict=True), key=lambda pair: pair[0].digest)[::-1]
        await pod.write(lambda tx: [put(tx, path, blob) for blob, path in last_first])
        checking = asyncio.ensure_future(asyncio.to_thread(check, tmp_path / "ana"))
        for _, path in last_first:
            new = await stored_file(pod, os.urandom(2000))
            await pod.write(lambda tx, path=path, new=new: put(tx, path, new))
        assert await checking == ()


def test_a_damaged_database_is_found(folder):
    file = folder / DATABASE
    octets = bytearray(file.read_bytes())
    for page in range(2, len(octets) // 4096):
        octets[page * 4096 + 8 : page * 4096 + 64] = b"\xff" * 56
    file.write_bytes(octets)
    found = check(folder)
    assert found
    assert {finding.about for finding in found} == {"database"}


def test_a_file_that_is_no_database_is_found(folder):
    (folder / DATABASE).write_bytes(b"no database at all\n" * 500)
    (finding,) = check(folder)
    assert finding == Finding("database", "the database cannot be read: file is not a database")


def test_two_damages_are_both_found(folder):
    alter(folder, "DELETE FROM resource WHERE name = 'd/'; DELETE FROM line")
    assert [finding.about for finding in check(folder)] == ["c/d/a", "journal 1"]
