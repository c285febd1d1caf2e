"""Long bodies that are made once for all who ask, and lie in files without a name until then.

Each is made in turns of the event loop that are short enough to be no hindrance to anybody, as
fast as the loop allows and not as fast as its readers read: so the state that it is made from is
soon let go, whoever has stopped reading. Belongs to the event loop's thread.
"""

import asyncio
import logging
import os
from collections import OrderedDict
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from tempfile import mkstemp
from weakref import finalize

from pod.model import Said
from pod.problems import Unavailable

PIECE = 64 * 1024  # bytes that are read at once
KEPT = 32  # bodies
KEPT_BYTES = 256 * 1024 * 1024

Name = tuple[str, str]
Pieces = Generator[bytes, None, Said]
log = logging.getLogger("pod")


class Spool:
    """One body. Its file goes with the last who holds it. What the generator of its pieces returns
    is what it says.
    """

    def __init__(self, folder: Path) -> None:
        self._file, path = mkstemp(dir=folder)
        finalize(self, os.close, self._file)
        Path(path).unlink()
        self._made = 0
        self._ended = False
        self._failed = False
        self._said: Said | None = None
        self._more = asyncio.Event()

    @property
    def size(self) -> int | None:
        return self._made if self._ended else None

    @property
    def said(self) -> Said | None:
        return self._said

    @property
    def failed(self) -> bool:
        """Whether it will never be whole."""
        return self._failed

    @property
    def made(self) -> int:
        """How many bytes there are so far."""
        return self._made

    async def read(self, at: int) -> bytes:
        """The next bytes; b"" at the end. Raises Unavailable when it cannot be made."""
        while at >= self._made and not self._ended:
            if self._failed:
                raise Unavailable("the listing could not be made; try again later")
            await self._more.wait()
        return os.pread(self._file, PIECE, at)

    async def make(self, pieces: Pieces, turns: asyncio.Lock) -> None:
        """Write the pieces down, one in each turn of the loop that `turns` gives."""
        try:
            with closing(pieces):
                while not self._ended:
                    async with turns:
                        self._write_next(pieces)
                        self._tell()
                        await asyncio.sleep(0)
        except Exception:
            log.exception("a listing could not be made")

    def leave(self, _making: object) -> None:
        """Nobody makes it any more, or ever began to: what there is not will not be."""
        self._failed = not self._ended
        self._tell()

    def _write_next(self, pieces: Pieces) -> None:
        try:
            rest = memoryview(next(pieces))
        except StopIteration as end:
            self._ended, self._said = True, end.value
            return
        while rest:
            written = os.pwrite(self._file, rest, self._made)
            self._made += written
            rest = rest[written:]

    def _tell(self) -> None:
        """Wake all who wait, and have the next ones wait anew."""
        self._more.set()
        self._more = asyncio.Event()


class Spools:
    """The bodies of a server that were asked for last."""

    def __init__(self, folder: Path, *, most: int = KEPT, total: int = KEPT_BYTES) -> None:
        self._folder = folder
        self._most = most
        self._total = total
        self._turns = asyncio.Lock()  # one piece a turn of the loop, of however many bodies
        self._kept: OrderedDict[Name, Spool] = OrderedDict()
        self._making: set[asyncio.Task[None]] = set()

    def find(self, name: Name, make: Callable[[], Pieces]) -> Spool:
        """The body of a name: whole, or under way, or begun now. Raises Unavailable."""
        spool = self._kept.get(name)
        if spool is not None and not spool.failed:
            self._kept.move_to_end(name)
            return spool
        try:
            spool = self._kept[name] = Spool(self._folder)
        except OSError as error:
            raise Unavailable("the listing could not be made; try again later") from error
        making = asyncio.get_running_loop().create_task(spool.make(make(), self._turns))
        self._making.add(making)
        making.add_done_callback(self._making.discard)
        making.add_done_callback(spool.leave)
        self._make_room()
        return spool

    async def close(self) -> None:
        """Stop what is under way."""
        self._kept.clear()
        for making in self._making:
            making.cancel()
        await asyncio.gather(*self._making, return_exceptions=True)

    def _make_room(self) -> None:
        """Let the oldest go; those who read them have them to the end."""
        size = sum(spool.made for spool in self._kept.values())
        while len(self._kept) > self._most or (size > self._total and len(self._kept) > 1):
            size -= self._kept.popitem(last=False)[1].made
