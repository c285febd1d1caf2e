"""Reading ZIP archives without trusting them: what is in one, or why it is not read.

Nothing is written anywhere, names only say what a file is, and what is unpacked is counted as it
comes, whatever the archive says of its sizes.
"""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, Final

from importers.contract import Problem
from importers.text import octets, printable

MARK = b"PK\x03\x04"

_BLOCK = 1 << 16
# Deflate makes at most 1,032 octets of one. Tables and texts of holders come to some tens.
_MOST_TIMES = 200
_SMALL = 1 << 20
_ENCRYPTED = 0x1
_IN_UTF8 = 0x800
_LONGEST_NAME = 200
# APPNOTE.TXT §4.3.7, the local file header: of it the compression method, the compressed size, and
# how long the name and the extra field are.
_LOCAL = struct.Struct("<8xH8xI4xHH")
# APPNOTE.TXT §4.3.16, the end of central directory record: of it how many entries there are, in
# front of a comment of at most 65,535 octets. In ZIP64 (§4.4.1.4) all bits of it are set.
_END = struct.Struct("<10xH")
_END_MARK = b"PK\x05\x06"
_LONGEST_END = (1 << 16) + 22
_IN_ZIP64 = 0xFFFF

NO_ARCHIVE: Final = "the archive is damaged or cut short: download it anew"
LEADS_OUT: Final = "its name leads out of the archive, so it is not read"
TOO_MUCH: Final = "it unpacks to more than an export has, so it is not read on"
LINK: Final = "it is a link to another file, and no file itself"
_LOCKED = "it is locked with a password: unpack it and import the files in it"
_WITHIN = "an archive within an archive is not opened: unpack it and import the files in it"
DAMAGED: Final = (
    "it is damaged or packed in a way that is not read: unpack it and import it by itself"
)
TOO_MANY: Final = "the archive has more files than an export has, and none is read"
TWICE: Final = "the archive has another file of this name, and only the first is read"
_SOME_LOST = "the archive says that it has more or fewer files than are found: download it anew"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many files an archive may have, and how many octets they may have together."""

    files: int
    octets: int


OF_AN_EXPORT: Final = Bounds(files=10_000, octets=256 << 20)
"""What one importer reads whole."""

OF_A_LIFE: Final = Bounds(files=500_000, octets=64 << 30)
"""What is sorted file by file: all that a platform has of somebody."""


class Unreadable(Exception):
    """A file of an archive that is not read on; its text is the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name, with the folders it is in, and its octets."""

    name: str
    content: bytes

    @property
    def locator(self) -> str:
        return self.name

    @property
    def file(self) -> str:
        """The name without folders."""
        return self.name.rpartition("/")[2]


class Archive:
    """A ZIP archive, whose files are unpacked one by one, within its bounds."""

    def __init__(self, file: BinaryIO, bounds: Bounds = OF_AN_EXPORT) -> None:
        self._file = file
        self._bounds = bounds
        self._left = bounds.octets

    def entries(self) -> Iterator["Entry | Problem"]:
        """Every file, in the order of the archive; a Problem for each that is not even opened."""
        try:
            archive = zipfile.ZipFile(self._file)
            # What has octets is no folder, whatever is left of its name.
            found = [one for one in archive.infolist() if one.file_size or not one.is_dir()]
            stated = _stated(self._file)
        except _BROKEN:
            yield Problem("/", NO_ARCHIVE)
            return
        if len(found) > self._bounds.files:
            yield Problem("/", TOO_MANY)
            return
        if stated not in {_IN_ZIP64, len(archive.infolist())}:
            yield Problem("/", _SOME_LOST)
        seen: set[str] = set()
        for entry in found:
            reason = _refusal(entry, seen)
            seen.add(entry.filename)
            yield Problem(_shown(entry), reason) if reason else Entry(self, archive, entry)

    def unpacked(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo
    ) -> Generator[bytes, None, None]:
        """The octets of one file, piece by piece. Raises Unreadable where they are not read on."""
        most = max(_SMALL, entry.compress_size * _MOST_TIMES)
        try:
            with archive.open(entry) as packed:
                yield from self._counted(packed, most)
        except _BROKEN as error:
            raise Unreadable(DAMAGED) from error

    def _counted(self, packed: IO[bytes], most: int) -> Iterator[bytes]:
        """What is unpacked, counted as it comes, whatever the archive says of its sizes."""
        while block := packed.read(_BLOCK):
            most -= len(block)
            self._left -= len(block)
            if most < 0 or self._left < 0:
                raise Unreadable(TOO_MUCH)
            yield block


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive that may be unpacked."""

    archive: Archive
    opened: zipfile.ZipFile
    entry: zipfile.ZipInfo

    @property
    def name(self) -> str:
        """The name, with the folders it is in, as it may be told."""
        return _shown(self.entry)

    @property
    def size(self) -> int:
        """How many octets the archive says it has."""
        return self.entry.file_size

    def pieces(self) -> Generator[bytes, None, None]:
        """Its octets. Raises Unreadable where they are not read on."""
        return self.archive.unpacked(self.opened, self.entry)


