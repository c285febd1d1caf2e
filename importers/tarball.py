"""Reading tar archives without trusting them, as importers.archive reads ZIP: Takeout has either.

Format: POSIX.1-2017 pax, "ustar Interchange Format", and what GNU tar makes of it. An archive is
read from a file in which one can go back, so that each file of it can be read when it is wanted.
Nothing is written anywhere. Of a file with holes, and of one that the archive keeps as a link to
another, nothing is read; nor is an extended header that is longer than one has to be.
"""

import tarfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from importers.archive import (
    DAMAGED,
    LEADS_OUT,
    LINK,
    NO_ARCHIVE,
    OF_AN_EXPORT,
    TOO_MANY,
    TOO_MUCH,
    TWICE,
    Bounds,
    Unreadable,
    as_told,
    leads_out,
)
from importers.contract import Problem

_AT, _MARK = 257, b"ustar"
_BLOCK: Final = 512
_PIECE: Final = 1 << 16
_LONGEST_HEADER: Final = 1 << 20
_NO_FILE: Final = "it is no file that could be read"
_BROKEN: Final = (tarfile.TarError, OSError, EOFError, ValueError, OverflowError, MemoryError)


def is_tar(head: bytes) -> bool:
    """Whether octets are the beginning of a tar archive."""
    return head[_AT : _AT + len(_MARK)] == _MARK


class Tarball:
    """A tar archive, whose files are read one by one, within its bounds."""

    def __init__(self, file: BinaryIO, bounds: Bounds = OF_AN_EXPORT) -> None:
        self._file = cast(BinaryIO, _Careful(file))
        self._bounds = bounds
        self._left = bounds.octets

    def entries(self) -> Iterator["TarEntry | Problem"]:
        """Every file, in the order of the archive; a Problem for each that is not even opened.

        Where the archive breaks, a Problem is the last.
        """
        try:
            # Only `r:` reads it as it is; other modes would unpack what is packed in it.
            archive = tarfile.open(fileobj=self._file, mode="r:", encoding="utf-8")  # noqa: SIM115
        except _BROKEN:
            yield Problem("/", NO_ARCHIVE)
            return
        seen: set[str] = set()
        while True:
            try:
                found = archive.next()
            except _BROKEN:
                yield Problem("/", NO_ARCHIVE)
                return
            if found is None:
                break
            # It would keep all of them, however many there are.
            archive.members = []  # type: ignore[attr-defined]  # typeshed does not name it
            if found.isdir():
                continue
            if len(seen) >= self._bounds.files:
                yield Problem("/", TOO_MANY)
                return
            reason = _refusal(found, seen)
            seen.add(found.name)
            name = as_told(found.name)
            yield Problem(name, reason) if reason else TarEntry(self, archive, found)
        if not self._ends(archive.offset):
            yield Problem("/", NO_ARCHIVE)

    def pieces(
        self, archive: tarfile.TarFile, entry: tarfile.TarInfo
    ) -> Generator[bytes, None, None]:
        """The octets of one file, piece by piece. Raises Unreadable where they are not read on."""
        try:
            packed = archive.extractfile(entry)
            while packed and (piece := packed.read(_PIECE)):
                self._left -= len(piece)
                if self._left < 0:
                    raise Unreadable(TOO_MUCH)
                yield piece
        except _BROKEN as error:
            raise Unreadable(DAMAGED) from error

    def _ends(self, at: int) -> bool:
        """Whether an archive ends as it should: with a block of zeros, at the place of a header."""
        self._file.seek(at)
        return self._file.read(_BLOCK) == bytes(_BLOCK)


@dataclass(frozen=True, slots=True)
class TarEntry:
    """A file of a tar archive that may be read."""

    tarball: Tarball
    opened: tarfile.TarFile
    entry: tarfile.TarInfo

    @property
    def name(self) -> str:
        """The name, with the folders it is in, as it may be told."""
        return as_told(self.entry.name)

    @property
    def size(self) -> int:
        """How many octets the archive says it has."""
        return self.entry.size

    def pieces(self) -> Generator[bytes, None, None]:
        """Its octets. Raises Unreadable where they are not read on."""
        return self.tarball.pieces(self.opened, self.entry)


class _Careful:
    """A file of which nobody reads more at once than a header of an honest archive is long."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _LONGEST_HEADER:
            raise tarfile.ReadError("a header is too long")
        return self._file.read(size)

    def seek(self, place: int) -> int:
        return self._file.seek(place)

    def tell(self) -> int:
        return self._file.tell()


def _refusal(entry: tarfile.TarInfo, seen: set[str]) -> str:
    """Why a file is not even opened; "" where it may be."""
    if leads_out(entry.name):
        return LEADS_OUT
    if entry.issym() or entry.islnk():
        return LINK
    if entry.issparse():
        return DAMAGED
    if not entry.isreg():
        return _NO_FILE
    return TWICE if entry.name in seen else ""
