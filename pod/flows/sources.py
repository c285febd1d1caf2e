"""What has octets and a name, before anybody knows what it is: a file, what is packed in one, what
stands in an archive, or a folder as an archive.
"""

import gzip
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Final, Protocol, cast

from importers import HEAD, reach_of
from importers.archive import Entry, Unreadable
from importers.tarball import TarEntry
from importers.text import printable

UNREAD: Final = "it cannot be read: look at who may read it"
_DAMAGED: Final = "it is damaged or cut short: download it anew"
_TOO_MUCH: Final = "it unpacks to more than an export has, so it is not read on"
_TGZ: Final = ".tgz"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can say
_BLOCK: Final = 1 << 20
_MOST_TIMES: Final = 200


class Source(Protocol):
    """Something that has octets, and a name as it may be told."""

    @property
    def name(self) -> str:
        """With the folders and archives it is in."""
        ...

    @property
    def file(self) -> str:
        """Without them."""
        ...

    @property
    def weight(self) -> int:
        """How many octets it has, as far as can be told without reading it."""
        ...

    def pieces(self) -> Generator[bytes, None, None]:
        """Its octets. Raises Unreadable where they are not read on."""
        ...


@dataclass(frozen=True, slots=True)
class File:
    """A file on the disk, by the path that it is told by."""

    name: str
    path: Path

    @property
    def file(self) -> str:
        return printable(self.path.name)

    @property
    def weight(self) -> int:
        return _size_of(self.path)

    def pieces(self) -> Generator[bytes, None, None]:
        try:
            with self.path.open("rb") as opened:
                while piece := opened.read(_BLOCK):
                    yield piece
        except OSError as error:
            raise Unreadable(UNREAD) from error


@dataclass(frozen=True, slots=True)
class Member:
    """What stands in an archive."""

    name: str
    entry: Entry | TarEntry

    @property
    def file(self) -> str:
        return self.entry.name.rpartition("/")[2]

    @property
    def weight(self) -> int:
        return self.entry.size

    def pieces(self) -> Generator[bytes, None, None]:
        return self.entry.pieces()


@dataclass(frozen=True, slots=True)
class Packed:
    """What a file packed with gzip holds: it goes by the name of that file."""

    packed: Source

    @property
    def name(self) -> str:
        return self.packed.name

    @property
    def file(self) -> str:
        name = self.packed.file
        if name.lower().endswith(_TGZ):
            return f"{name[: -len(_TGZ)]}.tar"
        return name[:-3] if name.lower().endswith(".gz") else name

    @property
    def weight(self) -> int:
        return self.packed.weight

    def pieces(self) -> Generator[bytes, None, None]:
        with opened(self.packed) as file:
            left = file.seek(0, SEEK_END) * _MOST_TIMES + _BLOCK
            file.seek(0)
            try:
                with gzip.open(file) as unpacked:
                    while piece := unpacked.read(_BLOCK):
                        left -= len(piece)
                        if left < 0:
                            raise Unreadable(_TOO_MUCH)
                        yield piece
            except (OSError, EOFError, zlib.error) as error:
                raise Unreadable(_DAMAGED) from error


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as an archive of its files, which always is the same octets for the same files."""

    name: str
    path: Path

    @property
    def file(self) -> str:
        return f"{self.name}.zip"

    @property
    def weight(self) -> int:
        return sum(map(_size_of, self.path.rglob("*")))

    def pieces(self) -> Generator[bytes, None, None]:
        with TemporaryFile() as packed:
            try:
                with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                    for path in sorted(self.path.rglob("*")):
                        if path.is_file() and not path.is_symlink():
                            name = zipfile.ZipInfo(path.relative_to(self.path).as_posix(), _EPOCH)
                            archive.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED)
            except OSError as error:
                raise Unreadable(UNREAD) from error
            packed.seek(0)
            while piece := packed.read(_BLOCK):
                yield piece


def head_of(source: Source) -> bytes:
    """The first octets of a source, by which it is recognised. Raises Unreadable."""
    head = bytearray()
    reach = HEAD
    with closing(source.pieces()) as pieces:
        for piece in pieces:
            head += piece
            if len(head) >= HEAD:
                reach = reach_of(bytes(head[:HEAD]))
            if len(head) >= reach:
                break
    return bytes(head[:reach])


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """A source as a file from its beginning: its own, or a copy that goes. Raises Unreadable."""
    if isinstance(source, File):
        try:
            file = source.path.open("rb")
        except OSError as error:
            raise Unreadable(UNREAD) from error
        with file:
            yield file
        return
    with TemporaryFile() as copy:
        for piece in source.pieces():
            copy.write(piece)
        copy.seek(0)
        yield cast(BinaryIO, copy)


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
