"""The fields that keep a page of the server to itself: nothing is loaded, framed, or told of it."""

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import Final

from pod.web.reply import Headers

NOSNIFF: Final = ("X-Content-Type-Options", "nosniff")
_STYLE: Final = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


@lru_cache(maxsize=64)
def page_fields(page: bytes) -> Headers:
    """Those of a page that has no script, no form and no picture, but may have styles in it.

    They are named by their hashes: `self` would let in what lies in a pod of the same host.
    """
    hashes = [b64encode(sha256(text).digest()).decode() for text in _STYLE.findall(page)]
    styles = " ".join(f"'sha256-{text}'" for text in hashes) or "'none'"
    policy = (
        f"default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    return (
        ("Content-Security-Policy", policy),
        ("Referrer-Policy", "same-origin"),
        NOSNIFF,
    )
