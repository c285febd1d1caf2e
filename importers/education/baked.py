"""Open Badges that are baked into a picture: the text that a PNG or an SVG carries.

https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/baking/, and Open Badges 3.0 §5.3.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from importers.contract import Problem
from importers.document import Element
from importers.markup import elements

PNG: Final = b"\x89PNG\r\n\x1a\n"
_KEYWORDS: Final = frozenset({b"openbadges", b"openbadgecredential", b"clrcredential"})
_SVG_PATHS: Final = frozenset({"/svg/assertion", "/svg/credential"})
_LARGEST: Final = 4 << 20
_NO_BADGE: Final = "this picture carries no badge"
_DAMAGED: Final = "the part of the picture that carries the badge is damaged: download it anew"
_CUT: Final = "the picture is damaged or cut short: download it anew"


def carries_badge(head: bytes) -> bool:
    """Whether a picture that begins like this names a badge in its first octets."""
    if head.startswith(PNG):
        return any(
            b"iTXt" + word + b"\0" in head or b"tEXt" + word + b"\0" in head for word in _KEYWORDS
        )
    return b"<svg" in head and (b"openbadges" in head.lower() or b"/ob/v3" in head)


def of_png(content: bytes) -> Iterator[Element | Problem]:
    """The text of each chunk that carries a badge, by its number."""
    place, number, found = len(PNG), 0, False
    while place + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, place)
        kind, end = content[place + 4 : place + 8], place + 12 + length
        if end > len(content):
            break
        number += 1
        body = content[place + 8 : end - 4]
        word = body.partition(b"\0")[0]
        if kind in {b"iTXt", b"tEXt"} and word in _KEYWORDS:
            found = True
            whole = zlib.crc32(kind + body) == struct.unpack_from(">I", content, end - 4)[0]
            text = _text(kind, body[len(word) + 1 :]) if whole else None
            where = f"chunk={number}"
            yield Problem(where, _DAMAGED) if text is None else Element(where, text)
        if kind == b"IEND":
            if not found:
                yield Problem("/", _NO_BADGE)
            return
        place = end
    yield Problem("/", _CUT, row=not found)


def of_svg(content: bytes) -> Iterator[Element | Problem]:
    """The signature or the document of each element that carries a badge."""
    found = False
    for one in elements(BytesIO(content), _SVG_PATHS):
        found = True
        if isinstance(one, Problem):
            yield one
            continue
        verify, text = one.attributes.get("verify", "").strip(), one.text.strip()
        # A hosted badge has its address in `verify` and the document itself as text.
        said = (
            verify if verify.count(".") == 2 and not verify.startswith("http") else text or verify
        )
        yield Element(one.locator, said) if said else Problem(one.locator, _NO_BADGE)
    if not found:
        yield Problem("/", _NO_BADGE)


def _text(kind: bytes, body: bytes) -> str | None:
    """PNG §11.3.3: what stands behind the keyword; None for what cannot be read."""
    if kind == b"tEXt":
        return body.decode("latin-1")
    compressed, rest = body[:2], body[2:]
    text = rest.partition(b"\0")[2].partition(b"\0")[2]  # behind the language and its keyword
    try:
        if compressed[:1] == b"\1":
            unpack = zlib.decompressobj()
            text = unpack.decompress(text, _LARGEST)
            if not unpack.eof:
                return None
        return text.decode("utf-8")
    except (zlib.error, UnicodeDecodeError):
        return None
