"""Google Fit in Takeout: "Daily activity metrics.csv" (or "Daily Summaries.csv"), a row a day.

The table has the columns of what was ever measured, in any order, named in English; each figure of
a day is a measure of that civil day. Durations in milliseconds become minutes. A column that is not
known is told. The file of each single day, in quarters of an hour without a date, is another.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.activity.figures import figure, scaled
from importers.activity.measures import Measure, record_of
from importers.clock import iso_date
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.rows import convert
from importers.table import Columns, Row, first_rows, folded, rows
from importers.text import octets

_DATE: Final = "Date"
_MINUTE_OF_MILLISECONDS: Final = Decimal(1) / 60_000
_DURATION: Final = folded("duration (ms)")
# The columns that are known: what they measure, and the QUDT name of the unit.
_KNOWN: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        folded(column): measure
        for column, measure in {
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
    version = "2"
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
        return convert(_rows(export), _Days().read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the table states no total."""
        del items
        return ()


def _rows(export: BinaryIO) -> Iterator[Row | Problem]:
    """The rows, a line each: a quote that is not closed takes no other line with it.

    Of a last line that does not end it cannot be told whether its last figure is whole.
    """
    content = octets(export)
    found = list(rows(io.BytesIO(content), delimiter=",", is_a_line=True))
    if found and not content.rstrip(b"\0").endswith((b"\n", b"\r")):
        last = found.pop()
        yield from found
        yield Problem(last.locator, "the file ends within this row: download it anew")
    else:
        yield from found


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
        self._columns, self._names = Columns.of(row), row.cells
        for name in row.cells[1:]:
            if _measure(name) is None:
                yield Problem(row.locator, "a column is not known, and not kept", row=False)

    def _day(self, row: Row, columns: Columns) -> Iterator[Item]:
        day = columns.read(row, _DATE, iso_date)
        if len(row.cells) > len(self._names):
            raise ValueError("the row has more cells than the table has columns")
        found = [
            (_measure(name), columns.read(row, name, figure))
            for name in self._names[1:]
            if _measure(name) and columns.cell(row, name)
        ]
        if not found:
            raise ValueError("the row says nothing of its day")
        for place, (measure, value) in enumerate(found):
            name, unit = measure or ("", "")
            factor = _MINUTE_OF_MILLISECONDS if name.endswith("-duration-of-day") else Decimal(1)
            yield record_of(
                Measure(
                    name=name,
                    on=day,
                    value=scaled(value, factor),
                    unit=unit,
                    locator=row.locator,
                    counted=place == 0,
                )
            )


def _measure(column: str) -> tuple[str, str] | None:
    """What a column measures, and in which unit: `Walking duration (ms)` is minutes of a day."""
    plain = folded(column)
    if plain.endswith(_DURATION) and plain.removesuffix(_DURATION).isascii():
        activity = plain.removesuffix(_DURATION)
        return (f"{activity}-duration-of-day", "MIN") if activity.isalnum() else None
    return _KNOWN.get(plain)
