"""Octopus Energy: half hours of a meter, as its API gives them in JSON and its accounts in CSV.

Times have the offset of London and begin their interval; rows mostly come from the last to the
first. A half hour that is missing is a gap. Neither form says whose meter it is; see the options.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO, Final

from importers.clock import instant
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import Element, elements, first, has_marks
from importers.energy.british import ASKED, Said, Told, headless, items, measure
from importers.energy.meters import Interval
from importers.money import ungrouped
from importers.table import Columns, Row, first_rows, folded, of_width, rows, width_of
from importers.text import lines

OCTOPUS: Final = HolderHint(iri="https://octopus.energy/", name="Octopus Energy", sector="energy")

_UNNAMED = "octopus"
_FIGURE = "consumption("
_COST = "Estimated Cost Inc. Tax (p)"
_STANDING = "Standing Charge Inc. Tax (p)"
_NOT_KEPT = "the standing charges are not kept: they are for a day and not for its half hours"
_MORE = "the supplier has more rows on a next page, which is not in this file"
_NEEDS = tuple(one.name for one in ASKED)


class OctopusJson:
    format = "octopus-json"
    title = "Octopus Energy: consumption from the API (JSON)"
    domain = "energy"
    extensions = (".json",)
    version = "1"
    options = ASKED

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the members of its rows."""
        del filename
        marks = ('"results"', '"consumption"', '"interval_start"', '"interval_end"')
        return Match(confidence=95, needs=_NEEDS) if has_marks(head, marks) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return OCTOPUS

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A reading or a day for each row. Options: `meter`, `commodity`, `unit`, `flow`."""
        text = "".join(lines(export))
        found = elements(text, "/results/*")
        yield from items((_of_element(one) for one in found), measure(Said(), options, _UNNAMED))
        if isinstance(first(text, "/next"), str):
            yield Problem("/next", _MORE, row=False)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a page states no sum of itself."""
        del items
        return ()


class OctopusCsv:
    format = "octopus-csv"
    title = "Octopus Energy: consumption and its cost (CSV)"
    domain = "energy"
    extensions = (".csv",)
    version = "2"
    options = ASKED

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns, which come in any order."""
        del filename
        top = first_rows(head, 1, delimiter=",")
        if not any(_unit(_names(row.cells)) for row in top):
            return None
        return Match(confidence=90, needs=_NEEDS)

    def holder(self, head: bytes) -> HolderHint:
        del head
        return OCTOPUS

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A reading or a day for each row, with its cost. Options as for the JSON form."""
        table = rows(export, delimiter=",", is_a_line=True)
        header = next(table, None)
        unit = _unit(_names(header.cells)) if isinstance(header, Row) else None
        if unit is None or not isinstance(header, Row):
            yield from headless(header, table)
            return
        columns = Columns.of(header)
        table = of_width(table, width_of(header))
        if columns.have(_STANDING):
            yield Problem(header.locator, _NOT_KEPT, row=False)
        said = measure(Said(unit=unit), options, _UNNAMED)
        yield from items((_of_row(columns, one) for one in table), said)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states no sum of itself."""
        del items
        return ()


def _of_element(found: Element | Problem) -> Told | Problem:
    if isinstance(found, Problem):
        return found
    try:
        value = found.number_or_none("consumption")
        return Told(
            Interval(
                start=instant(found.text("interval_start")),
                end=instant(found.text("interval_end")),
                value=value,
                locator=found.locator,
            )
        )
    except ValueError as error:
        return Problem(found.locator, str(error))


def _of_row(columns: Columns, row: Row | Problem) -> Told | Problem:
    if isinstance(row, Problem):
        return row
    try:
        figure = next(name for name in columns.positions if name.startswith(_FIGURE))
        return Told(
            Interval(
                start=columns.read(row, "Start", instant),
                end=columns.read(row, "End", instant),
                value=columns.read(row, figure, _number),
                locator=row.locator,
            ),
            pence=columns.read(row, _COST, _number) if columns.have(_COST) else None,
        )
    except ValueError as error:
        return Problem(row.locator, str(error))


def _number(text: str) -> Decimal | None:
    return ungrouped(text) if text else None


def _names(cells: Iterable[str]) -> list[str]:
    return [folded(cell) for cell in cells]


def _unit(names: list[str]) -> str | None:
    """The unit of the figures of a table with these columns, None where it is no such table."""
    figure = next((name for name in names if name.startswith(_FIGURE)), None)
    if figure is None or not {"start", "end"} <= set(names):
        return None
    return figure.removeprefix(_FIGURE).rstrip(")")
