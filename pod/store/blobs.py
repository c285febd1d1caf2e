"""Large bodies as files named by their SHA-256: `blobs/ab/cdef…`.

INVARIANT (no body is lost): a blob is unlinked only by a writer that holds the write lock of the
database and sees no resource that names it; a change that names a blob looks, under the same lock,
that its file is there. So whatever other process works on the pod, no committed row is left
without its bytes.

A blob that was received and is not named yet is claimed, so that nobody in this process takes it
for left over. A claim ends with the commit that names the blob, or after the time of grace. What
another process may be storing is claimed for it too; that claim does not end with this process.
"""

import math
import os
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from threading import Lock

from pod.model import Blob, Content
from pod.problems import NotFound
from pod.store.sqlite import PRIVATE_FOLDER

GRACE_SECONDS = 600.0
INCOMING = "incoming"


class Blobs:
    """The files of one pod."""

    def __init__(self, folder: Path, *, grace: float = GRACE_SECONDS) -> None:
        self.folder = folder
        self.incoming = folder / INCOMING
        self.grace = grace
        # Digest → when each claim ends, in monotonic seconds; one for each time it was received.
        self._claims: dict[str, list[float]] = {}
        # File, finished or not → when it is surely left over, in monotonic seconds.
        self._foreign: dict[Path, float] = {}
        self._unfinished: tuple[Path, ...] = ()  # those that were there before any of our own
        self._lock = Lock()

    def prepare(self) -> None:
        """Make the folders, and note what is in them, before anything is received here."""
        for folder in (self.folder, self.incoming):
            folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        self._unfinished = tuple(self.incoming.iterdir())

    def path_of(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest[2:]

    def holds(self, blob: Blob) -> bool:
        """Whether the file is there, as long as it should be."""
        try:
            return self.path_of(blob.digest).stat().st_size == blob.size
        except FileNotFoundError:
            return False

    def read(self, content: Content) -> bytes:
        """The bytes of a content. Raises NotFound when it was deleted meanwhile."""
        if not isinstance(content, Blob):
            return content
        try:
            return self.path_of(content.digest).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("the content was deleted meanwhile") from error

    def place(self, file: Path, digest: str) -> None:
        """Give a finished file its name, durably, and claim it. It replaces an equal one."""
        target = self.path_of(digest)
        with self._lock:
            self._claim(digest)
            if not target.parent.exists():
                target.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
                sync_folder(self.folder)
            file.replace(target)
        sync_folder(target.parent)

    def hold(self, digest: str) -> None:
        """Let every claim on a blob end later, by the time of grace from now; from any thread."""
        until = time.monotonic() + self.grace
        with self._lock:
            if digest in self._claims:
                self._claims[digest] = [until for _ in self._claims[digest]]

    def release(self, digests: Iterable[str]) -> None:
        """End a claim on each of these blobs: a commit names them now."""
        with self._lock:
            for digest in digests:
                self._end(digest, 1)

    def unclaimed(self, *, all_claims_end: bool = False) -> frozenset[str]:
        """End the claims whose time is over, or all of our own; the blobs that may be left over."""
        now = time.monotonic()
        until = math.inf if all_claims_end else now
        with self._lock:
            over = {
                digest: sum(end <= until for end in ends) for digest, ends in self._claims.items()
            }
            for digest, number in over.items():
                self._end(digest, number)
            left = {file for file, end in self._foreign.items() if end <= now}
            for file in left:
                del self._foreign[file]
                if file.parent == self.incoming:
                    file.unlink(missing_ok=True)
        blobs = {file.parent.name + file.name for file in left if file.parent != self.incoming}
        return frozenset(blobs | {digest for digest, number in over.items() if number})

    @property
    def claimed(self) -> bool:
        """Whether any claim is still running."""
        return bool(self._claims or self._foreign)

    def unlink(self, digest: str) -> None:
        """Remove a file that no resource names, unless it was just received again."""
        file = self.path_of(digest)
        with self._lock:
            if digest not in self._claims and file not in self._foreign:
                file.unlink(missing_ok=True)

    def digests(self) -> Iterator[str]:
        """Every blob that has a file."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            for file in sorted(folder.iterdir()):
                yield folder.name + file.name

    def is_left_over(self, file: Path, *, now: float) -> bool:
        """Whether a file that no resource names has been so for longer than any upload takes.

        `now` is in seconds since 1970, as file times are.
        """
        try:
            return now - file.stat().st_mtime >= self.grace
        except FileNotFoundError:  # somebody has just removed it
            return False

    def sweep(self, *, named: Collection[str], now: float) -> None:
        """Remove what an earlier run left over. `now` is in seconds since 1970, as file times are.

        What is younger than the time of grace may belong to another process, and is claimed for it,
        unless it was received here since: this process may receive while the sweep runs.
        """
        for file in self._unfinished:
            if self.is_left_over(file, now=now):
                file.unlink(missing_ok=True)
            else:
                with self._lock:
                    self._leave(file)
        for digest in self.digests():
            if digest in named:
                continue
            if self.is_left_over(self.path_of(digest), now=now):
                self.unlink(digest)
                continue
            with self._lock:
                if digest not in self._claims:
                    self._leave(self.path_of(digest))

    def _leave(self, file: Path) -> None:
        self._foreign[file] = time.monotonic() + self.grace

    def _claim(self, digest: str) -> None:
        self._claims.setdefault(digest, []).append(time.monotonic() + self.grace)

    def _end(self, digest: str, number: int) -> None:
        left = self._claims.pop(digest, [])[number:]
        if left:
            self._claims[digest] = left


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
