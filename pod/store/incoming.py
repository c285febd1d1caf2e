"""Taking bodies in: small ones stay in memory, larger ones are written while they arrive."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from hashlib import sha256
from threading import Lock

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
    upload = _Upload(blobs)
    try:
        writing = asyncio.ensure_future(asyncio.to_thread(upload.write, head))
        piece = bytearray()
        async for chunk in chunks:
            piece += chunk
            if len(piece) >= PIECE:
                await writing
                writing = asyncio.ensure_future(asyncio.to_thread(upload.write, piece))
                piece = bytearray()
        await writing
        return await asyncio.to_thread(upload.finish, piece)
    except BaseException:
        # In a thread, because it waits for the piece that is being written; to the end, because
        # the asker may be gone.
        await asyncio.shield(asyncio.to_thread(upload.abandon))
        raise


@contextmanager
def _or_unavailable() -> Iterator[None]:
    """The disk is full or broken: the asker may try again later."""
    try:
        yield
    except OSError as error:
        raise Unavailable("the body could not be stored; try again later") from error


class _Upload:
    """A file that is being written, by one thread at a time, until it is finished or abandoned."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._path = blobs.incoming / secrets.token_hex(16)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with _or_unavailable():
            self._file = os.fdopen(os.open(self._path, flags, PRIVATE_FILE), "wb", buffering=0)
        self._hash = sha256()
        self._size = 0
        self._lock = Lock()

    def write(self, piece: bytearray) -> None:
        with self._lock, _or_unavailable():
            self._write(piece)

    def finish(self, piece: bytearray) -> Blob:
        with self._lock, _or_unavailable():
            self._write(piece)
            os.fsync(self._file.fileno())
            self._file.close()
            digest = self._hash.hexdigest()
            self._blobs.place(self._path, digest)
            return Blob(digest, self._size)

    def _write(self, piece: bytearray) -> None:
        rest = memoryview(piece)
        while rest and not self._file.closed:  # abandoned while the piece waited for its thread
            rest = rest[self._file.write(rest) :]
        self._hash.update(piece)
        self._size += len(piece)

    def abandon(self) -> None:
        with self._lock:
            self._file.close()
            self._path.unlink(missing_ok=True)
