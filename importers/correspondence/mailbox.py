"""The messages of a mailbox one after another, each by its headers, in bounded memory.

Format: RFC 4155 (mbox), as Takeout, Thunderbird and Apple Mail write it: a line `From … date`
before each message, which in its text is escaped (`>From`). Some do not escape it, so a line is
taken for one where it ends in a date, or stands behind an empty line and before a header. A line
that ends in such a date before a header and does not begin with `From ` is one that was damaged. Of
a message of any size no more than its headers is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from importers.contract import Problem
from importers.text import Readable

_BLOCK: Final = 1 << 20
_OVERLAP: Final = 1 << 12
_MOST_HEADERS: Final = 1 << 18
_DATE: Final = (
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    rb" {1,2}\d{1,2} \d\d:\d\d(?::\d\d)?(?: [A-Z]{3,4}| [+-]\d{4})? \d{4}(?: [+-]\d{4})?[ \t\r]*"
)
_HEADER: Final = rb"[!-9;-~]{1,76}:"
_BEGINS: Final = re.compile(
    rb"\n(?:(?P<dated>From [^\n]{0,900}?" + _DATE + rb")(?=\n)"
    rb"|(?P<bare>From [^\n]{0,900})(?=\n" + _HEADER + rb")"
    rb"|(?P<damaged>(?:[^\n ]{0,200} ){0,2}" + _DATE + rb")(?=\n" + _HEADER + rb")"
    rb"|(?P<broken>From [^\n]{0,300}(?:\n[^\n]{0,60}\d|\d\d:\d\d[^\n]{0,20}\n)[ \t\r]*)"
    rb"(?=\n" + _HEADER + rb"))"
)
_DAMAGED: Final = frozenset({"damaged", "broken"})
_AFTER_EMPTY: Final = frozenset({"bare", "broken"})
_EMPTY_LINE: Final = re.compile(rb"\n\r?\n")
_BEFORE: Final = (b"\n", b"\r\n")
_LOST: Final = "a line here looks like the beginning of a message, and is damaged"
_NO_END: Final = "the file ends within the headers of this message"
_TOO_MANY: Final = "the headers of this message are longer than any program writes"


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of one message as they are written, and the line before them, "" without one.

    `line` is the number of the line where the message begins, from 1.
    """

    line: int
    before: bytes
    content: bytes

    @property
    def locator(self) -> str:
        return f"line={self.line}"


def is_mailbox(head: bytes) -> bool:
    """Whether a file that begins like this is a mailbox of several messages."""
    found = _BEGINS.match(b"\n" + head.lstrip(b"\xef\xbb\xbf\r\n"))
    return found is not None and found.lastgroup not in _DAMAGED


def mailbox(export: Readable) -> Iterator[Headers | Problem]:
    """Each message of a mailbox; of a single message (.eml, RFC 5322) that one."""
    return _Box(export).messages()


class _Box:
    """A window on a mailbox: what was read and not yet passed, and which line it begins in."""

    def __init__(self, export: Readable) -> None:
        self._export = export
        self._held = b"\n"  # so that the first line is one that follows an end of line
        self._line = 0
        self._is_read = False

    def messages(self) -> Iterator[Headers | Problem]:
        self._more()
        begins = self._begins(0)
        if begins is None:
            yield from self._message(b"")
        elif begins.start():
            yield Problem("line=1", "what stands before the first message is not read", row=False)
        while begins is not None:
            if begins.lastgroup in _DAMAGED:
                yield Problem(f"line={self._line_at(begins.start() + 1)}", _LOST)
                self._pass(begins.end())
            else:
                before = begins["dated"] or begins["bare"]
                self._pass(begins.start() + 1)
                yield from self._message(before)
            begins = self._next()

    def _next(self) -> re.Match[bytes] | None:
        """The beginning of the next message, with nothing but that in the window before it."""
        at = 0
        while (found := self._begins(at)) is None and not self._is_read:
            self._pass(max(0, len(self._held) - _OVERLAP))
            self._more()
            at = 0
        return found

    def _begins(self, at: int) -> re.Match[bytes] | None:
        while found := _BEGINS.search(self._held, at):
            if found.lastgroup not in _AFTER_EMPTY or self._held.endswith(
                _BEFORE, 0, found.start() + 1
            ):
                is_whole = self._is_read or found.end() < len(self._held) - _OVERLAP // 4
                return found if is_whole else None
            at = found.end() - 1
        return None

    def _message(self, before: bytes) -> Iterator[Headers | Problem]:
        line = self._line + (self._held[:1] == b"\n" and not before)
        start = len(before)
        while (end := _EMPTY_LINE.search(self._held, start)) is None and self._may_grow():
            self._more()
        again = _BEGINS.search(self._held, start, end.start() + 1 if end else len(self._held))
        if end is None or again is not None:
            yield Problem(f"line={line}", _TOO_MANY if not self._is_read else _NO_END)
            self._pass(again.start() if again else len(self._held))
            return
        content = self._held[start : end.start() + 1]
        self._pass(end.end() - 1)
        yield Headers(line, before, content.lstrip(b"\r\n"))

    def _may_grow(self) -> bool:
        return not self._is_read and len(self._held) < _MOST_HEADERS + _BLOCK

    def _more(self) -> None:
        pieces, size = [self._held], 0
        while size < _BLOCK and not self._is_read:
            block = self._export.read(_BLOCK - size)
            self._is_read = not block
            pieces.append(block)
            size += len(block)
        self._held = b"".join(pieces)

    def _line_at(self, at: int) -> int:
        return self._line + self._held.count(b"\n", 0, at)

    def _pass(self, at: int) -> None:
        self._line = self._line_at(at)
        self._held = self._held[at:]
