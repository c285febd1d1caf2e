"""What a file is that no importer reads, in words: nothing that a person drops is passed over."""

import codecs
import csv
import json
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from importers.archive import MARK, first_files
from importers.beginnings import (
    COMPOUND,
    KINDS,
    NO_IMPORTER,
    NO_IMPORTER_OF_TABLE,
    OCTETS,
    OLDER,
    PARTS,
    ROOTS,
    STREAMS,
    WORDS,
)
from importers.declined import declined
from importers.text import decode


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file seems to be, and what to do with it. `is_table` where a mapping may read it."""

    what: str
    advice: str
    is_table: bool = False

    def __str__(self) -> str:
        """One sentence. It names columns and members, which say what a table is about, and never a
        value.
        """
        return f"this is {self.what}: {self.advice}"


_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]{0,60})[\s/>]")
_JSON = re.compile(r'[{]\s*["}]|\[\s*(?:[\[{"\]]|(?:-?\d+(?:\.\d+)?|true|false|null)\s*[,\]])')
_PLAIN_NAME = re.compile(r"@?[^\W\d][\w ()'\u2019./-]{0,40}")
_MOST_NAMES = 8
_LONGEST_LINE = 10_000
_FIRST_LINES = 40
_FEW_CONTROLS = 0.02
_MOST = 0.8
_WIDE: Final = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_PLAIN = frozenset(string.printable)

# What becomes of accents that are read in another encoding than they are written in, and saved:
# UTF-8 as Windows-1252; the octets of MS-DOS or of an old Macintosh; a question mark for each.
_TWICE = re.compile(f"\u00c3[{re.escape(decode(bytes(range(0x80, 0xC0))))}]")
_OLD = re.compile(rf"[^\W\d_][{re.escape(decode(bytes(range(0x80, 0xA0))))}]")
_IN_WORDS = str.maketrans("", "", "\u20ac\u2019\u0153\u0161\u017e\u0178")  # of those octets
_LOST = re.compile(r"[^\W\d_](?:\?|\ufffd)[^\W\d_]")
_ANEW: Final = "download it anew and import it as it came, without saving it in between"
_SPOILT: Final = (
    (_TWICE, "its accents were spoilt when it was saved", _ANEW),
    (_LOST, "its accents were lost when it was saved", _ANEW),
    (_OLD, "its accents are those of MS-DOS or an old Macintosh", "save it as CSV UTF-8"),
)
_AS_UTF8: Final = "open it in an editor, save it as UTF-8 and import that"


def seen(head: bytes) -> Seen:
    """What a file seems to be, from its first octets."""
    return _document(head) or _by_mark(head) or _known(head) or _as_text(head)


def is_document(head: bytes) -> bool:
    """Whether an archive is one document, which an office program opens, and no folder of files."""
    return head.startswith(MARK) and _document(head) is not None


def _document(head: bytes) -> Seen | None:
    if head.startswith(COMPOUND):
        streams = (told for name, *told in STREAMS if name.encode("utf-16-le") in head)
        return Seen(*next(streams, OLDER))
    for part in first_files(head) if head.startswith(MARK) else ():
        kind = decode(part.content) if part.name == "mimetype" else ""
        for begins, what, advice in (*PARTS, *KINDS):
            if part.name.startswith(begins) or kind.startswith(begins):
                return Seen(what, advice)
    return None


def _by_mark(head: bytes) -> Seen | None:
    for at, mark, what, advice in OCTETS:
        if head[at : at + len(mark)] == mark:
            return Seen(what, advice)
    return None


def _known(head: bytes) -> Seen | None:
    found = declined(decode(head).lstrip("\ufeff \r\n\t"))
    return Seen(found.what, found.why) if found else None


def _as_text(head: bytes) -> Seen:
    if not head.strip(b"\0 \r\n\t"):
        return Seen("an empty file", "nothing is in it")
    is_marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not is_marked and any(_is_text_in(encoding, head[:4096]) for encoding in _WIDE):
        return Seen("a text in UTF-16 or UTF-32", _AS_UTF8)
    text = decode(head).lstrip("\ufeff \r\n\t")
    controls = sum(character < " " and character not in "\r\n\t\f" for character in text[:4096])
    if controls > _FEW_CONTROLS * len(text[:4096]):
        return Seen("a file of octets of an unknown kind", NO_IMPORTER)
    for words, what, advice in WORDS:
        if text[: len(words)].lower() == words.lower():
            return Seen(what, advice)
    return _structured(text)


def _is_text_in(encoding: str, head: bytes) -> bool:
    """Whether octets without a mark are text in an encoding of several octets a character."""
    text = head.decode(encoding, "ignore")
    return len(text) > 1 and sum(character in _PLAIN for character in text) > _MOST * len(text)


def _structured(text: str) -> Seen:
    if text.startswith("<"):
        root = _ROOT.search(re.sub(r"<[?!].*?>", "", text[:4096], flags=re.DOTALL))
        kind = f"XML of the kind `{root[1]}`" if root else "XML"
        return Seen(*ROOTS.get(root[1] if root else "", (kind, NO_IMPORTER)))
    if _JSON.match(text):
        return Seen(f"JSON{_named(_members(text))}", NO_IMPORTER)
    return _table(text)


def _table(text: str) -> Seen:
    top = [line[:_LONGEST_LINE] for line in text.splitlines()[:_FIRST_LINES] if line.strip()]
    found = max((_begun(top, mark) for mark in ";\t|,"), key=len)
    if not found:
        return Seen("a text", NO_IMPORTER)
    if "\0" in text:
        return Seen("a table in which zeros stand between the letters", _ANEW)
    for spoilt, what, advice in _SPOILT:
        if spoilt.search("\n".join(found).translate(_IN_WORDS)):
            return Seen(f"a table, and {what}", advice)
    return Seen(f"a table{_named(found)}", NO_IMPORTER_OF_TABLE, is_table=True)


def _begun(lines: Sequence[str], mark: str) -> list[str]:
    """The first row of a table with a mark between its cells, which may have notes above it."""
    rows = [[cell.strip() for cell in next(csv.reader([x], delimiter=mark), [])] for x in lines]
    for row, after in pairwise(rows):
        # Commas stand in sentences too.
        if len(row) == len(after) > 1 and (mark != "," or _named(row)):
            # In two columns a name and a value may stand, and no names.
            is_listed = len(row) == 2 and _PLAIN_NAME.fullmatch(after[0])
            return ["", ""] if is_listed else row
    return []


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
