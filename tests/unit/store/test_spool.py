"""Long bodies are made once, in turns of the loop, whoever reads them and however fast."""

import asyncio
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest

from pod.problems import Unavailable
from pod.store.spool import PIECE, Spools

NAME = ("https://pod.example/ana/notes/", '"7f-ttl"')
OTHER = ("https://pod.example/ana/notes/", '"80-ttl"')


class Making:
    """Makes a body of so many pieces, and knows how far it is."""

    def __init__(self, count=20, size=1000, fails_at=None):
        self.count, self.size, self.fails_at = count, size, fails_at
        self.begun = self.made = 0
        self.let_go = asyncio.Event()

    def __call__(self):
        self.begun += 1
        return self._pieces()

    def _pieces(self):
        try:
            for number in range(self.count):
                if number == self.fails_at:
                    raise OSError("the disk is full")
                self.made += 1
                yield self.piece(number)
        finally:
            self.let_go.set()

    def piece(self, number):
        return bytes([number % 256]) * self.size

    @property
    def whole(self):
        return b"".join(map(self.piece, range(self.count)))


@asynccontextmanager
async def spools_in(folder, **bounds):
    made = Spools(folder, **bounds)
    try:
        yield made
    finally:
        await made.close()


@pytest.fixture
async def spools(tmp_path):
    async with spools_in(tmp_path) as made:
        yield made


async def whole(stream):
    found = b""
    while piece := await stream.read(len(found)):
        found += piece
    return found


@pytest.mark.parametrize("count", [0, 1, 300])
async def test_what_is_made_is_what_is_read(spools, count):
    making = Making(count)
    stream = spools.find(NAME, making)
    assert await whole(stream) == making.whole
    assert stream.size == len(making.whole)


async def test_nobody_waits_for_the_end_to_read_the_beginning(spools):
    making = Making(1000)
    stream = spools.find(NAME, making)
    assert (await stream.read(0)).startswith(making.piece(0))
    assert making.made < 10
    assert stream.size is None


async def test_what_is_read_at_once_is_bounded(spools):
    making = Making(20, PIECE)
    stream = spools.find(NAME, making)
    await making.let_go.wait()
    assert await stream.read(5) == making.whole[5 : 5 + PIECE]


async def test_all_who_ask_read_the_one_that_is_made(spools):
    making = Making(200)
    early = [asyncio.create_task(whole(spools.find(NAME, making))) for _ in range(5)]
    await making.let_go.wait()
    late = whole(spools.find(NAME, making))
    assert {*await asyncio.gather(*early, late)} == {making.whole}
    assert making.begun == 1


async def test_another_name_is_another_body(spools):
    first, second = Making(3), Making(5)
    assert await whole(spools.find(NAME, first)) == first.whole
    assert await whole(spools.find(OTHER, second)) == second.whole


async def test_it_is_made_to_the_end_though_nobody_reads(spools):
    making = Making(200, PIECE)
    spools.find(NAME, making)
    await making.let_go.wait()
    assert making.made == 200


async def test_others_have_a_turn_between_two_pieces(spools):
    making, seen = Making(50), []

    async def others():
        while not making.let_go.is_set():
            seen.append(making.made)
            await asyncio.sleep(0)

    spools.find(NAME, making)
    await others()
    assert max(after - before for before, after in pairwise(seen)) == 1


async def test_several_bodies_share_the_turns(spools):
    first, second, seen = Making(50), Making(50), []
    spools.find(NAME, first)
    spools.find(OTHER, second)
    while not (first.let_go.is_set() and second.let_go.is_set()):
        seen.append(first.made + second.made)
        await asyncio.sleep(0)
    assert max(after - before for before, after in pairwise(seen)) == 1


async def test_what_fails_breaks_off_for_its_readers_and_is_begun_anew(spools, caplog):
    failing, making = Making(20, fails_at=10), Making(20)
    with pytest.raises(Unavailable):
        await whole(spools.find(NAME, failing))
    assert "a listing could not be made" in caplog.text
    assert await whole(spools.find(NAME, making)) == making.whole


async def test_a_folder_that_is_not_there_is_no_fault_of_the_asker(tmp_path):
    async with spools_in(tmp_path / "gone") as spools:
        with pytest.raises(Unavailable):
            spools.find(NAME, Making())


@pytest.mark.parametrize("bounds", [{"most": 1}, {"total": 30_000}], ids=["number", "bytes"])
async def test_the_oldest_makes_room_and_its_readers_read_on(tmp_path, bounds):
    first, second, again = Making(20), Making(20), Making(20)
    async with spools_in(tmp_path, **bounds) as spools:
        stream = spools.find(NAME, first)
        await first.let_go.wait()
        spools.find(OTHER, second)
        await second.let_go.wait()
        spools.find(("https://pod.example/ana/", '"7f-ttl"'), Making(0))
        assert await whole(stream) == first.whole
        assert await whole(spools.find(NAME, again)) == again.whole


async def test_what_is_under_way_ends_with_the_server(tmp_path):
    making = Making(10**9)
    async with spools_in(tmp_path) as spools:
        await spools.find(NAME, making).read(0)
    assert making.let_go.is_set()


async def test_what_was_not_begun_ends_with_the_server_too(tmp_path):
    async with spools_in(tmp_path) as spools:
        stream = spools.find(NAME, Making())
    with pytest.raises(Unavailable):
        await stream.read(0)


async def test_no_file_has_a_name(spools, tmp_path):
    making = Making(3)
    stream = spools.find(NAME, making)
    await whole(stream)
    assert list(tmp_path.iterdir()) == []
