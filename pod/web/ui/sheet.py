"""The rows that a page shows: as people read them, as CSV, and as JSON, from one value."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pod.charts.said import dated, money, month, with_unit
from pod.http.cells import text
from pod.web.ui.sizes import said_size, said_time
from pod.web.ui.words import words

Value = str | int | Decimal | date | datetime | bool | None
_NONE = "\N{EN DASH}"
_ROUNDED: Mapping[str, int] = {"kWh": 1}  # in columns, where sums have what single values have not
_SPELT: Mapping[str, Callable[[int, str], str]] = {"s": said_time, "B": said_size}
_DIGEST = re.compile("[0-9a-f]{40,}")  # which nobody reads to its end; twins have it whole
_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name for programs, its title for people, "" where they read it elsewhere, and
    the unit of its numbers, or, where each row has its own, the name of the column that says it.

    `is_month` is whether its values are months: by their days, or as "2026-03".
    """

    name: str
    title: str = ""
    unit: str = ""
    unit_in: str = ""
    is_number: bool = False
    is_month: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell as people read it; `address` is the page that it leads to."""

    text: str
    address: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows under columns. `addresses` are the pages that first cells lead to, one for each row."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    addresses: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns that people read: what has a unit in each row has it behind its numbers."""
        units = {column.unit_in for column in self.columns}
        return tuple(column for column in self.columns if column.name not in units)

    def shown(self, language: str) -> Iterator[tuple[Cell, ...]]:
        """The rows as people read them, in the columns that they read."""
        for at, row in enumerate(self.rows):
            address = self.addresses[at] if self.addresses else ""
            values = dict(zip((column.name for column in self.columns), row, strict=True))
            yield tuple(
                Cell(
                    text=_shown(values[column.name], column, _unit(column, values), language),
                    address="" if place else address,
                    is_number=column.is_number,
                )
                for place, column in enumerate(self.read)
            )


def text_of(value: Value, unit: str, language: str) -> str:
    """A value as people read it; a dash where there is none."""
    match value:
        case None:
            return _NONE
        case bool():
            return words(language)["part.yes" if value else "part.no"]
        case datetime() | date():
            return dated(value, language)
        case int() | Decimal():
            return _amount(value, unit, language)
        case str():
            return f"{value[:_SHOWN]}…" if _DIGEST.fullmatch(value) else value


def as_csv(sheet: Sheet) -> bytes:
    """The rows as CSV (RFC 4180) with a header, in UTF-8; no cell is a formula to a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    # A column may be named by what somebody has written, such as a part of a series.
    writer.writerow([text(column.name) for column in sheet.columns])
    writer.writerows([[_plain(value) for value in row] for row in sheet.rows])
    return made.getvalue().encode()


def as_json(sheets: tuple[Sheet, ...]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet, by its name: numbers as JSON numbers, times as ISO 8601."""
    return {
        sheet.name: [
            {
                column.name: _json(value)
                for column, value in zip(sheet.columns, row, strict=True)
                if value is not None
            }
            for row in sheet.rows
        ]
        for sheet in sheets
    }


def _shown(value: Value, column: Column, unit: str, language: str) -> str:
    if column.is_month and value is not None:
        first = value if isinstance(value, date) else date.fromisoformat(f"{value}-01")
        return month(first, language)
    if isinstance(value, Decimal) and value % 1 and unit in _ROUNDED:
        value = round(value, _ROUNDED[unit])
    return text_of(value, unit, language)


def _unit(column: Column, values: Mapping[str, Value]) -> str:
    return str(values[column.unit_in] or "") if column.unit_in else column.unit


def _amount(value: int | Decimal, unit: str, language: str) -> str:
    """A number with its unit; of a currency, which has a code of three letters, to the cent."""
    if unit in _SPELT:
        return _SPELT[unit](int(value), language)
    if unit == "€" or (unit.isupper() and len(unit) == len("EUR")):
        return money(Decimal(value), "EUR" if unit == "€" else unit, language)
    return with_unit(Decimal(value), unit, language)


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return text(value)
    return str(_json(value)).lower() if isinstance(value, bool) else str(_json(value))


def _json(value: Value) -> Any:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case _:
            return value
