"""QIF as blocks of lines: each ends with `^` and belongs to the header above it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from importers.contract import Problem
from importers.letters import Letters
from importers.text import lines

END: Final = "^"
_HEADER: Final = "!"
_SWITCHES = ("!option:", "!clear:")  # they say how a program reads on, and begin nothing
_MOVEMENTS = frozenset({"type:bank", "type:ccard", "type:cash", "type:oth a", "type:oth l"})
_INVESTMENTS = frozenset({"type:invst", "type:port"})
_LISTS = frozenset(
    f"type:{name}"
    for name in ("cat", "class", "memorized", "security", "prices", "budget", "tag", "template")
)
_DATE = re.compile(r"D\s*\d{1,4}[/.-]\s*\d{1,2}[/.'-]\s*\d{1,4}\s*", re.ASCII)
_SINGLE = frozenset("DTUPN")
_KNOWN = frozenset("DTUPMLNCAFX")
_SPLIT = frozenset("SE$%D")
_ABOVE = "these lines stand above the first header, and say nothing that is taken"


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one record. `header` is that above it, in lower case and without its mark.

    `begun` is the line of the header. `is_ended` tells whether there is a `^`, and `behind` what
    stands after it in its line.
    """

    header: str
    begun: int
    line: int
    lines: tuple[str, ...]
    is_ended: bool = False
    behind: str = ""

    @property
    def locator(self) -> str:
        return f"line={self.line}"

    @property
    def is_movement(self) -> bool:
        return self.header in _MOVEMENTS

    @property
    def is_investment(self) -> bool:
        return self.header in _INVESTMENTS

    @property
    def is_list(self) -> bool:
        return self.header in _LISTS

    @property
    def is_account(self) -> bool:
        return self.header == "account"

    @property
    def is_dated(self) -> bool:
        """Whether it looks like a movement, whatever the header says."""
        return any(_DATE.fullmatch(line) for line in self.lines)

    @property
    def is_row(self) -> bool:
        return self.is_dated or not (self.is_list or self.is_account)


@dataclass(frozen=True, slots=True)
class Fields:
    """What a block says: one text for each letter, and the amounts of its splits, if it has any."""

    texts: dict[str, str]
    splits: tuple[str, ...] | None
    has_unknown: bool

    def get(self, code: str) -> str:
        return self.texts.get(code, "")


def blocks(export: BinaryIO, letters: Letters | None = None) -> Iterator[Block | Problem]:
    """The records of a file in order; what a header or the end of the file cuts is not ended.

    With `letters` it is read in those that it is found to have.
    """
    header, begun, found = "", 0, list[tuple[int, str]]()
    for number, line in enumerate(map(str.strip, lines(export, letters)), start=1):
        if line.startswith(END):
            found = found or [(number, "")]
            yield replace(_block(header, begun, found), is_ended=True, behind=line[1:])
            found = []
        elif line.startswith(_HEADER):
            yield from _unended(header, begun, found)
            found = []
            if not line.lower().startswith(_SWITCHES):
                header, begun = line[1:].strip().lower(), number
        elif line:
            found.append((number, line))
    if found:
        yield _block(header, begun, found)


def _unended(header: str, begun: int, found: list[tuple[int, str]]) -> Iterator[Block | Problem]:
    """What the next header cuts off."""
    if found and not begun:
        yield Problem(f"line={found[0][0]}", _ABOVE, row=False)
    elif found:
        yield _block(header, begun, found)


def _block(header: str, begun: int, found: list[tuple[int, str]]) -> Block:
    said = tuple(line for _, line in found if line)
    return Block(header=header, begun=begun, line=found[0][0], lines=said)


def fields(block: Block) -> Fields:
    """The fields of a movement. Raises ValueError where two records have run into each other.

    A field of a split stands behind its `S`. `has_unknown` tells of letters that are no field.
    """
    before, behind = _apart(block.lines)
    texts: dict[str, str] = {}
    for line in (*before, *(line for line in behind if not _is_of_split(line))):
        code, text = line[0], line[1:].strip()
        if code in _SINGLE and code in texts:
            raise ValueError("a field stands twice: the `^` between two records may be missing")
        if not code.isalpha():
            raise ValueError("a line does not begin with the letter of a field")
        texts[code] = f"{texts[code]} {text}" if code in texts else text
    splits = tuple(line[1:].strip() for line in behind if line[0] == "$")
    return Fields(texts, splits if behind else None, has_unknown=not texts.keys() <= _KNOWN)


def _apart(found: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines before the splits, and those from the first one on."""
    at = next((place for place, line in enumerate(found) if line[0] == "S"), len(found))
    return found[:at], found[at:]


def _is_of_split(line: str) -> bool:
    return line[0] in _SPLIT
