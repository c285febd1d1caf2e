"""The server's own pages in gzip, for who takes that: an old phone has little of a network.

What lies in a pod is never packed: it is sent as it was stored, with the tag that it was given.
"""

import asyncio
from dataclasses import replace
from typing import Final

from aiohttp import web

from pod.http.coding import GZIP, is_text, packed, packed_tag, takes_gzip
from pod.http.cors import with_vary
from pod.model import Reply

CODED: Final = ("Content-Encoding", GZIP)
_ACCEPT = "Accept-Encoding"
_SMALLEST = 1024  # bytes; less than that goes in one packet however it is sent
_LONG = 128 * 1024  # from here on it takes so long that others would wait for it
_READ = frozenset({"GET", "HEAD"})


async def in_gzip(reply: Reply, incoming: web.BaseRequest, base: str) -> Reply:
    """The answer at an address of the server's own, packed where that is wanted and safe.

    `base` is the server's address. A part that is packed already is left as it is.
    """
    fields = dict(reply.headers)
    if incoming.method not in _READ or not is_text(fields.get("Content-Type", "")):
        return reply
    reply = replace(reply, headers=with_vary(reply.headers, _ACCEPT))
    body = reply.body
    if CODED in reply.headers or not isinstance(body, bytes) or len(body) < _SMALLEST:
        return reply
    if not wanted(incoming) or not _is_safe(fields, incoming, base):
        return reply
    body = await asyncio.to_thread(packed, body) if len(body) > _LONG else packed(body)
    return replace(reply, headers=_coded(reply.headers), body=body)


def wanted(incoming: web.BaseRequest) -> bool:
    """Whether who asks takes gzip."""
    return takes_gzip(incoming.headers.get(_ACCEPT))


def _is_safe(fields: dict[str, str], incoming: web.BaseRequest, base: str) -> bool:
    """Whether the length of what is packed tells nobody what is in it.

    INVARIANT (no length that tells): a page elsewhere that has a browser ask for one of ours, with
    words that ours repeats, sees in its length whether they stand there already (the attack that
    is called BREACH). So what is for one person is packed only where a page of this server, or
    nobody but herself, made her browser ask. What is shown once (codes, keys) answers a POST, and
    an answer to a POST is never packed.
    """
    if "Set-Cookie" in fields:
        return False
    if "Cookie" not in incoming.headers and "Authorization" not in incoming.headers:
        return True
    site = incoming.headers.get("Sec-Fetch-Site")
    if site is None:  # browsers of before 2023; a page elsewhere cannot write this one either
        return incoming.headers.get("Referer", "").startswith(base)
    return site in {"same-origin", "none"}


def _coded(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    tagged = ((n, packed_tag(value) if n == "ETag" else value) for n, value in headers)
    return (*tagged, CODED)
