"""Statistics of series, against the module of the language that does the same."""

import statistics
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.insight.statistics import statistics_of

FIRST = date(2024, 1, 1)
values = st.decimals(min_value=-1000, max_value=1000, places=2)


def series(*numbers: Decimal) -> list[tuple[date, Decimal]]:
    return [(FIRST + timedelta(days=day), value) for day, value in enumerate(numbers)]


@given(st.lists(values, min_size=2, max_size=60))
def test_figures_are_those_of_the_module(numbers):
    found = statistics_of(series(*numbers))
    assert found.count == len(numbers)
    assert found.total == sum(numbers)
    assert (found.minimum, found.maximum) == (min(numbers), max(numbers))
    assert found.median == statistics.median(numbers)
    assert found.mean == pytest.approx(statistics.mean(numbers))
    slope = statistics.linear_regression(range(len(numbers)), [float(n) for n in numbers]).slope
    assert float(found.trend) == pytest.approx(slope * 30.4375, abs=1e-6)


def test_days_of_bounds_are_the_first():
    found = statistics_of(series(*map(Decimal, (3, 1, 5, 1, 5))))
    assert (found.lowest, found.highest) == (date(2024, 1, 2), date(2024, 1, 3))


def test_what_is_of_one_day_has_no_trend_and_nothing_has_no_figures():
    assert statistics_of([]) is None
    assert statistics_of(series(Decimal(2))).trend is None
