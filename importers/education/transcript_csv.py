"""Tables of marks as CSV: a row for each mark, or for each course of a report.

No two schools have one table, so columns are known by their names in French and English, and what
is named otherwise the person says with options, of which each takes the name of a column, `scale`
also a number (`scale=20`); `dates=month-first` reads 3/4/2026 as the 4 March. A row whose course is
called a mean states the mean over all courses. What other columns hold (teachers, ranks) is not
kept, and said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import BinaryIO, Final

from importers.cells import ordered_day
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Match,
    Option,
    Options,
    Problem,
    Stated,
    Value,
)
from importers.education.marks import MEAN, Book, Course, Mark, mean_checks, scope_of
from importers.education.transcript_columns import COLUMNS, Columns, columns_of, unheard
from importers.education.written import figure
from importers.endings import Endings
from importers.rows import convert
from importers.table import Row, check_no_total, folded, rows
from importers.text import octets

DATES: Final = Option(
    name="dates",
    fr="si le jour ou le mois vient en premier dans une date comme 3/4/2026",
    en="whether the day or the month comes first in a date such as 3/4/2026",
    values=("day-first", "month-first"),
)
_HEAD = 1 << 16
_FIRST_ROWS = 20
_DELIMITERS: Final = (";", ",", "\t")
_MEAN = re.compile(r"(?:moyenne(?:generale)?|average|overall(?:average|mean)|mean|gpa)")
_OUT_OF = re.compile(r"([^/]+?)\s*/\s*(\d{1,6}(?:[.,]\d{1,3})?)", re.ASCII)
_NUMERIC = re.compile(r"[-+]?\d[\d\s.,]*", re.ASCII)
_OTHER_MEAN = "the mean of the course is another one than in the rows before"
_NO_NAMES = (
    "no row names a column of courses and one of marks: say which they are with the options "
    "`course` and `grade`"
)


class TranscriptCsv:
    format = "transcript-csv"
    title = "Marks, transcripts and school reports as a table (CSV)"
    domain = "education"
    extensions = (".csv", ".tsv", ".txt")
    version = "3"
    options = (*COLUMNS, DATES)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns, among the first rows."""
        del filename
        if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return None
        if _ADDRESSES.search(head[:_HEAD]):
            return None
        return Match(confidence=80) if _delimiter(head[:_HEAD], {}) else None

    def holder(self, head: bytes) -> HolderHint:
        """Not said in the table: the person names her school."""
        del head
        return HolderHint(iri="urn:sd:holder:school", name="school", sector="education")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A grade a row, and each course where it is first named."""
        content = octets(export)
        delimiter = _delimiter(content[:_HEAD], options.values) or _DELIMITERS[0]
        reader = _Reader(options, delimiter)
        yield from convert(rows(BytesIO(content), delimiter=delimiter), reader.read)
        yield from reader.rest()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The means that the table states, against its marks and their coefficients."""
        return mean_checks(items)


# An address book has columns for subjects and notes too.
_ADDRESSES: Final = re.compile(rb"(?i)\bgiven name\b[^\r\n]*\bfamily name\b|\be-mail 1 - value\b")


def _delimiter(head: bytes, said: Mapping[str, str]) -> str:
    """What stands between the cells of a table of marks, "" where this is none."""
    lines = b"\n".join(head.splitlines()[:_FIRST_ROWS])
    for delimiter in _DELIMITERS:
        found = rows(BytesIO(lines), delimiter=delimiter)
        if any(isinstance(row, Row) and columns_of(row, said) for row in found):
            return delimiter
    return ""


