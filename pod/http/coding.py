"""Content coding (RFC 9110 §8.4): who takes gzip, and what carries it besides the bytes."""

import gzip
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

GZIP: Final = "gzip"
_LEVEL: Final = (
    6  # a page of 50 kB takes a millisecond; 9 takes twice that, for one part in a hundred
)
# RFC 9110 §8.4.1.3: "A recipient SHOULD consider "x-gzip" to be equivalent to "gzip"".
_NAMES: Final = (GZIP, "x-gzip", "*")
_WEIGHT: Final = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)
_TEXTS: Final = re.compile(
    r"text/[\w.+-]+|application/(?:[\w.+-]+\+)?(?:json|xml)|application/n-(?:triples|quads)"
    r"|image/svg\+xml"
)


@lru_cache(maxsize=256)
def takes_gzip(field: str | None) -> bool:
    """Whether an Accept-Encoding wants gzip no less than bytes as they are; None is for none."""
    weights = dict(_weights(field or ""))
    found = next((weights[name] for name in _NAMES if name in weights), 0.0)
    return found > 0 and found >= weights.get("identity", 0.0)


def is_text(media_type: str) -> bool:
    """Whether a media type, with its parameters or without, is of text, which gzip makes small."""
    return _TEXTS.fullmatch(media_type.partition(";")[0].strip().lower()) is not None


def packed(content: bytes) -> bytes:
    """The bytes in gzip (RFC 1952), the same at any time."""
    return gzip.compress(content, _LEVEL, mtime=0)


def packed_tag(etag: str) -> str:
    """The entity tag of a representation once it is in gzip.

    RFC 9110 §8.8.3.3: representations that differ in their coding have different strong tags.
    """
    return f'{etag.removesuffix(chr(34))}-{GZIP}"'


def _weights(field: str) -> Iterator[tuple[str, float]]:
    for element in field.lower().split(","):
        name, _, given = element.partition(";")
        weight = _WEIGHT.fullmatch(given)
        if name.strip() and (weight or not given):
            yield name.strip(), float(weight[1]) if weight else 1.0
