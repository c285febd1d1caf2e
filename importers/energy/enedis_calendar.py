"""The block after the indexes of Enedis: for which tariff period each register was, and when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from importers.clock import instant
from importers.contract import Code, Value
from importers.table import Columns, Row

_PERIOD = re.compile(r"Du (\S+) au(?: (\S+))?", re.ASCII)
_CELL = "cadranclassetemporelle"
# Of the names of the French tariffs ("HCB", "HPJW"…): off-peak, peak, and one price all day.
TARIFFS = {"HC": "offpeak", "HP": "peak", "BA": "base"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A stretch of time, and what is known of each register in it; `end` None is until now."""

    start: datetime
    end: datetime | None
    registers: Mapping[str, tuple[tuple[str, Value], ...]]

    def holds(self, stamp: datetime) -> bool:
        return self.start <= stamp and (self.end is None or stamp < self.end)


def is_calendar(row: Row) -> bool:
    return _PERIOD.fullmatch(row.cells[0]) is not None


def calendar(header: Columns, row: Row) -> Calendar:
    """A row `Du 2020-03-31T00:00:00+02:00 au …`. Raises ValueError where its dates are none."""
    found = _PERIOD.fullmatch(row.cells[0])
    start, end = found.groups() if found else ("", None)
    return Calendar(
        start=instant(start),
        end=instant(end) if end else None,
        registers=dict(_registers(header, row)),
    )


def _registers(header: Columns, row: Row) -> Iterator[tuple[str, tuple[tuple[str, Value], ...]]]:
    """Each register, told by three cells: the id of its tariff period, the label, the register."""
    for name, place in header.positions.items():
        if name.startswith(_CELL) and 2 <= place < len(row.cells) and row.cells[place]:
            identifier, label, register = row.cells[place - 2 : place + 1]
            code = TARIFFS.get(identifier[:2].upper())
            known: list[tuple[str, Value]] = [("schema:name", label)] if label else []
            if code:
                known.append(("sd:tariffPeriod", Code(code)))
            yield register, tuple(known)
