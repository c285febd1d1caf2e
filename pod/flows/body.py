"""A body taken whole into memory, for forms and queries."""

from collections.abc import AsyncIterator

from pod.problems import TooLarge


async def whole(pieces: AsyncIterator[bytes], limit: int) -> bytes:
    """The body; raises TooLarge as soon as it is longer than `limit` bytes."""
    found = bytearray()
    async for piece in pieces:
        found += piece
        if len(found) > limit:
            raise TooLarge(f"this address takes at most {limit} bytes")
    return bytes(found)
