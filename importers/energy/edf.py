"""EDF: the electricity or gas of a customer, as suiviconso.edf.fr gives it, in tables in a ZIP.

A table alone is imported too. The number of the contract stands in the names of the files only:
a table alone is of the meter that the option `meter` names. What months and years are stated to
come to is held against the days; months that days tell of become no records, so that nothing is
counted twice.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import BinaryIO, Final

from importers.archive import Member, first_files, members
from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem
from importers.energy.edf_power import readings
from importers.energy.edf_table import TITLE, Line, read, table_of
from importers.energy.edf_totals import Meter, days, indexes, months, years
from importers.energy.meters import meter_point
from importers.energy.options import COMMODITY, METER
from importers.energy.sums import checks
from importers.table import first_rows, folded, rows

EDF: Final = HolderHint(iri="https://www.edf.fr/", name="EDF", sector="energy")

# Each figure is rounded to a whole kWh by itself, and an index at both of its ends.
_SLACK = Decimal(1)
_TABLES = ("mes-puissances-atteintes", "mes-index", "ma-conso")
_FILES = (*_TABLES, "ma-puissance")
_CONTRACT = re.compile(r"-(\d{6,})-\d{5}\.csv$", re.ASCII)
_NOT_A_TABLE = "this is no table of consumption or indexes: it is not imported"


class EdfTable:
    format = "edf-table"
    title = "EDF suiviconso: une table de consommation, de puissances ou d'index (CSV)"
    domain = "energy"
    extensions = (".csv",)
    version = "2"
    options = (METER, COMMODITY)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the name of the first column, which stands below a title."""
        del filename
        top = [row.cells[0] for row in first_rows(head, 2)]
        if top and folded(top[0]).startswith(TITLE) and table_of(top[-1]):
            return Match(confidence=90, needs=(METER.name, COMMODITY.name))
        return None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return EDF

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """What the rows say. Options: `meter`, the contract, and `commodity`, `gas` for gas."""
        meter = Key(stable=options.said(METER) or "edf")
        yield from _items(read(rows(export, is_a_line=True)), meter, options.said(COMMODITY))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """What years are stated to come to against their months."""
        return checks(items, _SLACK)


class EdfArchive:
    format = "edf-archive"
    title = "EDF suiviconso: toutes les tables (ZIP)"
    domain = "energy"
    extensions = (".zip",)
    version = "2"
    options = (METER, COMMODITY)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the files in it."""
        del filename
        if any(one.file.startswith(_FILES) for one in first_files(head)):
            return Match(confidence=95)
        return None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return EDF

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """What the rows of all tables say, each located in its file. Options as for a table."""
        meters: dict[str, list[Line]] = {}
        for member in members(export):
            if isinstance(member, Problem):
                yield member
            elif not (member.file.startswith(_TABLES) and member.file.endswith(".csv")):
                yield Problem(member.locator, _NOT_A_TABLE, row=False)
            else:
                found = _CONTRACT.search(member.file)
                number = options.said(METER) or (found[1] if found else "edf")
                for line in _lines(member):
                    if isinstance(line, Problem):
                        yield line
                    else:
                        meters.setdefault(number, []).append(line)
        for number, lines in meters.items():
            yield from _items(lines, Key(stable=number), options.said(COMMODITY))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """What months, years and indexes are stated to come to against the days."""
        return checks(items, _SLACK)


def _lines(member: Member) -> Iterator[Line | Problem]:
    for line in read(rows(io.BytesIO(member.content), is_a_line=True)):
        yield replace(line, locator=f"{member.locator}!{line.locator}")


def _items(found: Iterable[Line | Problem], meter: Key, commodity: str) -> Iterator[Item]:
    lines: list[Line] = []
    for line in found:
        if isinstance(line, Problem):
            yield line
        else:
            lines.append(line)
    if not lines:
        return
    gas = commodity == "gas" or (not commodity and any(map(_is_gas, lines)))
    about = Meter(meter, "gas" if gas else "electricity")
    yield meter_point(meter, about.commodity, lines[0].locator)
    tables: dict[str, list[Line]] = {}
    for line in lines:
        tables.setdefault(line.table, []).append(line)
    by_day, power = tables.get("day", []), tables.get("power", [])
    told = frozenset(line.when for line in (*by_day, *power))
    yield from readings(power, meter)
    yield from indexes(tables.get("index", ()), about, alone=set(tables) == {"index"})
    yield from days(by_day, about)
    yield from months(tables.get("month", ()), about, told)
    yield from years(tables.get("year", ()), about)


def _is_gas(line: Line) -> bool:
    return line.gas or "gaz" in line.locator
