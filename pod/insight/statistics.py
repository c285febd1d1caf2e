"""What can be said of any dated series of numbers: its bounds, its middle, and where it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

_MONTH: Final = Decimal("30.4375")  # days: a twelfth of 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Figures of a series, in the unit of its values.

    `lowest` and `highest` are the first days on which the bounds were reached. `trend` is how much
    it grows in a month, by least squares over the days; None where all values are of one day.
    """

    count: int
    total: Decimal
    minimum: Decimal
    lowest: date
    median: Decimal
    mean: Decimal
    maximum: Decimal
    highest: date
    trend: Decimal | None


def statistics_of(series: Sequence[tuple[date, Decimal]]) -> Statistics | None:
    """The figures of values by their days; None where there are none."""
    if not series:
        return None
    values = [value for _, value in series]
    total = sum(values, Decimal())
    minimum, maximum = min(values), max(values)
    return Statistics(
        count=len(values),
        total=total,
        minimum=minimum,
        lowest=min(day for day, value in series if value == minimum),
        median=_median(sorted(values)),
        mean=total / len(values),
        maximum=maximum,
        highest=min(day for day, value in series if value == maximum),
        trend=_trend(series),
    )


def _median(values: Sequence[Decimal]) -> Decimal:
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return (values[middle - 1] + values[middle]) / 2


def _trend(series: Sequence[tuple[date, Decimal]]) -> Decimal | None:
    """The slope of the straight line that is nearest to all points, for a month."""
    days = [Decimal(day.toordinal()) for day, _ in series]
    values = [value for _, value in series]
    middle, mean = sum(days, Decimal()) / len(days), sum(values, Decimal()) / len(values)
    spread = sum(((day - middle) ** 2 for day in days), Decimal())
    if not spread:
        return None
    pairs = zip(days, values, strict=True)
    together = sum(((day - middle) * (value - mean) for day, value in pairs), Decimal())
    return together / spread * _MONTH
