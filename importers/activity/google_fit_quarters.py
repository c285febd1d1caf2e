"""Google Fit in Takeout: the file of one day, "2024-03-31.csv", a row for each quarter of an hour.

There is no published format; the columns are as observed. The day stands in the name of the file
alone, and the option `date` says another one; times have their offset, and the last row ends at
midnight. What is measured is what the table of days and the streams tell of too, in their own
ways: these are samples of a source of their own, and not to be added to those of others. A
rectangle in which somebody was is not kept.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import BinaryIO, Final

from importers.activity.day_tables import single_rows
from importers.activity.figures import figure, scaled
from importers.activity.google_fit_columns import FIT, NOT_KNOWN, Column, column
from importers.activity.quantities import measured
from importers.activity.tracks import device_key
from importers.clock import instant, iso_date
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Match,
    Option,
    Options,
    Problem,
    Sample,
    Sensor,
)
from importers.rows import convert
from importers.table import Columns, Row, check_width, first_rows, width_of

DATE: Final = Option(
    name="date",
    fr="le jour du fichier, que seul son nom dit",
    en="the day of the file, which only its name says",
    example="2024-03-31",
    read=iso_date,
    is_required=True,
)
_START, _END = "Start time", "End time"
_NAMED: Final = re.compile(r"(?:.*/)?(\d{4}-\d\d-\d\d)\.csv", re.ASCII | re.IGNORECASE)
_MIDNIGHT: Final = "00:00"  # where the day ends; no row of it ends where it begins
_SOURCE: Final = "daily activity metrics"
_NO_DAY: Final = "the day of the file stands only in its name: say it with date=YYYY-MM-DD"
_NOTHING: Final = "nothing was measured in this quarter of an hour"


class GoogleFitQuarters:
    """The quarters of an hour of one day."""

    format = "google-fit-quarters"
    title = "Google Fit (Takeout): a day in quarters of an hour (CSV)"
    domain = "health"
    extensions = (".csv",)
    version = "1"
    options = (DATE,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the first columns; the day is that of the name."""
        for row in first_rows(head, 1, delimiter=","):
            if row.cells[:2] == (_START, _END) and any(map(column, row.cells[2:])):
                named = _NAMED.fullmatch(filename)
                said = ((DATE.name, named[1]),) if named and _is_day(named[1]) else ()
                return Match(confidence=90, needs=() if said else (DATE.name,), named=said)
        return None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return FIT

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A sample for each figure of a row. Option `date`, without which nothing is kept."""
        said = options.said(DATE)
        if not said:
            return iter((Problem("line=1", _NO_DAY),))
        return convert(single_rows(export), _Quarters(iso_date(said)).read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the table states no total."""
        del items
        return ()


def _is_day(text: str) -> bool:
    try:
        iso_date(text)
    except ValueError:
        return False
    return True


class _Quarters:
    """Reads the rows of a day, under the columns of the first one."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._columns: Columns | None = None
        self._figures: tuple[tuple[str, Column, Sensor], ...] = ()
        self._width = 0

    def read(self, row: Row) -> Iterator[Item]:
        """Raises ValueError, with a sentence, for a row that cannot be read."""
        if self._columns is None:
            yield from self._header(row)
            return
        check_width(row, self._width)
        start, end = self._time(row, self._columns)
        found = [
            (sensor, scaled(self._columns.read(row, name, figure), known.factor))
            for name, known, sensor in self._figures
            if self._columns.cell(row, name)
        ]
        if not found:
            yield Problem(row.locator, _NOTHING, row=False)
        for place, (sensor, value) in enumerate(found):
            yield Sample(
                sensor=sensor,
                start=start,
                end=end,
                values=(("value", value),),
                locator=row.locator,
                counted=place == 0,
            )

    def _header(self, row: Row) -> Iterator[Problem]:
        self._columns, self._width = Columns.of(row), width_of(row)
        names = row.cells[2 : self._width]
        known = [(name, found) for name in names if (found := column(name))]
        self._figures = tuple((name, found, _sensor(found)) for name, found in known)
        for _ in range(len(names) - len(known)):
            yield Problem(row.locator, NOT_KNOWN, row=False)

    def _time(self, row: Row, columns: Columns) -> tuple[datetime, datetime]:
        start = columns.read(row, _START, self._instant)
        end = columns.read(row, _END, self._instant)
        if columns.cell(row, _END).startswith(_MIDNIGHT):
            end = instant(f"{self._day + timedelta(days=1)}T{columns.cell(row, _END)}")
        if end <= start:
            raise ValueError("the row ends before it begins")
        return start, end

    def _instant(self, text: str) -> datetime:
        return instant(f"{self._day}T{text}")


def _sensor(found: Column) -> Sensor:
    return Sensor(
        name=found.at_time,
        quantity=measured(found.at_time),
        unit=found.unit,
        device=device_key(_SOURCE),
    )
