"""The sheets of a workbook in Office Open XML (.xlsx), as rows of texts. No formula is computed.

A table in text (.csv) is what a program saves one sheet as.

Format: ECMA-376 part 1 §18. A workbook is a ZIP of XML documents: `xl/workbook.xml` names the
sheets in order, texts that recur stand in `xl/sharedStrings.xml`. A date is a number of days.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import BinaryIO

from importers.archive import MARK, Member, members
from importers.contract import Problem
from importers.markup import Element, elements
from importers.table import Row, rows
from importers.text import octets
from importers.units import plain

_SHEETS = frozenset({"/workbook/sheets/sheet"})
_RELATIONS = frozenset({"/Relationships/Relationship"})
_STRINGS = frozenset({"/sst/si"})
_ROWS = frozenset({"/worksheet/sheetData/row"})
_CELL = re.compile(r"([A-Z]{1,3})\d{1,7}", re.ASCII)
_MOST_COLUMNS = 256
_CUT = "the file ends in this row, which may not be all there"
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_FIRST_SERIAL = date(1899, 12, 30)  # §18.17.4.1: day 1 is 1 January 1900
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,20})?(?:E-?\d{1,2})?", re.ASCII)


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
    texts: list[str] = []
    for text in _read(parts, "xl/sharedStrings.xml", _STRINGS):
        if isinstance(text, Problem):
            yield text
        else:
            texts.append(_text(text))
    targets = dict(_targets(parts))
    for sheet in _read(parts, "xl/workbook.xml", _SHEETS):
        if isinstance(sheet, Problem):
            yield sheet
        else:
            name = sheet.attributes.get("name", "")
            part = targets.get(sheet.attributes.get("id", ""), "")
            yield from _sheet(name, _read(parts, part, _ROWS), texts)


def day_of(text: str) -> date:
    """The day of a cell that has it as a number: `46112`. Raises ValueError for anything else."""
    if not _SERIAL.fullmatch(text):
        raise ValueError("this is not a day of a workbook")
    return _FIRST_SERIAL + timedelta(days=int(text))


def _sheet(
    name: str, found: Iterator[Element | Problem], texts: list[str]
) -> Iterator[Sheet | Problem]:
    rows: list[Row] = []
    for row in found:
        if isinstance(row, Problem):
            yield Problem(f"{name}!{row.locator}", row.message)
        else:
            rows.append(_row(row, len(rows) + 1, texts))
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


def _row(row: Element, number: int, texts: list[str]) -> Row:
    said = row.attributes.get("r", "")
    cells: dict[int, str] = {}
    for place, cell in enumerate(row.all("c")):
        found = _CELL.fullmatch(cell.attributes.get("r", ""))
        column = _column(found[1]) if found else place
        if column < _MOST_COLUMNS:
            cells[column] = _value(cell, texts).strip()
    width = max(cells, default=-1) + 1
    line = int(said) if re.fullmatch(r"\d{1,7}", said, re.ASCII) else number
    return Row(line, tuple(cells.get(place, "") for place in range(width)))


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(cell: Element, texts: list[str]) -> str:
    """§18.18.11 ST_CellType: "s" a shared text, "inlineStr" one in place, "n" a number."""
    kind, value = cell.attributes.get("t", "n"), cell.get("v")
    if kind == "inlineStr":
        return "".join(_text(found) for found in cell.all("is"))
    if kind == "s":
        place = int(value) if re.fullmatch(r"\d{1,9}", value, re.ASCII) else len(texts)
        return texts[place] if place < len(texts) else ""
    return _plain(value) if kind == "n" else value


def _plain(value: str) -> str:
    """A number without exponent and without the noise of binary fractions."""
    return f"{plain(Decimal(value)):f}" if _NUMBER.fullmatch(value) else value


def _text(element: Element) -> str:
    """A text, whose pieces may each have a format of their own."""
    return "".join(found.text for path in ("t", "r/t") for found in element.all(path))
