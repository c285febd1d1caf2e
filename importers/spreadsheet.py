"""The sheets of a workbook in Office Open XML (.xlsx), as rows of texts. No formula is computed.

A table in text (.csv) is what a program saves one sheet as.

Format: ECMA-376 part 1 §18. A workbook is a ZIP of XML documents: `xl/workbook.xml` names the
sheets in order, texts that recur stand in `xl/sharedStrings.xml`. A date is a number of days, and
only the format of its cell (`xl/styles.xml`) says that it is one: it becomes `2026-03-02`, with the
time of day behind it if it has one.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import BinaryIO

from importers.archive import MARK, Member, first_files, members
from importers.contract import Problem
from importers.markup import Element, elements
from importers.table import Row, rows
from importers.text import octets
from importers.units import plain

_SHEETS = frozenset({"/workbook/sheets/sheet", "/workbook/workbookPr"})
_FORMATS = frozenset({"/styleSheet/numFmts/numFmt", "/styleSheet/cellXfs/xf"})
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = frozenset({"/Relationships/Relationship"})
_STRINGS = frozenset({"/sst/si"})
_ROWS = frozenset({"/worksheet/sheetData/row"})
_CELL = re.compile(r"([A-Z]{1,3})\d{1,7}", re.ASCII)
_MOST_COLUMNS = 1024
_LAST_COLUMN = 16_384
_TOO_WIDE = f"cells behind the column {_MOST_COLUMNS} are not read"
_FROM_1904 = "days count from 1904: where a cell is not shown as a date, it would be another one"
_CUT = "the file ends in this row, which may not be all there"
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_FIRST_SERIAL = date(1899, 12, 30)  # §18.17.4.1: day 1 is 1 January 1900
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,20})?(?:E-?\d{1,2})?", re.ASCII)


# §18.8.30: the formats of dates that are not written out, and what of one that is says no date.
_DATES = frozenset({"14", "15", "16", "17", "22"})
_NO_MARK = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_MARK = re.compile(r"[dy]", re.IGNORECASE)
# §18.17.4.1: the day before the first one, by the two calendars. The one of 1900 has a 29 February.
_BASE_1900, _BASE_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - as on a wall
_FIRST_SURE, _MOST_DAYS = 61, 200_000
_SHEET = re.compile(r"xl/worksheets/[\w.-]+\.xml", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name, with those of its rows in which something stands."""

    name: str
    rows: tuple[Row, ...]


def tables(export: BinaryIO) -> Iterator[Sheet | Problem]:
    """The sheets of a workbook, or the one of a table in text, which has no name.

    Each line of a table is a row of it; one that the end of the file cuts off is a Problem.
    """
    content = octets(export)
    if content.startswith(MARK):
        yield from sheets(io.BytesIO(content))
        return
    kept: list[Row] = []
    for row in rows(io.BytesIO(content), is_a_line=True):
        if isinstance(row, Problem):
            yield row
        elif row.is_cut:
            yield Problem(row.locator, _CUT)
        else:
            kept.append(row)
    yield Sheet("", tuple(kept))


def sheets(export: BinaryIO) -> Iterator[Sheet | Problem]:
    """The sheets of a workbook, in its order, and what of it cannot be read."""
    found = tuple(members(export))
    yield from (one for one in found if isinstance(one, Problem))
    parts = {one.name: one for one in found if isinstance(one, Member)}
    book = _Book()
    for text in _read(parts, "xl/sharedStrings.xml", _STRINGS):
        if isinstance(text, Problem):
            yield text
        else:
            book.texts.append(_text(text))
    yield from book.read_formats(_read(parts, "xl/styles.xml", _FORMATS))
    targets = dict(_targets(parts))
    for sheet in _read(parts, _WORKBOOK, _SHEETS):
        if isinstance(sheet, Problem):
            yield sheet
        elif sheet.name == "workbookPr":
            book.starts_in_1904 = sheet.attributes.get("date1904", "") in {"1", "true"}
            if book.starts_in_1904:
                yield Problem(_WORKBOOK, _FROM_1904, row=False)
        else:
            name = sheet.attributes.get("name", "")
            part = targets.get(sheet.attributes.get("id", ""), "")
            yield from _sheet(name, _read(parts, part, _ROWS), book)


def day_of(text: str) -> date:
    """The day of a cell that has it as a number: `46112`. Raises ValueError for anything else."""
    if not _SERIAL.fullmatch(text):
        raise ValueError("this is not a day of a workbook")
    return _FIRST_SERIAL + timedelta(days=int(text))


@lru_cache(maxsize=2)
def first_tables(head: bytes, count: int) -> tuple[tuple[Row, ...], ...]:
    """The first rows of each sheet, as far as the beginning of a workbook has them.

    This is for recognising a workbook: texts that stand behind what is there are missing.
    """
    parts = {one.name: one for one in first_files(head)} if head.startswith(MARK) else {}
    book = _Book()
    strings = _read(parts, "xl/sharedStrings.xml", _STRINGS)
    book.texts += (_text(text) for text in strings if isinstance(text, Element))
    for _ in book.read_formats(_read(parts, "xl/styles.xml", _FORMATS)):
        pass
    found = []
    for part in filter(_SHEET.fullmatch, parts):
        read = (one for one in _read(parts, part, _ROWS) if isinstance(one, Element))
        found.append(tuple(_row(row, at, book) for at, row in enumerate(islice(read, count), 1)))
    return tuple(found)


