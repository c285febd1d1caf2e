"""Which number of a class of records is drawn over time, in which unit, and as what.

One small table, so that a page of any class is made in one way. A class that is not in it is
counted: so many records a day, as a calendar.
"""

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from vocab.names import SD, SOSA


class Drawn(Enum):
    """How the values of a class are drawn."""

    BARS = "bars"  # stacked columns, one a month
    LINES = "lines"  # the months of a year against those of the year before
    CALENDAR = "calendar"  # how much there is on each day
    CURVE = "curve"  # the half hours of days, from the points of a series


class Made(Enum):
    """How the values of one day, or of one month, become one."""

    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is drawn of a class: `field` has the number, "" where records are counted.

    `part` is the field that tells parts from one another, "" where there are none; `unit` is
    "" for a number of things, and where each part has its own.
    """

    field: str
    unit: str
    drawn: Drawn
    part: str = ""
    made: Made = Made.SUM


def _money(field: str, part: str = "") -> Measure:
    return Measure(field=field, unit="€", drawn=Drawn.BARS, part=part)


def _count(part: str = "", drawn: Drawn = Drawn.BARS) -> Measure:
    return Measure(field="", unit="", drawn=drawn, part=part)


_LEVEL: Final = Measure(field=SD.balance, unit="€", drawn=Drawn.LINES, made=Made.MEAN)
_TABLE: Final = MappingProxyType(
    {
        "BankTransaction": _money(SD.amount, SD.nature),
        "Balance": _LEVEL,
        "Purchase": _money(SD.total),
        "Invoice": _money(SD.total),
        "Instalment": _money(SD.total),
        "HealthExpense": _money(SD.total, SD.nature),
        "Reimbursement": _money(SD.total, SD.nature),
        "Payslip": _money(SD.netPay),
        "PortfolioMovement": _money(SD.total, SD.nature),
        "Consumption": Measure(field=SD.energy, unit="kWh", drawn=Drawn.LINES, part=SD.commodity),
        "Production": Measure(field=SD.energy, unit="kWh", drawn=Drawn.LINES),
        "MeterReading": Measure(
            field=SD.meterIndex, unit="", drawn=Drawn.LINES, part=SD.account, made=Made.MEAN
        ),
        "HealthMeasure": Measure(
            field=SOSA.hasSimpleResult,
            unit="",
            drawn=Drawn.LINES,
            part=SD.sourceLabel,
            made=Made.MEAN,
        ),
        "PointsMovement": Measure(field=SD.points, unit="", drawn=Drawn.BARS),
        "Trip": Measure(field=SD.distance, unit="km", drawn=Drawn.BARS, part=SD.nature),
        "Workout": Measure(field=SD.distance, unit="km", drawn=Drawn.BARS),
        "Communication": _count(SD.nature),
        "Message": _count(),
        "OnlineActivity": _count(),
        "SeriesChunk": _count(drawn=Drawn.CURVE),
    }
)
_COUNTED: Final = _count(drawn=Drawn.CALENDAR)


def measure_of(kind: str) -> Measure:
    """What is drawn of a class, by its local name."""
    return _TABLE.get(kind, _COUNTED)
