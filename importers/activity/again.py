"""A file of which the first octets are looked at before it is read."""

from typing import BinaryIO, cast


def begun(export: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first octets of a file, fewer where it has no more, and the file from its beginning."""
    begin = b""
    while len(begin) < size and (block := export.read(size - len(begin))):
        begin += block
    return begin, cast("BinaryIO", _Again(begin, export))


class _Again:
    def __init__(self, begin: bytes, rest: BinaryIO) -> None:
        self._begin = begin
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        """At most so many octets, b"" at the end."""
        if not self._begin:
            return self._rest.read(size)
        if 0 <= size < len(self._begin):
            begin, self._begin = self._begin[:size], self._begin[size:]
            return begin
        begin, self._begin = self._begin, b""
        return begin
