"""GRDF: the consumption of a gas meter as its customer area gives it in a workbook (.xlsx).

A sheet of it that a program saved as a table (.csv) is read alike.

Each sheet has some rows of title and then a table of days, weeks or months; what its columns are
is told by words in their names, as these change. Months are named in French. The number of the
meter is in the title or in the option `meter`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import BinaryIO, Final

from importers.archive import MARK, first_files
from importers.clock import french_date, iso_date
from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem
from importers.energy.grdf import GRDF, SLACK, Reading, items, quality, six_o_clock
from importers.energy.options import METER
from importers.energy.sums import checks
from importers.money import decimal, decimal_comma
from importers.months import month_number
from importers.spreadsheet import Sheet, day_of, tables
from importers.table import Row, check_width, first_rows, folded, width_of

# What a column is by the words that its folded name has all of, the first that fits.
_COLUMNS: Final = (
    ("shown from", ("index", "debut")),
    ("shown to", ("index", "fin")),
    ("energy", ("energie",)),
    ("volume", ("volume", "consomm")),
    ("from", ("date", "debut")),
    ("to", ("date", "fin")),
    ("quality", ("qualif",)),
    ("quality", ("typede",)),
    ("quality", ("nature",)),
    ("when", ("journee",)),
    ("when", ("periode",)),
    ("when", ("date",)),
    ("when", ("semaine",)),
    ("when", ("mois",)),
)
_METER = re.compile(r"\b(\d{14}|GI\d{6})\b", re.ASCII)
_WEEK = re.compile(r"du(\d{1,2}/\d{1,2}/\d{4})au(\d{1,2}/\d{1,2}/\d{4})", re.ASCII)
_MONTH = re.compile(r"([a-z]{3,9})(\d{4})", re.ASCII)
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOST_TITLES: Final = 30
_NO_TABLE = "this sheet has no table of consumption, and is not imported"


class GrdfXlsx:
    format = "grdf-xlsx"
    title = "GRDF: consommation de gaz par jour, semaine ou mois (XLSX, CSV)"
    domain = "energy"
    extensions = (".xlsx", ".csv")
    version = "3"
    options = (METER,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the sheets or of the columns, else by that of the file."""
        if not head.startswith(MARK):
            top = first_rows(head, _MOST_TITLES)
            is_gas = any(
                _columns(row) and _is_of_gas("".join(map(folded, row.cells))) for row in top
            )
            return Match(confidence=90, variant="csv", needs=(METER.name,)) if is_gas else None
        named = folded(filename).startswith("consommationsgaz")
        for one in first_files(head):
            text = folded(one.content.decode("utf-8", "replace"))
            sheet = one.name == "xl/workbook.xml" and "historiquepar" in text
            if sheet or (one.name.startswith("xl/") and (named or _is_of_gas(text))):
                return Match(confidence=90, needs=(METER.name,))
        return None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return GRDF

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each row, beside its meter and what that showed. Option `meter`."""
        return items(_readings(tables(export), options.said(METER)))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """What the register passed, and what weeks and months state, against the days."""
        return checks(items, SLACK)


def _is_of_gas(text: str) -> bool:
    return "energieconsommee" in text and "coefficientdeconversion" in text


def _readings(found: Iterable[Sheet | Problem], meter: str) -> Iterator[Reading | Problem]:
    number = meter
    for sheet in found:
        if isinstance(sheet, Problem):
            yield sheet
            continue
        columns: Mapping[str, int] = {}
        width = 0
        for row in sheet.rows:
            named = _METER.search(" ".join(row.cells))
            if not columns:
                number = number or (named[1] if named else "")
                columns = _columns(row)
                # A workbook leaves out the empty cells at the end of a row; a table does not.
                width = 0 if sheet.name else width_of(row)
            else:
                yield _reading(row, columns, Key(stable=number or "gaz"), sheet.name, width)
        if not columns:
            yield Problem(f"{sheet.name}!/", _NO_TABLE, row=not sheet.name)


def _columns(row: Row) -> dict[str, int]:
    """What each column is, {} where the row does not name those of a table of consumption."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        name = folded(cell)
        kind = next((kind for kind, words in _COLUMNS if all(w in name for w in words)), None)
        if kind and len(name) < 60:
            found.setdefault(kind, place)
    return found if {"energy", "volume"} & set(found) and {"when", "from"} & set(found) else {}


def _reading(
    row: Row, columns: Mapping[str, int], meter: Key, sheet: str, width: int
) -> Reading | Problem:
    locator = f"{sheet}!{row.locator}" if sheet else row.locator
    cells = {
        kind: row.cells[place] if place < len(row.cells) else "" for kind, place in columns.items()
    }
    try:
        if width:
            check_width(row, width)
        first, after = _days(cells)
        return Reading(
            meter=meter,
            start=six_o_clock(first),
            end=six_o_clock(after),
            energy=_number(cells.get("energy", "")),
            volume=_number(cells.get("volume", "")),
            shown=(_number(cells.get("shown from", "")), _number(cells.get("shown to", ""))),
            quality=quality(cells.get("quality", "")),
            nature=cells.get("quality", ""),
            locator=locator,
        )
    except ValueError as error:
        return Problem(locator, str(error))


def _days(cells: Mapping[str, str]) -> tuple[date, date]:
    """The gas day with which a row begins, and the one after its last."""
    if cells.get("from") and cells.get("to"):
        return _day(cells["from"]), _day(cells["to"])
    text = cells.get("when") or cells.get("from") or ""
    week, month = _WEEK.fullmatch(folded(text)), _MONTH.fullmatch(folded(text))
    if week:
        return french_date(week[1]), french_date(week[2]) + timedelta(days=1)
    if month and (number := month_number(month[1])):
        first = french_date(f"1/{number}/{month[2]}")
        return first, (first + timedelta(days=31)).replace(day=1)
    day = _day(text)
    return day, day + timedelta(days=1)


def _day(text: str) -> date:
    if text.isdigit():
        return day_of(text)
    return iso_date(text) if _ISO.fullmatch(text) else french_date(text)


def _number(text: str) -> Decimal | None:
    if not text or text == "-":
        return None
    return decimal_comma(text) if "," in text else decimal(text)