class _Reader:
    """Reads rows in the order of the file, and knows the columns that one of them named."""

    def __init__(self, options: Options, delimiter: str) -> None:
        self._said = options.values
        self._order = options.said(DATES) or "day-first"
        self._endings = Endings()
        self._apart = re.compile(f"[{delimiter}]")
        self._columns: Columns | None = None
        self._waiting: list[Row] = []
        self._book = Book()
        self._means: dict[str, Decimal] = {}

    def read(self, row: Row) -> Iterator[Item]:
        """What a row becomes. Raises ValueError, with a sentence, for one that cannot be read."""
        if not row.is_cut:
            self._endings.add(row)
        columns = columns_of(row, self._said) if self._columns is None else None
        if columns is not None:
            self._columns = columns
            yield from _said_of(columns, self._said, row)
        elif self._columns is None:
            self._waiting.append(row)
        else:
            yield from self._mark(row, self._columns)

    def rest(self) -> Iterator[Problem]:
        """What there is to say when all rows are read: what stood above the names is no row."""
        if self._columns is None:
            for row in self._waiting or [Row(1, ())]:
                yield Problem(row.locator, _NO_NAMES)

    def _mark(self, row: Row, columns: Columns) -> Iterator[Item]:
        check_no_total(row)
        self._refuse(row, columns)
        course = Course(name=columns.cell(row, "course"), code=columns.cell(row, "code"))
        if not (course.name or course.code):
            raise ValueError("the row names no course")
        general = bool(_MEAN.fullmatch(folded(course.name)))
        beside = _beside(columns, row)
        mark = _read(columns, row, None if general else course, self._day(columns, row))
        repeated = columns.figure(row, "mean")
        if mark.value == "":
            yield from self._unmarked(course, row, beside)
            return
        if not general:
            yield from self._book.course(course, row.locator, beside)
        yield from self._book.mark(mark)
        yield from self._stated(mark, repeated)

    def _unmarked(
        self, course: Course, row: Row, beside: tuple[tuple[str, Value], ...]
    ) -> Iterator[Item]:
        """A course that is followed and has no mark yet."""
        is_mean = bool(_MEAN.fullmatch(folded(course.name)))
        if is_mean or not tuple(self._book.course(course, row.locator, beside)):
            raise ValueError("the row has no mark")
        yield course.record(row.locator, beside, counted=True)

    def _stated(self, mark: Mark, value: Decimal | None) -> Iterator[Item]:
        """The mean of the course, where a column repeats it in each row."""
        if value is None or mark.course is None:
            return
        scope = scope_of(mark.course.key, mark.term)
        known = self._means.get(scope)
        if known is None:
            self._means[scope] = value
            yield Stated(name=MEAN, scope=scope, value=value, locator=mark.locator)
        elif known != value:
            yield Problem(mark.locator, _OTHER_MEAN, row=False)

    def _day(self, columns: Columns, row: Row) -> date | None:
        text = columns.cell(row, "date")
        return ordered_day(text, self._order) if text else None

    def _refuse(self, row: Row, columns: Columns) -> None:
        free = {columns.places.get(part) for part in ("comment", "label")}
        for place, cell in enumerate(row.cells):
            if "\n" in cell and (place not in free or self._apart.search(cell)):
                raise ValueError("a quote in this row does not end, and takes in the rows after it")
        if row.is_cut:
            self._endings.check(row)
        if any(row.cells[columns.width :]):
            raise ValueError("the row has more cells than the table has columns")


def _said_of(columns: Columns, said: Mapping[str, str], row: Row) -> Iterator[Problem]:
    for name in columns.unknown:
        shown = name[:60]
        yield Problem(row.locator, f"what the column `{shown}` says is not kept", row=False)
    for name in unheard(said, columns):
        yield Problem(row.locator, f"the table has no column `{name}`", row=False)


def _read(columns: Columns, row: Row, course: Course | None, on: date | None) -> Mark:
    text, best = columns.cell(row, "grade"), columns.scale
    out_of = _OUT_OF.fullmatch(text)
    if out_of:
        text, best = out_of.group(1), figure(out_of.group(2))
    elif columns.cell(row, "scale"):
        best = figure(columns.cell(row, "scale").lstrip("/"))
    value: Decimal | str = figure(text) if _NUMERIC.fullmatch(text) else text
    if best is not None and best <= 0:
        raise ValueError("the scale of a mark is more than nought")
    label = columns.cell(row, "label")
    is_mean = course is None or bool(_MEAN.fullmatch(folded(label)))
    return Mark(
        course=course,
        value=value,
        best=best if isinstance(value, Decimal) else None,
        label="" if is_mean else label,
        term=columns.cell(row, "term"),
        coefficient=columns.figure(row, "coefficient"),
        mean=columns.figure(row, "class_mean"),
        lowest=columns.figure(row, "lowest"),
        highest=columns.figure(row, "highest"),
        on=on,
        comment=columns.cell(row, "comment"),
        is_mean=is_mean,
        locator=row.locator,
    )


def _beside(columns: Columns, row: Row) -> tuple[tuple[str, Value], ...]:
    """What a row says of the course and not of the mark."""
    found = columns.figure(row, "credits")
    return () if found is None else (("schema:numberOfCredits", found),)
