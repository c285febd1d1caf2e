"""The fields of MT940 and MT942 messages: a tag between colons, and lines up to the next one.

Format: SWIFT user handbook, category 9; banks write it with headers of their own between messages.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from importers.contract import Problem
from importers.letters import Letters
from importers.text import lines

ENTRY, WORDS, END = "61", "86", "-"
"""The tags of an entry, of the words about it, and what stands for the end of a message."""

_FIELD = re.compile(r":(\d{2}[A-Z]?|NS):(.*)", re.ASCII)
_ENDS = ("-}", "{")
# An entry whose tag is damaged or has a character too many, that has run into the line before it,
# or whose tag is on that line:
# a day of value, perhaps one of booking, a mark and an amount. Numbers of accounts are longer, and
# references have no mark behind them.
_HIDDEN = re.compile(
    r":61:\d{6}|^.(?:61|.1:|6.:|61.)\d{4,10} {0,4}(?:R[DC]|E?[DC])|^:(?:.61|6.1|61.):\d{6}"
    r"|^[^A-Za-z]{0,4}\d{6}(?:\d{4})?(?:R[DC]|E?[DC])[A-Z]?\d{1,15},",
    re.ASCII,
)
_LOST = "an entry begins here whose tag is damaged"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its tag, its lines, and the number of the first one, from 1.

    An entry has the lines of the fields 86 behind it in `words`. `is_last` where nothing follows
    in the file, so that it may be cut off.
    """

    tag: str
    lines: tuple[str, ...]
    line: int
    words: tuple[str, ...] = ()
    is_last: bool = False

    @property
    def locator(self) -> str:
        return f"line={self.line}"


def fields(content: bytes) -> Iterator[Field | Problem]:
    """Every field in order, the words of an entry with it.

    Lines outside of a field are headers of the bank, and are left out. Behind the fields one remark
    tells of letters that are not those of Windows.
    """
    letters = Letters()
    yield from _with_words(_fields(content, letters))
    if letters.remark:
        yield Problem("line=1", letters.remark, row=False)


def _with_words(found: Iterable[Field]) -> Iterator[Field | Problem]:
    entry: Field | None = None
    for field in found:
        yield from _hidden(field)
        if field.tag == WORDS and entry is not None:
            words = (*entry.words, *field.lines)
            entry = replace(entry, words=words, is_last=field.is_last)
            continue
        if entry is not None:
            yield entry
        entry = field if field.tag == ENTRY else None
        if entry is None:
            yield field
    if entry is not None:
        yield entry


def _fields(content: bytes, letters: Letters) -> Iterator[Field]:
    open_: Field | None = None
    for number, line in enumerate(lines(BytesIO(content), letters), 1):
        text = line.rstrip()
        found = _FIELD.fullmatch(text)
        is_end = text == END or text.startswith(_ENDS)
        if found is None and not is_end:
            if open_ is not None and text:
                open_ = replace(open_, lines=(*open_.lines, text))
            continue
        if open_ is not None:
            yield open_
        open_ = Field(found.group(1), (found.group(2),), number) if found else None
        if open_ is None:
            yield Field(END, (), number)
    if open_ is not None:
        yield replace(open_, is_last=True)


def _hidden(field: Field) -> Iterator[Problem]:
    """What looks like an entry within a field that is none."""
    own = () if field.tag == ENTRY else (f":{field.tag}:{field.lines[0]}" if field.lines else "",)
    for text in (*own, *field.lines[1:]):
        if _HIDDEN.search(text):
            yield Problem(field.locator, _LOST)
