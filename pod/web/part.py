"""Bytes that stay as they are, with the tag that follows from them, or 304 for who has them."""

from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from aiohttp import web

from pod.http.coding import is_text, packed, packed_tag
from pod.model import Reply
from pod.web.packing import CODED, wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Bytes that stay as they are; `etag` is their entity tag, `caching` their Cache-Control.

    `is_packed` is whether they are in gzip.
    """

    media_type: str
    content: bytes
    etag: str
    caching: str
    is_packed: bool = False


def part(media_type: str, content: bytes, caching: str) -> Part:
    """Bytes with the tag that follows from them."""
    tag = f'"{sha256(content).hexdigest()[:16]}"'
    return Part(media_type=media_type, content=content, etag=tag, caching=caching)


def sent(found: Part, incoming: web.BaseRequest, *more: tuple[str, str]) -> Reply:
    """A part, in gzip for who takes that, or 304 for who has it; `more` are further fields."""
    shown = _packed(found) if wanted(incoming) and is_text(found.media_type) else found
    headers = (
        ("Content-Type", shown.media_type),
        ("ETag", shown.etag),
        ("Cache-Control", shown.caching),
        *more,
    )
    if shown.etag in incoming.headers.get("If-None-Match", ""):
        return Reply(status=304, headers=headers)
    coded = (CODED,) if shown.is_packed else ()
    return Reply(status=200, headers=(*headers, *coded), body=shown.content)


@lru_cache(maxsize=256)
def _packed(found: Part) -> Part:
    """The same in gzip, made once."""
    tag = packed_tag(found.etag)
    return replace(found, content=packed(found.content), etag=tag, is_packed=True)
