"""A body taken no further than it may be: whole into memory, or on in pieces."""

from collections.abc import AsyncIterator

from pod.problems import TooLarge


async def whole(pieces: AsyncIterator[bytes], limit: int) -> bytes:
    """The body; raises TooLarge as soon as it is longer than `limit` bytes."""
    message = f"this address takes at most {limit} bytes"
    return b"".join([piece async for piece in bounded(pieces, limit, message)])


async def bounded(pieces: AsyncIterator[bytes], limit: int, message: str) -> AsyncIterator[bytes]:
    """The pieces; raises TooLarge as soon as they are longer than `limit` bytes together."""
    size = 0
    async for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooLarge(message)
        yield piece
