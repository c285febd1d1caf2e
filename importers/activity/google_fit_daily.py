"""Google Fit in Takeout: "Daily activity metrics.csv" (or "Daily Summaries.csv"), a row a day.

The table has the columns of what was ever measured, in any order, named in English; each figure of
a day is a measure of that civil day. Durations in milliseconds become minutes. A column that is not
known is told, and so is a row in which a quotation mark hides where its cells end. The file of each
single day, in quarters of an hour, is that of google_fit_quarters.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from importers.activity.day_tables import Figure, measures, single_rows
from importers.activity.figures import figure
from importers.activity.google_fit_columns import FIT, NOT_KNOWN, column
from importers.activity.measures import record_of
from importers.clock import iso_date
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.rows import convert
from importers.table import Columns, Row, first_rows, folded, width_of

_DATE: Final = "Date"


class GoogleFitDaily:
    """The daily totals of Google Fit."""

    format = "google-fit-daily"
    title = "Google Fit (Takeout): daily activity metrics (CSV)"
    domain = "health"
    extensions = (".csv",)
    version = "3"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        for row in first_rows(head, 1, delimiter=","):
            columns = Columns.of(row)
            if columns.have("Calories (kcal)") and columns.positions.get(folded(_DATE)) == 0:
                return Match(confidence=90)
        return None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return FIT

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The measures of each day. Takes no options."""
        del options
        return convert(single_rows(export), _Days().read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the table states no total."""
        del items
        return ()


class _Days:
    def __init__(self) -> None:
        self._columns: Columns | None = None
        self._names: tuple[str, ...] = ()

    def read(self, row: Row) -> Iterable[Item]:
        """Raises ValueError, with a sentence, for a row that cannot be read."""
        if self._columns is None:
            return self._header(row)
        return self._day(row, self._columns)

    def _header(self, row: Row) -> Iterator[Item]:
        self._columns, self._names = Columns.of(row), row.cells[: width_of(row)]
        for name in self._names[1:]:
            if _measure(name) is None:
                yield Problem(row.locator, NOT_KNOWN, row=False)

    def _day(self, row: Row, columns: Columns) -> Iterator[Item]:
        if any(row.cells[len(self._names) :]):
            raise ValueError("the row has more cells than the table has columns")
        day = columns.read(row, _DATE, iso_date)
        found = [
            (measure, columns.read(row, name, figure))
            for name in self._names[1:]
            if (measure := _measure(name)) and columns.cell(row, name)
        ]
        return map(record_of, measures(found, day, row.locator))


def _measure(name: str) -> Figure | None:
    """What a column measures of a day, and in which unit."""
    found = column(name)
    return Figure(name=found.of_day, unit=found.unit, factor=found.factor) if found else None
