"""The tables that are in an export: one of a file, those of a workbook, those of an archive.

A file is CSV or TSV, JSON (an array of objects, or an object of such arrays), JSON lines, a
workbook (.xlsx, .ods), or a ZIP archive of these.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Final

from importers import opendocument, spreadsheet
from importers.archive import MARK, Archive, Unreadable, first_files
from importers.contract import Problem
from importers.document import Element, elements
from importers.sight import is_document
from importers.spreadsheet import Sheet
from importers.table import Row, delimiter_of, rows
from importers.text import Readable, decode, lines, octets

TABLES: Final = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx", ".ods")
_HEAD: Final = 1 << 16
_FIRST_LINES = 40
_BLANK = b" \t\r\n\xef\xbb\xbf"
_LINES = re.compile(rb"\{.*\}\s*[\r\n]\s*\{", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of rows, of which one has the names. `is_exact` says that it is of a workbook."""

    name: str
    rows: Iterable[Row | Problem]
    delimiter: str = ""
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Objects:
    """A table of JSON objects, each of which has the names."""

    name: str
    found: Iterable[Element | Problem]


Source = Grid | Objects


class _Begun:
    """An export of which the first octets were looked at."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int, /) -> bytes:
        if self._head:
            block, self._head = self._head[:size], self._head[size:]
            return block
        return self._rest.read(size)


def sources(export: BinaryIO, name: str = "") -> Iterator[Source | Problem]:
    """The tables of an export, each to be read before the next one, and what cannot be opened."""
    head = bytearray()
    while len(head) < _HEAD and (block := export.read(_HEAD - len(head))):
        head += block
    begun = _Begun(bytes(head), export)
    if head.startswith(MARK):
        content = octets(begun)
        yield from _workbook(content, name) if is_document(content[:_HEAD]) else _archive(content)
    elif bytes(head.lstrip(_BLANK)[:1]) in {b"[", b"{"}:
        yield from _json(begun, bytes(head), name)
    else:
        top = decode(bytes(head)).splitlines()[:_FIRST_LINES]
        yield Grid(name, rows(begun), delimiter_of(top, ";"))


def _archive(content: bytes) -> Iterator[Source | Problem]:
    for entry in Archive(io.BytesIO(content)).entries():
        if isinstance(entry, Problem):
            yield entry
            continue
        if not entry.name.lower().endswith(TABLES):
            yield Problem(entry.name, "this file is no table, and is not read", row=False)
            continue
        try:
            member = b"".join(entry.pieces())
        except Unreadable as reason:
            yield Problem(entry.name, str(reason))
            continue
        if member.startswith(MARK) and not is_document(member[:_HEAD]):
            yield Problem(entry.name, "an archive within an archive is not opened: unpack it")
        else:
            yield from sources(io.BytesIO(member), entry.name)


def _workbook(content: bytes, name: str) -> Iterator[Source | Problem]:
    kind = next((one.content for one in first_files(content) if one.name == "mimetype"), b"")
    read = opendocument.sheets if kind.startswith(b"application/vnd.oasis") else spreadsheet.sheets
    for found in read(io.BytesIO(content)):
        if isinstance(found, Sheet):
            yield Grid(found.name, found.rows, is_exact=True)
        else:
            yield replace(found, locator=f"{name}!{found.locator}" if name else found.locator)


def _json(export: Readable, head: bytes, name: str) -> Iterator[Source | Problem]:
    if _LINES.match(head.lstrip(_BLANK)):
        yield Objects(name, _by_line(lines(export)))
        return
    text = decode(octets(export)).lstrip("\ufeff")
    if text.lstrip().startswith("["):
        yield Objects(name, elements(text, "/*"))
        return
    for found in elements(text, ""):
        if isinstance(found, Element) and isinstance(found.value, dict):
            yield from _members(found.value, name)
        elif isinstance(found, Problem):
            yield found


def _by_line(text: Iterable[str]) -> Iterator[Element | Problem]:
    for number, line in enumerate(text, 1):
        for found in elements(line, "") if line.strip() else ():
            where = f"line={number}"
            yield (
                Element(where, found.value)
                if isinstance(found, Element)
                else Problem(where, found.message)
            )


def _members(whole: dict[str, Any], name: str) -> Iterator[Source | Problem]:
    """The lists of objects that an object has, each a table; without one it is itself a row."""
    found = {member: value for member, value in whole.items() if _is_table(value)}
    if not found:
        yield Objects(name, (Element("line=1", whole),))
        return
    for member, value in whole.items():
        if member in found:
            each = (Element(f"/{member}/{place}", one) for place, one in enumerate(value))
            yield Objects(member, tuple(each))
        else:
            message = "this stands beside the tables, and is not kept"
            yield Problem(f"/{member}", message, row=False)


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)
