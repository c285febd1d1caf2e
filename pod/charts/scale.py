"""Scales of values and of days, with marks at round numbers and at the beginnings of months."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_DAYS: Final = (1, 2, 7, 14)
ROUND: Final = (1, 2, 5)
_LARGE: Final = 1000.0
_FLAT: Final = 0.5  # what keeps above this part of its highest value need not begin at zero


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`, both of them marks, with a mark at each `step`."""

    low: float
    high: float
    step: float

    def share(self, value: float) -> float:
        """Where a value stands: 0 at the low end, 1 at the high end."""
        return (value - self.low) / (self.high - self.low)

    @property
    def places(self) -> int:
        """How many decimal places the marks have."""
        return next(each for each in range(13) if math.isclose(round(self.step, each), self.step))

    def ticks(self) -> tuple[float, ...]:
        """The marks, from low to high."""
        count = round((self.high - self.low) / self.step)
        return tuple(round(self.low + self.step * each, self.places) for each in range(count + 1))


def nice(low: float, high: float, most: int = 5, steps: Sequence[float] = ROUND) -> Scale:
    """The scale over a range in about `most` steps of such a number times a power of ten."""
    if low == high:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = 1.0
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * each for each in (*steps, 10) if power * each >= raw * (1 - 1e-9))
    return Scale(
        round(math.floor(low / step + 1e-9) * step, 12),
        round(math.ceil(high / step - 1e-9) * step, 12),
        step,
    )


def from_zero(values: Iterable[float], most: int = 5) -> Scale:
    """The scale of bars: zero is on it."""
    known = (0.0, *values)
    return nice(min(known), max(known), most)


def around(values: Iterable[float], most: int = 5, steps: Sequence[float] = ROUND) -> Scale:
    """The scale of lines: from zero, unless all values are far from it, as weights are."""
    known = tuple(values) or (0.0,)
    low, high = min(known), max(known)
    if low > high * _FLAT > 0 and low != high:
        return nice(low, high, most, steps)
    return nice(min(0.0, low), max(0.0, high), most, steps)


def decimals(values: Iterable[float], most: int = 2) -> int:
    """How many decimal places values are written with that stand beside one another: as many as
    they have, and none where they are large.
    """
    known = tuple(values)
    if max(map(abs, known), default=0.0) >= _LARGE:
        return 0
    return next(
        (
            each
            for each in range(most)
            if all(math.isclose(round(value, each), value) for value in known)
        ),
        most,
    )


@dataclass(frozen=True, slots=True)
class Days:
    """From a first day to a last one."""

    first: date
    last: date

    def share(self, day: date) -> float:
        """Where a day stands: 0 at the first, 1 at the last; in the middle if there is but one."""
        span = (self.last - self.first).days
        return (day - self.first).days / span if span else 0.5

    def marks(self, most: int = 5) -> tuple[tuple[date, str], ...]:
        """The days to be marked, at most so many, each with what is to be said of it: its `day`,
        its `month` or its `year`.
        """
        span = (self.last - self.first).days
        if span <= _DAYS[-1] * most and span < 45:
            step = next((each for each in _DAYS if span // each < most), _DAYS[-1])
            return tuple((self.first + timedelta(each), "day") for each in range(0, span + 1, step))
        months = tuple(self._months())
        step = next((each for each in _MONTHS if len(months) <= most * each), _MONTHS[-1])
        return tuple(
            (day, "month" if step < 12 else "year")
            for day in months
            if (day.year * 12 + day.month - 1) % step == 0
        )

    def _months(self) -> Iterator[date]:
        """The first days of the months between."""
        day = self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                yield day
            if (day.year, day.month) == (date.max.year, date.max.month):
                return
            day = (day + timedelta(32)).replace(day=1)
