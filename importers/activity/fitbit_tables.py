"""Fitbit in Google Takeout: the tables (CSV) that have a row for each day or night.

Oxygen saturation, heart rate variability, breathing, temperature of the skin, scores of sleep and
stress, readiness: each table is known by its columns. A row is of the civil day that it writes,
whatever time and `Z` stand behind it: for the night the day of its end. Not kept, and told by
their number: how exact a figure is (deviations, shares of noise, counts of samples), what a score
is made of where Fitbit gives points of a maximum, and the words that sort it (LOW, HIGH).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.activity.day_tables import Figure, measures, single_rows
from importers.activity.figures import figure
from importers.activity.fitbit_file import FITBIT
from importers.activity.measures import record_of
from importers.clock import iso_date
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.rows import convert
from importers.table import Columns, Row, first_rows, folded, width_of

_TIMED: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?Z?)?"
)
_LOG: Final = "sleep_log_entry_id"
_OTHERS: Final = "columns of this table that are not kept: {}"
_EMPTY: Final = "rows that say nothing of their day are not kept: {}"
_RATE: Final = "PER-MIN"
# What each table has: the column of its day, and of each figure what it measures.
_TABLES: Final[tuple[tuple[str, Mapping[str, Figure]], ...]] = tuple(
    (
        folded(day),
        MappingProxyType({folded(name): Figure(name=n, unit=u) for name, n, u in columns}),
    )
    for day, columns in (
        (
            "timestamp",
            (
                ("average_value", "oxygen-saturation-of-night", "PERCENT"),
                ("lower_bound", "lowest-oxygen-saturation-of-night", "PERCENT"),
                ("upper_bound", "highest-oxygen-saturation-of-night", "PERCENT"),
            ),
        ),
        (
            "timestamp",
            (
                ("nremhr", "heart-rate-of-non-rem-sleep", "BEAT-PER-MIN"),
                ("rmssd", "heart-rate-variability-rmssd-of-night", "MilliSEC"),
                ("entropy", "heart-rate-entropy-of-night", ""),
            ),
        ),
        ("timestamp", (("daily_respiratory_rate", "respiratory-rate-of-night", _RATE),)),
        (
            "timestamp",
            tuple(
                (f"{part}_sleep_breathing_rate", f"respiratory-rate-of-{part}-sleep", _RATE)
                for part in ("full", "deep", "light", "rem")
            ),
        ),
        ("sleep_end", (("nightly_temperature", "skin-temperature-of-night", "DEG_C"),)),
        (
            "timestamp",
            (
                ("overall_score", "sleep-score", ""),
                ("composition_score", "sleep-composition-score", ""),
                ("revitalization_score", "sleep-revitalization-score", ""),
                ("duration_score", "sleep-duration-score", ""),
                ("deep_sleep_in_minutes", "deep-sleep-of-score", "MIN"),
                ("resting_heart_rate", "resting-heart-rate-of-score", "BEAT-PER-MIN"),
                ("restlessness", "restlessness-of-night", ""),
            ),
        ),
        ("DATE", (("STRESS_SCORE", "stress-management-score", ""),)),
        (
            "date",
            (
                ("readiness_score_value", "readiness-score", ""),
                ("activity_subcomponent", "readiness-of-activity", ""),
                ("sleep_subcomponent", "readiness-of-sleep", ""),
                ("hrv_subcomponent", "readiness-of-heart-rate-variability", ""),
            ),
        ),
    )
)


class FitbitTables:
    """Any of these tables."""

    format = "fitbit-tables"
    title = "Fitbit (Takeout): SpO2, HRV, breathing, temperature, scores of each day (CSV)"
    domain = "health"
    extensions = (".csv",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        found = any(_table(row.cells) for row in first_rows(head, 1, delimiter=","))
        return Match(confidence=90) if found else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return FITBIT

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The measures of each row. Takes no options."""
        del options
        days = _Days()
        yield from convert(single_rows(export), days.read)
        yield from days.end()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the tables state no total."""
        del items
        return ()


def _table(names: Iterable[str]) -> tuple[str, Mapping[str, Figure]] | None:
    """The table that has these columns: its day and the first of its figures are among them."""
    found = {folded(name) for name in names}
    return next((one for one in _TABLES if {one[0], next(iter(one[1]))} <= found), None)


class _Days:
    def __init__(self) -> None:
        self._columns: Columns | None = None
        self._day = ""
        self._figures: Mapping[str, Figure] = {}
        self._width = 0
        self._empty = 0

    def read(self, row: Row) -> Iterator[Item]:
        """Raises ValueError, with a sentence, for a row that cannot be read."""
        if self._columns is None:
            return self._header(row)
        return self._row(row, self._columns)

    def end(self) -> Iterator[Item]:
        """What is to be said when all of the table is read."""
        if self._empty:
            yield Problem("/", _EMPTY.format(self._empty), row=False)

    def _header(self, row: Row) -> Iterator[Item]:
        found = _table(row.cells)
        self._columns, self._width = Columns.of(row), width_of(row)
        if found is None:
            raise ValueError("these columns are not those of a table that is known")
        self._day, self._figures = found
        kept = {self._day, folded(_LOG), *self._figures}
        if others := sum(folded(name) not in kept for name in row.cells[: self._width]):
            yield Problem(row.locator, _OTHERS.format(others), row=False)

    def _row(self, row: Row, columns: Columns) -> Iterator[Item]:
        if any(row.cells[self._width :]):
            raise ValueError("the row has more cells than the table has columns")
        if not self._figures:
            raise ValueError("nobody knows what the columns of this row are")
        on = columns.read(row, self._day, _civil)
        log = columns.cell(row, _LOG) if columns.have(_LOG) else ""
        found = [
            (one, columns.read(row, name, figure))
            for name, one in self._figures.items()
            if columns.have(name) and columns.cell(row, name)
        ]
        if not found or _is_failed(row, columns):
            self._empty += 1
            return iter(())
        return map(record_of, measures(found, on, row.locator, log))


def _is_failed(row: Row, columns: Columns) -> bool:
    """Whether Fitbit says that it could not work out the score of the row, which it gives as 0."""
    name = "CALCULATION_FAILED"
    return columns.have(name) and columns.cell(row, name).casefold() == "true"


def _civil(text: str) -> date:
    found = _TIMED.fullmatch(text)
    if found is None:
        raise ValueError("this is no day")
    return iso_date(found[1])
