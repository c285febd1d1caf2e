"""Where an import lays out what it has read and what it will write, in bounded memory.

What does not fit lies in files without a name, so that nothing is left over by whoever is killed.
A workspace is used by one thread at a time. What the disk has no room for raises Unavailable.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from pod.problems import Unavailable
from pod.store.frozen import from_bytes, to_bytes

IN_MEMORY = 30_000  # values of all partitions together
DOCUMENTS_IN_MEMORY = 8 * 1024 * 1024  # bytes

Span = tuple[int, int]


class Workspace:
    """The partitions of one import, and the documents that were made of them."""

    def __init__(self, folder: Path, *, in_memory: int = IN_MEMORY) -> None:
        self.partitions = FilePartitions(folder, most=in_memory)
        self.documents = Documents(folder, most=DOCUMENTS_IN_MEMORY)

    def close(self) -> None:
        self.partitions.close()
        self.documents.close()


class FilePartitions:
    """Values by key, each key's in the order in which they were put; see pod.intake.partitions.

    At most `most` values are in memory. When they are more, all of them go to the file.
    """

    def __init__(self, folder: Path, *, most: int) -> None:
        self._file = _File(folder)
        self._most = most
        self._count = 0
        self._values: dict[str, list[Any]] = {}
        self._spans: dict[str, list[Span]] = {}

    def put(self, key: str, value: Any) -> None:
        self._values.setdefault(key, []).append(value)
        self._count += 1
        if self._count > self._most:
            self._spill()

    def keys(self) -> Collection[str]:
        """The keys that have values now."""
        return self._values.keys() | self._spans.keys()

    def take(self, key: str) -> list[Any]:
        """The values of a key, which has none from then on."""
        found: list[Any] = []
        for span in self._spans.pop(key, ()):
            found += from_bytes(self._file.read(span))
        left = self._values.pop(key, [])
        self._count -= len(left)
        return found + left if found else left

    def close(self) -> None:
        self._file.close()

    def _spill(self) -> None:
        for key, values in self._values.items():
            span = self._file.write(to_bytes(values))
            self._spans.setdefault(key, []).append(span)
        self._values.clear()
        self._count = 0


class Documents:
    """Documents by path, in the order in which they were put: at most `most` bytes in memory."""

    def __init__(self, folder: Path, *, most: int) -> None:
        self._file = _File(folder)
        self._room = most
        self._held: dict[str, bytes | Span] = {}

    def put(self, path: str, content: bytes) -> None:
        if len(content) <= self._room:
            self._room -= len(content)
            self._held[path] = content
        else:
            self._held[path] = self._file.write(content)

    def paths(self) -> Collection[str]:
        return self._held.keys()

    def size(self, path: str) -> int:
        held = self._held[path]
        return len(held) if isinstance(held, bytes) else held[1]

    def read(self, path: str) -> bytes:
        held = self._held[path]
        return held if isinstance(held, bytes) else self._file.read(held)

    def close(self) -> None:
        self._file.close()


class _File:
    """A file without a name, made when it is first written to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: Any = None
        self._end = 0

    def write(self, content: bytes) -> Span:
        with _or_unavailable():
            if self._file is None:
                self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by close
            self._file.seek(self._end)
            self._file.write(content)
        span = (self._end, len(content))
        self._end += len(content)
        return span

    def read(self, span: Span) -> bytes:
        start, length = span
        with _or_unavailable():
            self._file.seek(start)
            content: bytes = self._file.read(length)
        return content

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


@contextmanager
def _or_unavailable() -> Iterator[None]:
    """The disk is full or broken: the asker may try again later."""
    try:
        yield
    except OSError as error:
        raise Unavailable("there is no room for what is imported; try again later") from error
