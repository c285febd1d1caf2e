"""The records of CFONB120: lines of 120 columns, each movement with the complements behind it.

Format: CFONB, Relevé de compte sur support informatique (2004) and its complement codes (2007).
Banks take off the blanks at the end of a line, put empty lines between, or write no lines at all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO

from importers.clock import compact_date, full_year
from importers.contract import Problem
from importers.letters import Letters
from importers.text import lines

OPENING, MOVEMENT, COMPLEMENT, CLOSING = "01", "04", "05", "07"
_WIDTH = 120
# The last character of an amount is a digit and its sign at once.
_POSITIVE = "{ABCDEFGHI"
_NEGATIVE = "}JKLMNOPQR"
_AMOUNT = re.compile(r"(\d{13})([{}A-R])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """A record: its columns filled up with blanks, and the number of its line, from 1.

    A movement has its complements, pairs of a code and a text. `is_last` where nothing follows in
    the file, so that it may go on.
    """

    text: str
    number: int
    complements: tuple[tuple[str, str], ...] = ()
    is_last: bool = False

    @property
    def locator(self) -> str:
        return f"line={self.number}"

    @property
    def code(self) -> str:
        return self.text[:2]

    def columns(self, first: int, last: int) -> str:
        """The text in columns counted from 1, without blanks around it."""
        return self.text[first - 1 : last].strip()

    def day(self) -> date:
        """Columns 35 to 40, JJMMAA. Raises ValueError."""
        text = self.columns(35, 40)
        return compact_date(f"{full_year(text[4:6])}{text[2:4]}{text[:2]}")

    def amount(self) -> Decimal:
        """Columns 91 to 104, of which column 20 says how many are decimals. Raises ValueError."""
        found = _AMOUNT.fullmatch(self.columns(91, 104))
        decimals = self.columns(20, 20)
        if found is None or not decimals.isdigit():
            raise ValueError("columns 91 to 104 are no amount")
        digits, last = found.groups()
        sign, marks = ("-", _NEGATIVE) if last in _NEGATIVE else ("", _POSITIVE)
        return Decimal(f"{sign}{digits}{marks.index(last)}").scaleb(-int(decimals))


def records(content: bytes) -> Iterator[Line | Problem]:
    """Every record in order, the complements of a movement with it.

    Behind them one remark tells of letters that are not those of Windows.
    """
    letters = Letters()
    yield from _with_complements(_lines(content, letters))
    if letters.remark:
        yield Problem("line=1", letters.remark, row=False)


def _with_complements(read: Iterable[Line | Problem]) -> Iterator[Line | Problem]:
    movement: Line | None = None
    for found in read:
        if isinstance(found, Problem):
            yield found
        elif found.code in {OPENING, CLOSING} and _is_movement(found):
            yield Problem(found.locator, "this balance has what only a movement has")
        elif found.code == COMPLEMENT:
            wrong = _wrong(found, movement)
            if wrong is None and movement is not None:
                said = (found.columns(46, 48), found.columns(49, 118))
                movement = replace(movement, complements=(*movement.complements, said))
            yield from filter(None, (wrong,))
        elif found.code in {OPENING, MOVEMENT, CLOSING}:
            yield from filter(None, (movement, found if found.code != MOVEMENT else None))
            movement = found if found.code == MOVEMENT else None
        else:
            # It may be the beginning of a complement that was cut off: the movement stays open.
            yield Problem(found.locator, "this is no record of a statement: 01, 04, 05 or 07")
    if movement is not None:
        yield replace(movement, is_last=True)


def _lines(content: bytes, letters: Letters) -> Iterator[Line | Problem]:
    for number, line in enumerate(lines(BytesIO(content), letters), 1):
        text = line.rstrip()
        if len(text) > _WIDTH and len(line) - 1 != -(-len(text) // _WIDTH) * _WIDTH:
            yield Problem(f"line={number}", "this line is longer than a record of 120 columns")
            continue
        for start in range(0, len(text), _WIDTH):
            yield Line(text[start : start + _WIDTH].ljust(_WIDTH), number)


def _is_movement(balance: Line) -> bool:
    """Whether the code of a movement was damaged: it has a kind or a day of value.

    Banks write words and zeros where a balance has nothing, such as `PAS DE MOUVEMENT CE JOUR`.
    """
    kind, value = balance.columns(33, 34), balance.columns(43, 48)
    return bool(kind.strip("0") or (value.isdigit() and value.strip("0")))


def _wrong(complement: Line, movement: Line | None) -> Problem | None:
    """What is wrong with a complement. A movement with a damaged code looks like one."""
    if complement.text[40:45].strip():
        return Problem(complement.locator, "columns 41 to 45 of a complement are not empty")
    if movement is None:
        return Problem(complement.locator, "a complement stands behind no movement", row=False)
    return None
