"""n3rgy: half hours that a British smart meter gave a customer, in JSON of two versions and in CSV.

Times are UTC and END their half hour; a day is named by its date. The resource of the JSON says
which meter, whether electricity or gas, and whether it was consumed or produced; `granularity` how
long a row is.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, Final

from importers.clock import instant, iso_date, wall_time
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import Element, elements, first, has_marks
from importers.energy.british import ASKED, LONDON, Said, Told, headless, items, measure
from importers.energy.meters import Interval
from importers.money import ungrouped
from importers.table import Columns, Row, first_rows, folded, of_width, rows
from importers.text import lines
from importers.totals import Period

N3RGY: Final = HolderHint(iri="https://www.n3rgy.com/", name="n3rgy", sector="energy")

_RESOURCE = re.compile(r"/(?:mpxn/)?(\d{6,13})/(?:utility/)?(electricity|gas)/(.*)", re.ASCII)
_HALF_AN_HOUR: Final = timedelta(minutes=30)
_TIME = "timestamp (UTC)"
_FIGURES: Final = {folded(f"energyConsumption ({unit})"): unit for unit in ("kWh", "m3")}
_NO_STEP = "only half hours and days are imported"
_UNNAMED = "n3rgy"
_NEEDS = tuple(one.name for one in ASKED[:3])


class N3rgyJson:
    format = "n3rgy-json"
    title = "n3rgy: smart meter readings (JSON)"
    domain = "energy"
    extensions = (".json",)
    version = "1"
    options = ASKED

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of its members."""
        del filename
        marks = ('"resource"', '"granularity"', '"values"', '"timestamp"')
        return Match(confidence=90) if has_marks(head, marks) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return N3RGY

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A reading or a day for each row. Options, where the file is silent: as for others."""
        text = "".join(lines(export))
        step = str(first(text, "/granularity") or "halfhour")
        path, name = "/values/*", "value"
        if first(text, "/devices") is not None:
            path, name = "/devices/*/values/*", "primaryValue"
        found = (_of_element(one, name, step) for one in elements(text, path))
        yield from items(found, measure(_said(text), options, _UNNAMED))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states no sum of itself."""
        del items
        return ()


class N3rgyCsv:
    format = "n3rgy-csv"
    title = "n3rgy: smart meter readings (CSV)"
    domain = "energy"
    extensions = (".csv",)
    version = "2"
    options = ASKED

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the two columns."""
        del filename
        for row in first_rows(head, 1, delimiter=","):
            names = [folded(name) for name in row.cells]
            if names[0] == folded(_TIME) and _FIGURES.keys() & set(names):
                return Match(confidence=90, needs=_NEEDS)
        return None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return N3RGY

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A reading for each half hour. Options: `meter`, `commodity`, `unit`, `flow`."""
        table = rows(export, delimiter=",", is_a_line=True)
        header = next(table, None)
        columns = Columns.of(header) if isinstance(header, Row) else Columns({})
        figure = next((name for name in _FIGURES if columns.have(_TIME, name)), None)
        if figure is None:
            yield from headless(header, table)
            return
        said = measure(Said(unit=_FIGURES[figure]), options, _UNNAMED)
        table = of_width(table, 1 + max(columns.positions.values()))
        yield from items((_of_row(columns, one, figure) for one in table), said)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states no sum of itself."""
        del items
        return ()


def _said(text: str) -> Said:
    found = _RESOURCE.fullmatch(str(first(text, "/resource") or ""))
    unit = str(first(text, "/unit") or "")
    if found is None:
        return Said(unit=unit)
    meter, commodity, rest = found.groups()
    flow = "out" if "production" in rest or "export" in rest else "in"
    return Said(meter=meter, commodity=commodity, unit=unit, flow=flow)


def _of_element(found: Element | Problem, name: str, granularity: str) -> Told | Problem:
    if isinstance(found, Problem):
        return found
    try:
        start, end = _stretch(found.text("timestamp"), granularity)
        value = found.number_or_none(name)
        return Told(Interval(start=start, end=end, value=value, locator=found.locator))
    except ValueError as error:
        return Problem(found.locator, str(error))


def _of_row(columns: Columns, row: Row | Problem, figure: str) -> Told | Problem:
    if isinstance(row, Problem):
        return row
    try:
        end = columns.read(row, _TIME, _utc)
        value = columns.read(row, figure, lambda text: ungrouped(text) if text else None)
        return Told(Interval(start=end - _HALF_AN_HOUR, end=end, value=value, locator=row.locator))
    except ValueError as error:
        return Problem(row.locator, str(error))


def _stretch(stamp: str, granularity: str) -> tuple[datetime, datetime]:
    """From when to when a row is: the half hour that ends at its stamp, or the day it names."""
    if granularity == "day":
        day = Period.of_day(iso_date(stamp[: len("2021-01-01")]), LONDON)
        return day.start, day.end
    if granularity != "halfhour":
        raise ValueError(_NO_STEP)
    end = _utc(stamp)
    return end - _HALF_AN_HOUR, end


def _utc(text: str) -> datetime:
    """`2021-01-01 00:30`, which is UTC, as a time that says its offset also is."""
    try:
        return wall_time(text).replace(tzinfo=UTC)
    except ValueError:
        return instant(text)
