"""Addresses of pages as they stand in exports, as IRIs."""

import re
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

from importers.contract import Iri

_PLAIN: Final = re.compile(r"https?://[^\s/?#@]+(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
# RFC 3986 §2.2 and §2.3, and the percent sign of what is written in hex already.
_KEPT: Final = "!#$%&'()*+,/:;=?@[]~-._"
_BAD_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LONGEST: Final = 4000


def web_address(text: str) -> Iri | None:
    """The IRI of a page, None for what is no address of the web."""
    plain = text.strip()
    if len(plain) > _LONGEST or not _PLAIN.fullmatch(plain):
        return None
    try:
        urlsplit(plain)
    except ValueError:
        return None
    kept = quote(_BAD_PERCENT.sub("%25", plain), safe=_KEPT)
    place, _, fragment = kept.partition("#")
    # RFC 3986 §3.2.2: brackets stand around the address of a host, and nowhere else.
    return Iri(_unbracketed(place) + (f"#{_unbracketed(fragment, '#')}" if fragment else ""))


def _unbracketed(text: str, also: str = "") -> str:
    if also:
        text = text.replace(also, "%23")
    return text.replace("[", "%5B").replace("]", "%5D")


def led_to(address: str) -> str:
    """Where a redirection of Google leads (`https://www.google.com/url?q=…`), else the address."""
    try:
        parts = urlsplit(address)
        is_google = (parts.hostname or "").removeprefix("www.").startswith("google.")
    except ValueError:
        return address
    if not is_google or parts.path != "/url":
        return address
    asked = parse_qs(parts.query)
    return next((asked[name][0] for name in ("q", "url") if name in asked), address)