@dataclass(slots=True)
class _Book:
    """What all sheets of a workbook refer to: its texts, and which formats are those of dates."""

    texts: list[str] = field(default_factory=list)
    dates: frozenset[str] = _DATES
    formats: list[str] = field(default_factory=list)
    starts_in_1904: bool = False

    def read_formats(self, found: Iterator[Element | Problem]) -> Iterator[Problem]:
        """Note the formats; what of them cannot be read is a remark."""
        for one in found:
            if isinstance(one, Problem):
                yield Problem(one.locator, one.message, row=False)
                continue
            number = one.attributes.get("numFmtId", "")
            if one.name == "xf":
                self.formats.append(number)
            elif _DATE_MARK.search(_NO_MARK.sub("", one.attributes.get("formatCode", ""))):
                self.dates |= {number}

    def is_date(self, cell: Element) -> bool:
        """Whether a cell shows its number as a date."""
        style = cell.attributes.get("s", "")
        place = int(style) if re.fullmatch(r"\d{1,5}", style, re.ASCII) else len(self.formats)
        return place < len(self.formats) and self.formats[place] in self.dates


def _sheet(name: str, found: Iterator[Element | Problem], book: _Book) -> Iterator[Sheet | Problem]:
    rows: list[Row] = []
    for row in found:
        if isinstance(row, Problem):
            yield Problem(f"{name}!{row.locator}", row.message)
        else:
            rows.append(_row(row, len(rows) + 1, book))
            # A sheet ends with the column XFD; what is behind it is nowhere.
            if any(_MOST_COLUMNS <= place < _LAST_COLUMN for place, _ in _cells(row)):
                yield Problem(f"{name}!{rows[-1].locator}", _TOO_WIDE, row=False)
    yield Sheet(name, tuple(row for row in rows if any(row.cells)))


def _read(
    parts: Mapping[str, Member], name: str, paths: frozenset[str]
) -> Iterator[Element | Problem]:
    part = parts.get(name)
    if part:
        yield from elements(io.BytesIO(part.content), paths)


def _targets(parts: Mapping[str, Member]) -> Iterator[tuple[str, str]]:
    """The part that each relation of the workbook leads to, by the name of the relation."""
    for found in _read(parts, "xl/_rels/workbook.xml.rels", _RELATIONS):
        if isinstance(found, Element):
            target = found.attributes.get("Target", "").removeprefix("/xl/")
            yield found.attributes.get("Id", ""), f"xl/{target}"


def _row(row: Element, number: int, book: _Book) -> Row:
    said = row.attributes.get("r", "")
    cells = {
        place: _value(cell, book).strip() for place, cell in _cells(row) if place < _MOST_COLUMNS
    }
    width = max(cells, default=-1) + 1
    line = int(said) if re.fullmatch(r"\d{1,7}", said, re.ASCII) else number
    return Row(line, tuple(cells.get(place, "") for place in range(width)))


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row, each with the place that it says, else the next one."""
    for place, cell in enumerate(row.all("c")):
        found = _CELL.fullmatch(cell.attributes.get("r", ""))
        yield _column(found[1]) if found else place, cell


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(cell: Element, book: _Book) -> str:
    """§18.18.11 ST_CellType: "s" a shared text, "inlineStr" one in place, "n" a number."""
    kind, value = cell.attributes.get("t", "n"), cell.get("v")
    if kind == "inlineStr":
        return "".join(_text(found) for found in cell.all("is"))
    if kind == "s":
        place = int(value) if re.fullmatch(r"\d{1,9}", value, re.ASCII) else len(book.texts)
        return book.texts[place] if place < len(book.texts) else ""
    if kind != "n":
        return value
    day = _day(value, book) if book.is_date(cell) else ""
    return day or _plain(value)


def _day(value: str, book: _Book) -> str:
    """A number of days as a date, and with a time of day where it is none whole; "" for neither."""
    if not _NUMBER.fullmatch(value):
        return ""
    days = Decimal(value)
    if not (0 if book.starts_in_1904 else _FIRST_SURE) <= days <= _MOST_DAYS:
        return ""
    seconds = round(days * 86_400)
    base = _BASE_1904 if book.starts_in_1904 else _BASE_1900
    moment = base + timedelta(seconds=seconds)
    return f"{moment:%Y-%m-%d}" if seconds % 86_400 == 0 else f"{moment:%Y-%m-%d %H:%M:%S}"


def _plain(value: str) -> str:
    """A number without exponent and without the noise of binary fractions."""
    return f"{plain(Decimal(value)):f}" if _NUMBER.fullmatch(value) else value


def _text(element: Element) -> str:
    """A text, whose pieces may each have a format of their own."""
    return "".join(found.text for path in ("t", "r/t") for found in element.all(path))