def members(export: BinaryIO) -> Iterator[Member | Problem]:
    """Every file of a ZIP archive, in its order; a Problem for each that is not read, and why."""
    for entry in Archive(io.BytesIO(octets(export)), OF_AN_EXPORT).entries():
        yield entry if isinstance(entry, Problem) else _member(entry)


def _member(entry: Entry) -> Member | Problem:
    try:
        content = b"".join(entry.pieces())
    except Unreadable as reason:
        return Problem(entry.name, str(reason))
    if content.startswith(MARK):
        return Problem(entry.name, _WITHIN)
    return Member(entry.name, content)


def first_files(head: bytes) -> Iterator[Member]:
    """The files that begin in the first octets of an archive, as much of each as is there.

    This is for recognising an archive; it stops where the next file cannot be found.
    """
    place, left = 0, _SMALL
    while left > 0 and head[place : place + 4] == MARK and len(head) >= place + _LOCAL.size:
        method, packed, name, extra = _LOCAL.unpack_from(head, place)
        begin = place + _LOCAL.size + name + extra
        shown = head[place + _LOCAL.size :][:name].decode("utf-8", "replace")
        content, end = _begun(head, begin, method, packed)
        left -= len(content)
        yield Member(shown, content)
        # After a file whose size is not told beforehand there are up to 24 octets that tell it.
        place = head.find(MARK, end, end + 28)


def _begun(head: bytes, begin: int, method: int, packed: int) -> tuple[bytes, int]:
    """As much of a file as is there, at most a mebibyte, and where it ends in the archive."""
    if method != zipfile.ZIP_DEFLATED:
        return head[begin : begin + packed], begin + packed
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpack.decompress(head[begin:], _SMALL)
    except zlib.error:
        return b"", len(head)
    return content, len(head) - len(unpack.unused_data)


# What zipfile and the decompressors raise for archives that are none.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)


def _stated(file: BinaryIO) -> int:
    """How many entries the archive says that it has, in its end record."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _LONGEST_END))
    tail = file.read(_LONGEST_END)
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) < at + _END.size:
        return _IN_ZIP64
    (count,) = _END.unpack_from(tail, at)
    return int(count)


def _refusal(entry: zipfile.ZipInfo, seen: set[str]) -> str:
    """Why a file is not even opened; "" where it may be."""
    if leads_out(entry.filename) or "\0" in entry.orig_filename:
        return LEADS_OUT
    if entry.filename in seen:
        return TWICE
    # APPNOTE.TXT §4.4.15: on Unix the high half has what the file system says of a file.
    if stat.S_ISLNK(entry.external_attr >> 16):
        return LINK
    return _LOCKED if entry.flag_bits & _ENCRYPTED else ""


def leads_out(name: str) -> bool:
    """Whether the name of a file in an archive leads to a place outside of it."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or ":" in parts[0]


def as_told(name: str) -> str:
    """The name of a file in an archive, with the folders it is in, as it may be told."""
    return printable(name.replace("\\", "/"))[:_LONGEST_NAME]


def _shown(entry: zipfile.ZipInfo) -> str:
    return as_told(_text_of(entry))


def _text_of(entry: zipfile.ZipInfo) -> str:
    """The name, which many programs write in UTF-8 without saying so.

    APPNOTE.TXT §4.4.4, appendix D: where bit 11 is not set it is in the code page 437.
    """
    if entry.flag_bits & _IN_UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
