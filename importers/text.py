"""Texts of exports: which bytes they are in, and what of them may stand in a key or an IRI."""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Protocol
from urllib.parse import quote

from importers.letters import WINDOWS_1252, Letters

_BLOCK = 1 << 16
_LONGEST_LINE = 1 << 20
_UTF8_BOM = codecs.BOM_UTF8
_MARK = "\ufeff"
_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Marks that show nothing: they come and go between two downloads of the same text.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 64


class Readable(Protocol):
    """What gives an export block by block, b"" at its end."""

    def read(self, size: int, /) -> bytes: ...


class Ending:
    """Reads on, and knows whether what was read so far ends a line."""

    def __init__(self, export: Readable) -> None:
        self._export = export
        self.is_ended = False

    def read(self, size: int, /) -> bytes:
        block = self._export.read(size)
        # What fills up a block of a disk, and half of a character of UTF-16, ends nothing.
        if last := block.rstrip(b"\0")[-1:]:
            self.is_ended = last in b"\r\n"
        return block


def octets(export: Readable) -> bytes:
    """All of an export, however little of it comes at a time."""
    return b"".join(iter(partial(export.read, _BLOCK), b""))


def decode(content: bytes) -> str:
    """Bytes as text: UTF-16 or UTF-8 with their marks, else UTF-8, else Windows-1252.

    What an export declares is not asked: holders write Windows-1252 behind `USASCII`. Never fails;
    an octet that Windows-1252 leaves open becomes the character of its number.
    """
    if content.startswith(_UTF16_BOMS):
        return content.decode("utf-16", errors="replace")
    content = content.removeprefix(_UTF8_BOM)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return codecs.charmap_decode(content, "strict", WINDOWS_1252)[0]


def printable(name: str) -> str:
    """The name of a file as it may be told: no control characters, and octets as text.

    Systems hand over the octets of a name that is not UTF-8 as lone surrogates (PEP 383), which
    can be written nowhere.
    """
    text = decode(name.encode("utf-8", "surrogateescape"))
    return "".join(c for c in text if c.isprintable()) or "?"


def lines(export: Readable, letters: Letters | None = None) -> Iterator[str]:
    """The lines of an export, each ending in a line feed whatever the file has (LF, CRLF, CR).

    Each line is decoded by itself, so that one damaged line leaves the others readable. A line
    of more than a mebibyte comes in pieces, which joined are that line: a document in JSON often
    is one line. With `letters` what is no UTF-8 is read in those that the text is found to have.
    """
    rest = b""
    for block in _utf8_or_single_byte(export):
        rest += block
        *whole, rest = rest.splitlines(keepends=True) or [b""]
        yield from _lines(whole, letters)
        if len(rest) > _LONGEST_LINE:
            whole_characters = _cut(rest)
            yield decode(rest[:whole_characters])
            rest = rest[whole_characters:]
    if rest:
        if letters and not _is_utf8(rest):
            letters.look_at((rest,))
        yield _line(rest, letters)


def _lines(whole: Sequence[bytes], letters: Letters | None) -> Iterator[str]:
    """Lines as text: all at once where all of them are UTF-8, else each by itself."""
    joined = b"".join(whole)
    try:
        text = joined.decode("utf-8")
    except UnicodeDecodeError:
        if letters:
            letters.look_at(whole)
        yield from (_line(line, letters) for line in whole)
        return
    if letters and not text.isascii():
        letters.is_utf8()
    if _MARK in text:
        yield from map(_line, whole)
        return
    # What ends a line is not what Python's own splitlines() takes for it in a text.
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:-1]:
        yield line + "\n"


def _cut(content: bytes) -> int:
    """Where a line can be cut near its end, so that no character of UTF-8 (RFC 3629 §3) is cut."""
    places = range(len(content) - 1, len(content) - 5, -1)
    return next((at for at in places if not 0x80 <= content[at] < 0xC0), len(content))


def _line(content: bytes, letters: Letters | None = None) -> str:
    bare = content.rstrip(b"\r\n")
    text = letters.decode(bare) if letters and not _is_utf8(bare) else None
    return (decode(bare) if text is None else text) + "\n"


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf8_or_single_byte(export: Readable) -> Iterator[bytes]:
    """The blocks of an export, from UTF-16 into UTF-8, where a line feed is one octet."""
    block = export.read(_BLOCK)
    if not block.startswith(_UTF16_BOMS):
        while block:
            yield block
            block = export.read(_BLOCK)
        return
    decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
    while block:
        yield decoder.decode(block).encode("utf-8")
        block = export.read(_BLOCK)
    yield decoder.decode(b"", final=True).encode("utf-8")


def for_key(text: str) -> str:
    """A text as it takes part in a natural key: composed (NFC), visible marks only, one blank.

    The record keeps the text as the holder wrote it.
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def unaccented(text: str) -> str:
    """A text in small letters without accents, each character in the place where it was."""
    return "".join(unicodedata.normalize("NFD", character)[0].lower()[0] for character in text)


def name_of(text: str) -> str:
    """A text as one name of an IRI. Two different texts never get the same name.

    Letters, digits, dots, hyphens and underscores stay; where anything else or too much had to
    go, a hash of the whole text is added behind a tilde, which stands in no other name.
    """
    kept = _NOT_IN_A_NAME.sub("-", text).strip("-.")[:_LONGEST_NAME]
    if kept == text:
        return kept
    short = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{kept}~{short}"


def mailto(address: str) -> str:
    """An e-mail address as an IRI (RFC 6068 §2)."""
    return "mailto:" + quote(address.strip(), safe="@!$'*+-._~")
