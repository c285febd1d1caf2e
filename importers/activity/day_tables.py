"""Tables with a row for each day or night: its lines, and the measures that its cells are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final

from importers.activity.figures import scaled
from importers.activity.measures import Measure
from importers.contract import Problem
from importers.table import Row, rows

_CUT: Final = "the file ends within this row: download it anew"


def single_rows(export: BinaryIO) -> Iterator[Row | Problem]:
    """The rows, a line each: a quote that is not closed takes no other line with it, and is told.

    Of a last line that does not end it cannot be told whether its last figure is whole.
    """
    for row in rows(export, delimiter=",", is_a_line=True):
        yield Problem(row.locator, _CUT) if isinstance(row, Row) and row.is_cut else row


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a cell measures: our name for it, the QUDT name of its unit, and what makes it so."""

    name: str
    unit: str = ""
    factor: Decimal = Decimal(1)


def measures(
    figures: Iterable[tuple[Figure, Decimal]], on: date, locator: str, log: str = ""
) -> Iterator[Measure]:
    """The measures of a row, the first of them counted. Raises ValueError where there are none."""
    place = -1
    for place, (figure, value) in enumerate(figures):
        yield Measure(
            name=figure.name,
            on=on,
            value=scaled(value, figure.factor),
            unit=figure.unit,
            log=log,
            locator=locator,
            counted=place == 0,
        )
    if place < 0:
        raise ValueError("the row says nothing of its day")
