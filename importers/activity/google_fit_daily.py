"""Google Fit in Takeout: "Daily activity metrics.csv" (or "Daily Summaries.csv"), a row a day.

The table has the columns of what was ever measured, in any order, named in English; each figure of
a day is a measure of that civil day. Durations in milliseconds become minutes. A column that is not
known is told, and so is a row in which a quotation mark hides where its cells end. The file of each
single day, in quarters of an hour, says its date nowhere and is not imported: this table and the
streams have what it holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.activity.day_tables import Figure, measures, single_rows
from importers.activity.figures import figure
from importers.activity.measures import record_of
from importers.clock import iso_date
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.rows import convert
from importers.table import Columns, Row, first_rows, folded, width_of

_DATE: Final = "Date"
_MINUTE_OF_MILLISECONDS: Final = Decimal(1) / 60_000
_DURATION: Final = folded("duration (ms)")
# The columns that are known: what they measure, and the QUDT name of the unit.
_KNOWN: Final[Mapping[str, Figure]] = MappingProxyType(
    {
        folded(column): Figure(name=name, unit=unit)
        for column, (name, unit) in {
            "Step count": ("steps-of-day", "NUM"),
            "Move Minutes count": ("move-time-of-day", "MIN"),
            "Calories (kcal)": ("energy-of-day", "KiloCAL"),
            "Distance (m)": ("distance-of-day", "M"),
            "Heart Points": ("heart-points-of-day", "NUM"),
            "Heart Minutes": ("heart-time-of-day", "MIN"),
            "Average heart rate (bpm)": ("average-heart-rate-of-day", "BEAT-PER-MIN"),
            "Max heart rate (bpm)": ("maximum-heart-rate-of-day", "BEAT-PER-MIN"),
            "Min heart rate (bpm)": ("minimum-heart-rate-of-day", "BEAT-PER-MIN"),
            "Average speed (m/s)": ("average-speed-of-day", "M-PER-SEC"),
            "Max speed (m/s)": ("maximum-speed-of-day", "M-PER-SEC"),
            "Min speed (m/s)": ("minimum-speed-of-day", "M-PER-SEC"),
            "Average weight (kg)": ("average-body-mass-of-day", "KiloGM"),
            "Max weight (kg)": ("maximum-body-mass-of-day", "KiloGM"),
            "Min weight (kg)": ("minimum-body-mass-of-day", "KiloGM"),
        }.items()
    }
)


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
        return HolderHint(iri="https://fit.google.com/", name="Google Fit", sector="health")

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
                yield Problem(row.locator, "a column is not known, and not kept", row=False)

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


def _measure(column: str) -> Figure | None:
    """What a column measures, and in which unit: `Walking duration (ms)` is minutes of a day."""
    plain = folded(column)
    activity = plain.removesuffix(_DURATION)
    if activity != plain and activity.isascii() and activity.isalnum():
        name = f"{activity}-duration-of-day"
        return Figure(name=name, unit="MIN", factor=_MINUTE_OF_MILLISECONDS)
    return _KNOWN.get(plain)
