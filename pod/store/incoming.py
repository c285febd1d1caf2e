"""Taking bodies in: small ones stay in memory, larger ones are written while they arrive."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from pod.model import Blob, Content
from pod.problems import Unavailable
from pod.store.blobs import Blobs
from pod.store.sqlite import PRIVATE_FILE

PIECE = 1024 * 1024  # bytes handed to the writing thread at once: at most two pieces are in memory


async def receive(chunks: AsyncIterator[bytes], blobs: Blobs, *, memory_body: int) -> Content:
    """The content that the chunks make; a blob when it is longer than `memory_body` bytes.

    When the chunks end with an error, nothing is kept of them.
    """
    head = bytearray()
    async for chunk in chunks:
        head += chunk
        if len(head) > memory_body:
            return await _receive_file(head, chunks, blobs)
    return bytes(head)


async def _receive_file(head: bytearray, chunks: AsyncIterator[bytes], blobs: Blobs) -> Blob:
    # One thread at a time has the upload: each step is waited for before the next. Shielded,
    # because a thread cannot be stopped: even when the asker goes, its step runs to the end.
    upload = _Upload(blobs)
    step: asyncio.Future[Any] = _start(upload.write, head)
    try:
        piece = bytearray()
        async for chunk in chunks:
            piece += chunk
            if len(piece) >= PIECE:
                await asyncio.shield(step)
                step = _start(upload.write, piece)
                piece = bytearray()
        await asyncio.shield(step)
        step = _start(upload.finish, piece)
        blob: Blob = await asyncio.shield(step)
    except BaseException:
        await asyncio.shield(_abandon(upload, step))
        raise
    return blob


def _start(work: Callable[[bytearray], Any], piece: bytearray) -> "asyncio.Future[Any]":
    return asyncio.ensure_future(asyncio.to_thread(work, piece))


async def _abandon(upload: "_Upload", step: "asyncio.Future[Any]") -> None:
    await asyncio.gather(step, return_exceptions=True)
    await asyncio.to_thread(upload.abandon)


@contextmanager
def _or_unavailable() -> Iterator[None]:
    """The disk is full or broken: the asker may try again later."""
    try:
        yield
    except OSError as error:
        raise Unavailable("the body could not be stored; try again later") from error


class _Upload:
    """A file that is being written until it is finished or abandoned."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._path = blobs.incoming / secrets.token_hex(16)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with _or_unavailable():
            self._file = os.fdopen(os.open(self._path, flags, PRIVATE_FILE), "wb", buffering=0)
        self._hash = sha256()
        self._size = 0

    def write(self, piece: bytearray) -> None:
        with _or_unavailable():
            rest = memoryview(piece)
            while rest:
                rest = rest[self._file.write(rest) :]
        self._hash.update(piece)
        self._size += len(piece)

    def finish(self, piece: bytearray) -> Blob:
        self.write(piece)
        digest = self._hash.hexdigest()
        with _or_unavailable():
            os.fsync(self._file.fileno())
            self._file.close()
            self._blobs.place(self._path, digest)
        return Blob(digest, self._size)

    def abandon(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)
