"""What the exports of British suppliers and data services have in common.

They seldom say whose meter it is, or even what comes through it: the options `meter` and
`commodity` (`electricity`, `gas`) say so, and `unit` (`kwh`, `m3`) what gas is measured in, as
meters of the first generation give kWh and later ones m³.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from importers.contract import Item, Key, Options, Problem, Reading, Series
from importers.energy.meters import Interval, item, meter_point, series_of
from importers.energy.options import COMMODITY, FLOW, METER, UNIT
from importers.table import Row, folded
from importers.units import CUBIC_METRE, WATT_HOUR, Unit, plain

LONDON: Final = ZoneInfo("Europe/London")
ASKED: Final = (METER, COMMODITY, UNIT, FLOW)
"""What such files seldom say."""

_UNITS: Final[Mapping[str, tuple[Unit, int]]] = {
    "kwh": (WATT_HOUR, 1000),
    "m3": (CUBIC_METRE, 1),
}
_NO_HEADER = "nothing before this row says what its columns are"
_NO_UNIT = "say in what unit it is measured with the option `unit`: `kwh` or `m3`"
_NO_ENERGY = "electricity is not measured in m³: say with `commodity=gas` that this is gas"


@dataclass(frozen=True, slots=True)
class Measure:
    """What the rows of a file are: of which series, and how many of its units a figure is."""

    series: Series
    size: int

    def value(self, figure: Decimal | None) -> Decimal | None:
        return None if figure is None else plain(figure * self.size)

    @property
    def costs(self) -> Series:
        """The series of what the intervals cost, in pounds."""
        return replace(
            self.series,
            name=f"{self.series.name}-cost",
            quantity="Currency",
            unit="CCY_GBP",
            energy="none",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a file itself says of its rows, "" where it is silent."""

    meter: str = ""
    commodity: str = ""
    unit: str = ""
    flow: str = "in"


def measure(said: Said, options: Options, unnamed: str) -> Measure | str:
    """What the rows are, by the file and else by the options; `unnamed` is a meter without a name.

    Where neither says enough, it is a sentence that asks for what is missing.
    """
    unit = _name(said.unit) or _name(options.said(UNIT))
    commodity = options.said(COMMODITY) or said.commodity
    commodity = commodity or ("gas" if unit == "m3" else "electricity")
    known = _UNITS.get(unit or ("kwh" if commodity == "electricity" else ""))
    if known is None:
        return _NO_UNIT
    if commodity == "electricity" and known[0] is CUBIC_METRE:
        return _NO_ENERGY
    meter = Key(stable=options.said(METER) or said.meter or unnamed)
    flow = options.said(FLOW) or said.flow
    series = series_of(meter, commodity, known[0], "out" if flow == "out" else "in")
    return Measure(replace(series, zone=LONDON), known[1])


def _name(unit: str) -> str:
    return folded(unit).replace("\u00b3", "3")


def headless(first: Row | Problem | None, table: Iterable[Row | Problem]) -> Iterator[Problem]:
    """Every row of a table, none of which can be read: it begins with no names of columns.

    `first` is its first row, None where it has none.
    """
    for one in chain(() if first is None else (first,), table):
        yield one if isinstance(one, Problem) else Problem(one.locator, _NO_HEADER)


@dataclass(frozen=True, slots=True)
class Told:
    """A row: its interval, with the figure of the file, and what it cost in pence."""

    interval: Interval
    pence: Decimal | None = None


def items(found: Iterable[Told | Problem], of: Measure | str) -> Iterator[Item]:
    """The meter where its first row stands, and every row; or why none of them can be told."""
    known = False
    for row in found:
        if isinstance(row, Problem):
            yield row
        elif isinstance(of, str):
            yield Problem(row.interval.locator, of)
        else:
            if not known:
                known = True
                yield meter_point(of.series.meter, of.series.commodity, row.interval.locator)
            yield from _row(row, of)


def _row(row: Told, of: Measure) -> Iterator[Item]:
    interval = replace(row.interval, value=of.value(row.interval.value))
    found = item(of.series, interval)
    pounds = None if row.pence is None else plain(row.pence / 100)
    if isinstance(found, Reading):
        yield found
        if pounds is not None:
            yield replace(found, series=of.costs, value=pounds, quality=None, counted=False)
    elif isinstance(found, Problem) or pounds is None:
        yield found
    else:
        cost = (("sd:total", pounds), ("sd:currency", "GBP"))
        yield replace(found, fields=(*found.fields, *cost))
