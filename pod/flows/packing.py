"""An archive that is made while it is sent: a ZIP file (APPNOTE 6.3) of files that are given piece
by piece, of which no more is in memory than one piece and the table of names at its end.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # APPNOTE 4.4.6: what a date can say
_LARGE = 1 << 30  # bytes from which on sizes are written in 64 bits
_PACKED = ("image/", "video/", "audio/", "application/zip", "application/pdf", "application/gzip")


class _Sink:
    """Takes what is written; it has no place to go back to, so nothing is written twice."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, octets: bytes) -> int:
        self._written.append(bytes(octets))
        return len(octets)

    def flush(self) -> None:
        """There is nothing behind it."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        whole = b"".join(self._written)
        self._written.clear()
        return whole


class Packing:
    """The archive. Its files are added one after the other; `rest` ends it."""

    def __init__(self) -> None:
        self._sink = _Sink()
        self._archive = ZipFile(self._sink, "w", ZIP_DEFLATED)

    def add(
        self, name: str, pieces: Iterator[bytes], when: datetime, *, media_type: str, size: int = 0
    ) -> Iterator[bytes]:
        """The octets by which the archive grows; `size` is about how long the file is, in bytes."""
        at = max(when, _EARLIEST)
        date_time = (at.year, at.month, at.day, at.hour, at.minute, at.second)
        info = ZipInfo(name, date_time=date_time)
        info.compress_type = ZIP_STORED if media_type.startswith(_PACKED) else ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with self._archive.open(info, "w", force_zip64=size > _LARGE) as file:
            for piece in pieces:
                file.write(piece)
                if grown := self._sink.taken():
                    yield grown
        yield self._sink.taken()

    def rest(self) -> bytes:
        """The end of the archive."""
        self._archive.close()
        return self._sink.taken()
