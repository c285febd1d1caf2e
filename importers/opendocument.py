"""The sheets of a workbook of LibreOffice and others (.ods), as rows of texts.

Format: OpenDocument 1.3 part 3 §9 (tables), §19 (attributes of cells). A workbook is a ZIP whose
`content.xml` has all sheets; cells and rows that recur stand there once, with how often.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from importers.archive import Member, members
from importers.contract import Problem
from importers.markup import Element, elements
from importers.spreadsheet import Sheet
from importers.table import Row

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT: Final = "content.xml"
_SHEETS: Final = frozenset({"/document-content/body/spreadsheet/table"})
_CELLS: Final = ("table-cell", "covered-table-cell")
# §19.385 office:value-type, and where the value of such a cell stands.
_VALUES: Final = {
    "float": "value",
    "currency": "value",
    "percentage": "value",
    "date": "date-value",
    "boolean": "boolean-value",
}
_MOST_COLUMNS = 1024
_MOST_ROWS = 1_000_000
_MOST_REPEATED = 1000
_REPEATED = "this row is said to recur more than a thousand times, and is not read"
_MIXED = "a text of this row has several formats, and their order cannot be told"


def sheets(export: BinaryIO) -> Iterator[Sheet | Problem]:
    """The sheets of a workbook, in its order, and what of it cannot be read."""
    for part in members(export):
        if isinstance(part, Problem):
            yield part
        elif part.name == _CONTENT:
            yield from _sheets(part)


def _sheets(part: Member) -> Iterator[Sheet | Problem]:
    for found in elements(io.BytesIO(part.content), _SHEETS):
        if isinstance(found, Problem):
            yield found
            continue
        rows: list[Row] = []
        name = found.attributes.get("name", "")
        line = 1
        for element in _rows(found):
            try:
                cells = tuple(_cells(element))
            except ValueError as error:
                yield Problem(f"{name}!line={line}", str(error))
                cells = ()
            # An empty row recurs a million times, to the end of the sheet; one with values is as
            # many rows as it says.
            times = _times(element, "number-rows-repeated", _MOST_ROWS)
            if any(cells) and times > _MOST_REPEATED:
                yield Problem(f"{name}!line={line}", _REPEATED)
            elif any(cells):
                rows += [Row(line + number, cells) for number in range(times)]
            line += times
        yield Sheet(name, tuple(rows))


def _rows(sheet: Element) -> Iterator[Element]:
    for child in sheet.children:
        if child.name == "table-row":
            yield child
        elif child.name in {"table-rows", "table-header-rows", "table-row-group"}:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[str]:
    width = 0
    for cell in row.children:
        if cell.name not in _CELLS:
            continue
        text = _text(cell)
        times = _times(cell, "number-columns-repeated", _MOST_COLUMNS - width)
        for _ in range(times if text or times < _MOST_COLUMNS - width else 0):
            yield text
        width += times


def _text(cell: Element) -> str:
    kind = cell.attributes.get("value-type", "")
    name = _VALUES.get(kind, "string-value")
    if name in cell.attributes:
        return cell.attributes[name].strip()
    return "\n".join(_words(one) for one in cell.all("p")).strip()


def _words(element: Element) -> str:
    within = [text for child in element.children if (text := _words(child))]
    if within and (element.text.strip() or len(within) > 1):
        raise ValueError(_MIXED)
    return element.text + "".join(within)


def _times(element: Element, name: str, most: int) -> int:
    said = element.attributes.get(name, "1")
    return max(1, min(int(said), most)) if said.isdigit() and len(said) < 9 else 1
