"""A file that may be compressed with gzip (RFC 1952), as archives of workouts hold them."""

import zlib
from typing import BinaryIO, Final, cast

_MARK: Final = b"\x1f\x8b"
_GZIP: Final = 16 + zlib.MAX_WBITS
_BLOCK: Final = 1 << 12
_LARGEST: Final = 1 << 30  # what a workout unpacks to is a thousandth of it


def head_of(head: bytes) -> bytes:
    """The first octets of a file, unpacked where it is compressed."""
    return _Inflated(_Again(head)).read(_BLOCK) if head.startswith(_MARK) else head


def begun(export: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first octets of a file, fewer where it has no more, and the file from its beginning.

    What is compressed is unpacked as it is read. Where that breaks the file ends: the format
    within it says how much is missing.
    """
    mark = _taken(export, len(_MARK))
    again = cast("BinaryIO", _Again(mark, export))
    plain = cast("BinaryIO", _Inflated(again)) if mark.startswith(_MARK) else again
    begin = _taken(plain, size)
    return begin, cast("BinaryIO", _Again(begin, plain))


def _taken(export: BinaryIO, size: int) -> bytes:
    begin = b""
    while len(begin) < size and (block := export.read(size - len(begin))):
        begin += block
    return begin


class _Again:
    """A file of which the first octets were read and are to be read again."""

    def __init__(self, begin: bytes, rest: BinaryIO | None = None) -> None:
        self._begin = begin
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        """At most so many octets, b"" at the end."""
        if not self._begin and self._rest:
            self._begin = self._rest.read(size)
        end = len(self._begin) if size < 0 else size
        begin, self._begin = self._begin[:end], self._begin[end:]
        return begin


class _Inflated:
    def __init__(self, export: "BinaryIO | _Again") -> None:
        self._export = export
        self._inflate = zlib.decompressobj(_GZIP)
        self._ready = b""
        self._left = _LARGEST
        self._is_over = False

    def read(self, size: int = -1) -> bytes:
        """At most so many octets; b"" at the end, and where the compression breaks."""
        while not self._ready and not self._is_over:
            block = self._export.read(_BLOCK)
            self._ready = self._unpacked(block)[: self._left]
            self._left -= len(self._ready)
            if not block or self._inflate.eof or not self._left:
                self._is_over = True
        end = len(self._ready) if size < 0 else size
        found, self._ready = self._ready[:end], self._ready[end:]
        return found

    def _unpacked(self, block: bytes) -> bytes:
        before = self._inflate.copy()
        try:
            return self._inflate.decompress(block, self._left + 1)
        except zlib.error:
            self._is_over = True
        found = bytearray()
        # Octet by octet, so that what lies before the one that is damaged is not lost.
        for place in range(len(block)):
            try:
                found += before.decompress(block[place : place + 1])
            except zlib.error:
                break
        return bytes(found)
