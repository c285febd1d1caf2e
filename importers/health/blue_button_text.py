"""Reading the texts that the Blue Button gives: sections of rows of `Name: value` lines.

A row begins with a name that its section knows; a long value goes on in the lines that follow. A
name that a row has twice, or that nobody knows, is told of: there a row lost its beginning.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from importers.contract import Problem

_NAME = re.compile(r"([A-Z][A-Za-z0-9 /'().#&-]{0,60}?)[*]?\s*:[*]?(?:\s+|$|(?=\d|[A-Z]))")
# "ID Number: 0001234              Group Number: 0000000": two in one line.
_APART = re.compile(r"(?<!\s)\s{2,}(?=[A-Z][A-Za-z0-9 /'-]{0,40}:)")
_RULE = re.compile(r"\s*([-=*])(?:\s?\1){3,}\s*")
_PREFACE = frozenset(
    {
        *("Source", "Last Updated", "Sorted By", "Sort By", "NOTE", "NOTES"),
        *("FUTURE APPOINTMENTS", "PAST APPOINTMENTS"),
    }
)
_RULE_LENGTH = 20  # of so many marks, one may be damaged
_NOT_A_ROW = "what follows here is no beginning of a row, and is taken for text"
_NO_NAME = "a row is not read: the line with which it begins is missing"
_UNKNOWN = "this line is not understood, and is not kept"
CUT_OFF = "the report breaks off here: what stood in this row is not kept"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, with its number from 1."""

    number: int
    text: str


@dataclass(slots=True)
class Row:
    """The values of one row by their names, and where it begins."""

    line: int
    values: dict[str, str]

    @property
    def locator(self) -> str:
        return f"line={self.line}"

    def get(self, *names: str) -> str:
        """The first of the values that says something, "" without one."""
        found = (self.values.get(name, "") for name in names)
        return next((value for value in found if value not in {"", "--", "NONE"}), "")


Starts = Callable[[str, Row | None], bool]


def begins_with(*names: str) -> Starts:
    """A row begins with any of these names."""
    return lambda name, _row: name in names


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the rows of a section look like.

    `knows` are the names a row may have, None where any will do. `has_body` says that behind a
    rule a free text follows, up to the next rule of equal signs, which is not kept.
    """

    starts: Starts
    knows: frozenset[str] | None
    has_body: bool = False


def is_rule(text: str) -> bool:
    """Whether a line only parts what stands before and behind it."""
    is_long = max(text.count(mark) for mark in "-=") >= _RULE_LENGTH
    return is_long or bool(_RULE.fullmatch(text))


def rows(lines: Iterable[Line], layout: Layout, *, is_cut: bool = False) -> Iterator[Row | Problem]:
    """The rows of a section. `is_cut` says that the text ends within it: then the last is lost."""
    reader = _Reader(layout)
    for line in lines:
        yield from reader.read(line)
    last = reader.row
    if is_cut and last is not None:
        yield Problem(last.locator, CUT_OFF)
    elif last is not None:
        yield last


class _Reader:
    def __init__(self, layout: Layout) -> None:
        self.row: Row | None = None
        self._layout = layout
        self._name = ""
        self._in_body = False
        self._is_parted = False
        self._lost = False

    def read(self, line: Line) -> Iterator[Row | Problem]:
        text = line.text.rstrip()
        if is_rule(text):
            is_end = "=" in text
            if is_end and self.row is not None and not self._layout.has_body:
                yield self.row
                self.row = None
            self._is_parted = self._in_body and is_end
            self._in_body = self._layout.has_body and (
                self._in_body or (self.row is not None and not is_end)
            )
        elif text.strip() and self._in_body:
            yield from self._in_text(line)
        elif text.strip():
            yield from self._values(text, line.number)
        else:
            self._name = ""  # a value does not go on behind an empty line

    def _in_text(self, line: Line) -> Iterator[Row | Problem]:
        """A line of a text that is not kept, unless a rule and the beginning of a row end it."""
        found = _NAME.match(line.text)
        if self._is_parted and found and self._layout.starts(found.group(1), self.row):
            self._in_body = False
            yield from self._values(line.text.rstrip(), line.number)
        elif self._is_parted:
            yield Problem(f"line={line.number}", _NOT_A_ROW, row=False)
        self._is_parted = False

    def _values(self, text: str, number: int) -> Iterator[Row | Problem]:
        if not _NAME.match(text.lstrip()) or self._is_going_on(text):
            self._go_on(text.strip())
            return
        first, *more = _APART.split(text.strip())
        for part in (first, *more):
            found = _NAME.match(part)
            # "Comments:       Inj type: IM": a value may look like a name.
            is_value = part is not first and self._is_known(first) and not self._is_known(part)
            if found and not is_value:
                yield from self._named(found.group(1), part[found.end() :], number)
            else:
                self._go_on(part)

    def _is_going_on(self, text: str) -> bool:
        """Whether a line with a name belongs to the value above: it is set in, and not known."""
        return text.startswith(" " * 8) and self.row is not None and not self._is_known(text)

    def _is_known(self, text: str) -> bool:
        name, knows = _NAME.match(text.lstrip()), self._layout.knows
        return knows is None or (name is not None and name.group(1) in knows)

    def _go_on(self, text: str) -> None:
        if self.row is not None and self._name:
            before = self.row.values[self._name]
            self.row.values[self._name] = f"{before} {text}".strip()

    def _named(self, name: str, value: str, number: int) -> Iterator[Row | Problem]:
        value = value.strip()
        if self._layout.starts(name, self.row):
            if self.row is not None:
                yield self.row
            self.row, self._lost = Row(number, {name: value}), False
            self._name = name
        elif self._layout.knows is not None and name not in self._layout.knows:
            if name not in _PREFACE:
                yield Problem(f"line={number}", _UNKNOWN, row=False)
        elif self.row is not None and name not in self.row.values:
            self.row.values[name] = value
            self._name = name
        elif name not in _PREFACE and not self._lost:
            if self.row is not None:
                yield self.row
            self.row, self._lost = None, True
            yield Problem(f"line={number}", _NO_NAME)
