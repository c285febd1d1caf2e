"""Bytes that are sent as they are, with the tag that follows from them, or 304 for who has them."""

from dataclasses import dataclass
from hashlib import sha256

from aiohttp import web

from pod.model import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Bytes that stay as they are; `etag` is their entity tag, `caching` their Cache-Control."""

    media_type: str
    content: bytes
    etag: str
    caching: str


def part(media_type: str, content: bytes, caching: str) -> Part:
    """Bytes with the tag that follows from them."""
    tag = f'"{sha256(content).hexdigest()[:16]}"'
    return Part(media_type=media_type, content=content, etag=tag, caching=caching)


def sent(found: Part, incoming: web.BaseRequest, *more: tuple[str, str]) -> Reply:
    """A part, or 304 for who has it; `more` are further fields."""
    headers = (
        ("Content-Type", found.media_type),
        ("ETag", found.etag),
        ("Cache-Control", found.caching),
        *more,
    )
    if found.etag in incoming.headers.get("If-None-Match", ""):
        return Reply(status=304, headers=headers)
    return Reply(status=200, headers=headers, body=found.content)
