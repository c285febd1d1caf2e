"""Addresses as exports have them, of pages and of much else, as IRIs."""

import re
from ipaddress import AddressValueError, IPv6Address
from typing import Final
from urllib.parse import quote

from importers.contract import Iri

_PARTS: Final = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*):(?://(?P<authority>[^/?#]*))?(?P<path>[^?#]*)"
    r"(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.IGNORECASE | re.DOTALL,
)
# A page, whose address has no name of a user in it.
_PAGE: Final = re.compile(r"\s*https?://[^\s/?#@]+(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
_HOST: Final = re.compile(
    r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[^\[\]:@]*))(?P<port>:\d{0,5})?"
)
# What they lead to is in them: a whole document or programme.
_NO_PLACES: Final = frozenset({"data", "javascript", "blob"})
# RFC 3986 §3.3 to §3.5, and the percent sign of what is written in hex already.
_OF_PATH: Final = "!$%&'()*+,/:;=@~-._"
_OF_QUERY: Final = _OF_PATH + "?"
_BAD_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LONGEST: Final = 4000


def address_of(text: str) -> Iri | None:
    """The IRI of an address, without the name and password of a user that may stand in it.

    None for what is none, has a document in it (`data:`), or has more than 4,000 characters.
    """
    found = _PARTS.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None or found["scheme"].lower() in _NO_PLACES:
        return None
    authority = _authority(found["authority"])
    if found["authority"] is not None and authority is None:
        return None
    place = "" if authority is None else f"//{authority}"
    query, fragment = found["query"] or "", found["fragment"] or ""
    return Iri(
        f"{found['scheme']}:{place}{_quoted(found['path'], _OF_PATH)}"
        + (query and "?" + _quoted(query[1:], _OF_QUERY))
        + (fragment and "#" + _quoted(fragment[1:], _OF_QUERY))
    )


def page_of(text: str) -> Iri | None:
    """The IRI of a page, None for what is no address of the web or has the name of a user in it."""
    return address_of(text) if _PAGE.fullmatch(text) else None


def _authority(text: str | None) -> str | None:
    """The host and port of an address, None where there is none or it is damaged."""
    found = _HOST.fullmatch((text or "").rpartition("@")[2])
    if text is None or found is None:
        return None
    port = found["port"] or ""
    if found["six"] is None:
        return _quoted(found["name"], "!$%&'()*+,;=~-._") + port
    try:
        return f"[{IPv6Address(found['six'])}]{port}"
    except AddressValueError:
        return None


def _quoted(text: str, kept: str) -> str:
    return quote(_BAD_PERCENT.sub("%25", text), safe=kept, errors="replace")
