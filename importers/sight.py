"""What a file is that no importer reads, in words: nothing that a person drops is passed over."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from importers.text import decode

_NO_IMPORTER = "no importer knows this format: `pod formats` lists those that can be imported"
_ASK_FOR_DATA = "ask the holder for a file of data (CSV, JSON, XML, OFX)"
_UNPACK = "unpack it and import the files in it"

# Octets at a place of a file, what such a file is, and what to do with it.
_MARKS: Final = (
    (0, b"%PDF-", "a document to read", _ASK_FOR_DATA),
    (0, b"PK\x03\x04", "an archive", _UNPACK),
    (0, b"PK\x05\x06", "an archive without files", ""),
    (0, b"7z\xbc\xaf\x27\x1c", "an archive (7-Zip)", _UNPACK),
    (0, b"Rar!\x1a\x07", "an archive (RAR)", _UNPACK),
    (257, b"ustar", "an archive (tar)", _UNPACK),
    (0, b"\x1f\x8b", "a packed file (gzip)", _UNPACK),
    (0, b"BZh", "a packed file (bzip2)", _UNPACK),
    (0, b"\xfd7zXZ\x00", "a packed file (xz)", _UNPACK),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", ""),
    (0, b"\x89PNG\r\n\x1a\n", "a picture (PNG)", ""),
    (0, b"GIF8", "a picture (GIF)", ""),
    (8, b"WEBP", "a picture (WebP)", ""),
    (4, b"ftyphei", "a picture (HEIF)", ""),
    (4, b"ftypM4A", "sound (MPEG-4)", ""),
    (4, b"ftyp", "a film (MPEG-4)", ""),
    (0, b"\x1aE\xdf\xa3", "a film (Matroska, WebM)", ""),
    (8, b"AVI ", "a film (AVI)", ""),
    (8, b"WAVE", "sound (WAVE)", ""),
    (0, b"OggS", "sound (Ogg)", ""),
    (0, b"fLaC", "sound (FLAC)", ""),
    (0, b"ID3", "sound (MP3)", ""),
    (0, b"SQLite format 3\x00", "a database (SQLite)", ""),
    (
        0,
        b"\xd0\xcf\x11\xe0",
        "a document of an older Office",
        f"save it as CSV, or {_ASK_FOR_DATA}",
    ),
    (0, b"{\\rtf", "a document to read (RTF)", _ASK_FOR_DATA),
    (0, b"\x00\x00\x00\x01Bud1", "a note of the Finder on how a folder looks", ""),
    (0, b"MZ", "a program", ""),
    (0, b"\x7fELF", "a program", ""),
)
# The first words of a text, in the same way.
_WORDS: Final = (
    ("BEGIN:VCALENDAR", "a calendar (iCalendar)", ""),
    ("BEGIN:VCARD", "an address book (vCard)", ""),
    ("-----BEGIN", "a key or a certificate", ""),
    ("From ", "a box of e-mails (mbox)", ""),
    ("<!doctype html", "a page to read (HTML)", _ASK_FOR_DATA),
    ("<html", "a page to read (HTML)", _ASK_FOR_DATA),
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]{0,60})[\s/>]")
_JSON = re.compile(r'[{]\s*["}]|\[\s*[\[{"\]]')
_PLAIN_NAME = re.compile(r"[^\W\d][\w ()'./-]{0,40}")
_MOST_NAMES = 8
_LONGEST_LINE = 10_000
_FEW_CONTROLS = 0.02


def described(head: bytes) -> str:
    """What a file seems to be, from its first octets, and what to do: one sentence.

    It names columns and members, which say what a table is about, and never a value.
    """
    what, advice = _by_mark(head) or _as_text(head)
    return f"this is {what}: {advice or _NO_IMPORTER}"


def _by_mark(head: bytes) -> tuple[str, str] | None:
    for at, mark, what, advice in _MARKS:
        if head[at : at + len(mark)] == mark:
            return what, advice
    return None


def _as_text(head: bytes) -> tuple[str, str]:
    if not head.strip(b"\0 \r\n\t"):
        return "an empty file", "nothing is in it"
    text = decode(head).lstrip("\ufeff \r\n\t")
    controls = sum(character < " " and character not in "\r\n\t\f" for character in text[:4096])
    if controls > _FEW_CONTROLS * len(text[:4096]):
        return "a file of octets of an unknown kind", ""
    for words, what, advice in _WORDS:
        if text[: len(words)].lower() == words.lower():
            return what, advice
    return _structured(text), ""


def _structured(text: str) -> str:
    if text.startswith("<"):
        root = _ROOT.search(re.sub(r"<[?!].*?>", "", text[:4096], flags=re.DOTALL))
        return f"XML of the kind `{root[1]}`" if root else "XML"
    if _JSON.match(text):
        return f"JSON{_named(_members(text))}"
    top = text.splitlines()[:2]
    mark = max(";,\t|", key=top[0].count)
    rows = [next(csv.reader([line[:_LONGEST_LINE]], delimiter=mark), []) for line in top]
    if len(rows) < 2 or len(rows[0]) < 2 or len(rows[0]) != len(rows[1]):
        return "a text"
    return f"a table{_named([cell.strip() for cell in rows[0]])}"


def _named(names: list[str]) -> str:
    """The names of columns or members, where all of them are names and not values."""
    shown = [name for name in names if name][:_MOST_NAMES]
    if not shown or not all(_PLAIN_NAME.fullmatch(name) for name in shown):
        return ""
    return f" with {', '.join(f'`{name}`' for name in shown)}"


def _members(text: str) -> list[str]:
    """The names of the members of the outermost or the first object, as far as they are there."""
    start = text.find("{")
    if start < 0:
        return []
    value = _first_value(text[start:])
    return list(value) if isinstance(value, Mapping) else list(_names(text[start:]))


def _first_value(text: str) -> Any:
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _names(text: str) -> Iterator[str]:
    """The names that stand at the first level of an object that is cut off."""
    depth = 0
    for found in re.finditer(r'"((?:[^"\\]|\\.)*)"\s*(:)?|[{}\[\]]', text):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found[0], 0)
        if found[2] and depth == 1:
            yield found[1]
