"""Headers of a message as texts, addresses and times.

Format: RFC 5322, with words in other letters as RFC 2047 encodes them or as plain octets.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from importers.clock import offset_of
from importers.text import decode

_FIELD: Final = re.compile(r"([!-9;-~]+):[ \t]*(.*)", re.DOTALL)
_FOLD: Final = re.compile(r"\r?\n(?=[ \t])")
_WORD: Final = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN: Final = re.compile(r"(\?=)[ \t\r\n]+(?==\?)")
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)')
_IN_BRACKETS: Final = re.compile(r"<([^<>]*)>")
_IDENTIFIER: Final = re.compile(r"<([^<>\s]+)>")
_LABEL: Final = re.compile(r'"[^"]*"|[^,]+')
_LONGEST_OFFSET: Final = timedelta(hours=14)
_FIRST_YEAR, _LAST_YEAR = 1970, 9998


def fields(content: bytes) -> dict[str, str]:
    """The fields of headers by their names in small letters, unfolded; of several the first."""
    found: dict[str, str] = {}
    for line in _FOLD.sub("", decode(content)).splitlines():
        field = _FIELD.fullmatch(line)
        if field:
            found.setdefault(field[1].lower(), field[2].strip())
    return found


def text(field: str) -> str:
    """A field as text, with its encoded words read (RFC 2047 §2), on one line."""
    joined = _BETWEEN.sub(r"\1", field)
    return " ".join("".join(_words(joined)).split())


def _words(field: str) -> Iterator[str]:
    """The pieces of a field. Neighbours of one charset are read as one: characters go over them."""
    at, held, charset = 0, b"", ""
    for word in _WORD.finditer(field):
        if held and (word.start() > at or word[1].lower() != charset):
            yield _decoded(held, charset)
            held = b""
        yield field[at : word.start()]
        at, charset = word.end(), word[1].lower()
        held += _octets(word[2].lower(), word[3])
    if held:
        yield _decoded(held, charset)
    yield field[at:]


def _octets(encoding: str, content: str) -> bytes:
    plain = content.encode("utf-8", "surrogatepass")
    if encoding == "q":
        return binascii.a2b_qp(plain, header=True)
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4), validate=True)
    except binascii.Error:
        return plain


def _decoded(octets: bytes, charset: str) -> str:
    try:
        return octets.decode(charset, "replace")
    except (LookupError, ValueError):
        return decode(octets)


def addresses(field: str) -> Iterator[str]:
    """The addresses of a field, without the names that stand beside them."""
    for one in _QUOTED.sub("", field).split(","):
        found = _IN_BRACKETS.search(one)
        # A group has a name, and ends in a semicolon: `undisclosed-recipients:;`.
        yield (found[1] if found else one.rpartition(":")[2].rstrip("; ")).strip()


def identifiers(field: str) -> list[str]:
    """The Message-IDs of a field, without their brackets."""
    return _IDENTIFIER.findall(field)


def moment(date: str) -> datetime | None:
    """The instant of a date, None where it is none or does not say its offset."""
    try:
        found = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # RFC 5322 §3.3: "-0000" is a time in UTC of whoever does not say where she is.
    if found.tzinfo is None and "-0000" in date:
        found = found.replace(tzinfo=UTC)
    if found.tzinfo is None:
        return None
    is_possible = abs(found.utcoffset() or timedelta(0)) <= _LONGEST_OFFSET
    if not is_possible or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return None
    return found.replace(tzinfo=offset_of(found))


def labels(field: str) -> tuple[str, ...]:
    """The labels of Gmail: words between commas, some of them in quotes."""
    found = (one.strip().strip('"') for one in _LABEL.findall(text(field)))
    return tuple(dict.fromkeys(filter(None, found)))
