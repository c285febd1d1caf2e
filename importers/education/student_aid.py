"""MyStudentData.txt: the student loans that US Federal Student Aid knows of a person, as text.

https://studentaid.gov, "Download My Aid Data": a `Name:Value` a line, first of the student, then of
each grant and each loan. Kept are the loans (type, school, amount, rate, day), what is owed of
them, and the student's name and e-mail address. How a loan's status changed, when it was paid out,
who services it, enrolments, and the student's addresses and telephones are not; grants are told of,
each, and not kept. The digits of a loan's identifier that are her social security number are never
kept.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Final

from importers.clock import american_date
from importers.contract import (
    Check,
    HolderHint,
    Iri,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Record,
    Stated,
    Value,
)
from importers.education.student_loan import TOTALS, loan, sums, total
from importers.rows import convert
from importers.text import decode, lines, mailto

_SOURCE: Final = re.compile(
    r"^File Source:.*(?:NSLDS|STUDENT LOAN|STUDENT AID)", re.IGNORECASE | re.MULTILINE
)
_BLOCKS: Final = re.compile(r"^(?:Student First Name|Loan Type|Loan Type Code):", re.MULTILINE)
_PARTS: Final = ("Grant", "Loan")
# They may stand more than once in one, and nothing of them is kept.
_REPEATED: Final = (
    *("Loan Status", "Loan Disbursement ", "Loan Contact ", "Loan Special Contact"),
    *("Loan Delinquency ", "Grant Disbursement "),
)
_LAST: Final = ("Loan Contact ", "Loan Special Contact")
_REQUESTED: Final = "File Request Date"
_NAMES: Final = (
    ("vcard:given-name", "Student First Name"),
    ("vcard:family-name", "Student Last Name"),
)
_EMAIL: Final = "Student Email Address"
_NO_LINE: Final = "this line is no `Name:Value`, and is not read"
_GRANT: Final = "grants are not kept"
_CUT: Final = "this loan has no contact at its end: the file may be cut short, so download it anew"
_NOTHING: Final = "the file has no loans"


class StudentAid:
    format = "us-student-aid"
    title = "US Federal Student Aid: loans (MyStudentData.txt)"
    domain = "bank"
    extensions = (".txt",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the source that it states, and the names of its lines."""
        del filename
        text = decode(head).replace("\r\n", "\n")
        is_known = _SOURCE.search(text) and _BLOCKS.search(text)
        return Match(confidence=95) if is_known else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return HolderHint(
            iri="https://studentaid.gov/", name="Federal Student Aid", sector="public"
        )

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A loan a record. Takes no options."""
        del options
        reader, any_row = _Reader(), False
        blocks = _blocks(lines(export))
        for item in convert(blocks, reader.read, is_row=lambda one: one.is_row):
            any_row |= item.row if isinstance(item, Problem) else isinstance(item, Record)
            yield item
        if not any_row:
            yield Problem("/", _NOTHING)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """What is owed in all, as the file states it, against its loans."""
        return sums(items)


@dataclass(slots=True)
class _Block:
    """Lines that belong together: of the file and the student, of a grant, or of a loan."""

    kind: str
    line: int
    said: dict[str, str] = field(default_factory=dict)
    is_last: bool = False
    is_ended: bool = False

    @property
    def locator(self) -> str:
        return f"line={self.line}"

    @property
    def is_row(self) -> bool:
        return self.kind != "Student"


def _blocks(found: Iterable[str]) -> Iterator[_Block | Problem]:
    """The blocks of a file, each when the next one begins."""
    block = _Block("Student", 1)
    for at, line in enumerate(found, 1):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not colon:
            yield Problem(f"line={at}", _NO_LINE)
        elif kind := _begins(name, block):
            yield block
            block = _Block(kind, at, {name: value})
        else:
            block.said.setdefault(name, value)
            block.is_ended |= name.startswith(_LAST)
    block.is_last = True
    yield block


def _begins(name: str, block: _Block) -> str:
    """The kind of the block that a line begins, "" where it goes on with the one before.

    What one says once begins another where it stands again: which line is the first differs from
    year to year, and one whose first line is damaged is not taken for more of the one before it.
    """
    kind = next((one for one in _PARTS if name.startswith(f"{one} ")), "")
    is_again = name in block.said and not name.startswith(_REPEATED)
    return kind if block.kind != kind or is_again else ""


class _Reader:
    """Reads the blocks in their order; what the file says of itself stands first."""

    def __init__(self) -> None:
        self._requested: date | None = None

    def read(self, block: _Block) -> Iterator[Item]:
        """Raises ValueError, with a sentence, for a block of which nothing is kept."""
        if block.kind == "Loan":
            if block.is_last and not block.is_ended:
                raise ValueError(_CUT)
            yield from loan(block.said, block.locator, self._requested)
        elif block.kind == "Grant":
            raise ValueError(_GRANT)
        else:
            yield from self._student(block)

    def _student(self, block: _Block) -> Iterator[Item]:
        try:
            self._requested = american_date(block.said[_REQUESTED][:10])
        except (KeyError, ValueError):
            yield Problem(block.locator, f"`{_REQUESTED}` is missing or no date", row=False)
        if block.is_last:  # nothing says whether it is whole
            return
        for name in TOTALS:
            if block.said.get(name):
                yield _total(name, block)
        yield from _person(block)


def _total(name: str, block: _Block) -> Stated | Problem:
    try:
        return total(name, block.said[name], block.locator)
    except ValueError as error:
        return Problem(block.locator, str(error), row=False)


def _person(block: _Block) -> Iterator[Record]:
    fields: list[tuple[str, Value]] = [
        (prop, block.said[name]) for prop, name in _NAMES if block.said.get(name)
    ]
    name = " ".join(str(value) for _, value in fields)
    address = block.said.get(_EMAIL, "")
    if "@" in address:
        fields.append(("vcard:hasEmail", Iri(mailto(address))))
    if fields:
        yield Record(
            kind="CustomerFile",
            key=Key(natural=("student", name)),
            fields=(*((("vcard:fn", name),) if name else ()), *fields),
            locator=block.locator,
            counted=False,
        )
