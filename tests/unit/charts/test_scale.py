"""Scales: round marks, zero where it belongs, and days at the beginnings of months."""

from datetime import date
from itertools import pairwise

import pytest

from pod.charts.scale import Days, around, decimals, from_zero, nice


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 10, (0, 2, 4, 6, 8, 10)),
        (0, 97, (0, 20, 40, 60, 80, 100)),
        (0, 0.3, (0, 0.1, 0.2, 0.3)),
        (-30, 70, (-40, -20, 0, 20, 40, 60, 80)),
        (71.2, 73.9, (71, 72, 73, 74)),
        (0, 0, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (5, 5, (0, 1, 2, 3, 4, 5)),
        (-5, -5, (-5, -4, -3, -2, -1, 0)),
        (0, 1_234_567, (0, 500_000, 1_000_000, 1_500_000)),
    ],
)
def test_marks_are_round_and_go_around_the_values(low, high, ticks):
    assert nice(low, high).ticks() == ticks


@pytest.mark.parametrize("exponent", range(-9, 10))
@pytest.mark.parametrize("digits", [1, 1.9, 2, 4.99, 5, 7.3, 9.999])
def test_any_size_of_value_has_three_to_eight_marks(exponent, digits):
    value = digits * 10.0**exponent
    scale = from_zero([value])
    assert 3 <= len(scale.ticks()) <= 8
    assert scale.low == 0
    assert scale.high >= value * (1 - 1e-9)
    assert len({f"{tick:.{scale.places}f}" for tick in scale.ticks()}) == len(scale.ticks())


def test_bars_begin_at_zero_and_lines_do_unless_they_are_far_from_it():
    assert from_zero([70, 71]).low == 0
    assert around([70, 71]).low == 70
    assert around([10, 71]).low == 0
    assert around([]).ticks()[0] == 0


@pytest.mark.parametrize(
    ("first", "last", "kinds", "marked"),
    [
        (date(2026, 3, 30), date(2026, 4, 2), "day", [30, 31, 1, 2]),
        (date(2026, 1, 1), date(2026, 12, 31), "month", [1, 4, 7, 10]),
        (date(2025, 12, 31), date(2026, 3, 1), "month", [1, 2, 3]),
        (date(2018, 5, 1), date(2026, 5, 1), "year", [2020, 2022, 2024, 2026]),
    ],
)
def test_time_is_marked_in_days_months_or_years(first, last, kinds, marked):
    marks = Days(first, last).marks()
    assert {kind for _, kind in marks} == {kinds}
    assert [getattr(day, kinds) for day, _ in marks] == marked


@pytest.mark.parametrize("span", [0, 1, 5, 13, 30, 44, 45, 61, 89, 200, 366, 900, 4000, 40_000])
@pytest.mark.parametrize("most", range(1, 6))
def test_there_are_never_more_marks_than_asked_for(span, most):
    first = date(2019, 2, 11)
    marks = Days(first, date.fromordinal(first.toordinal() + span)).marks(most)
    assert len(marks) <= most
    assert all(one < other for (one, _), (other, _) in pairwise(marks))


def test_one_day_stands_in_the_middle():
    day = date(2026, 1, 1)
    assert Days(day, day).share(day) == 0.5


@pytest.mark.parametrize(
    ("values", "places"),
    [([1, 2], 0), ([1.5, 2], 1), ([0.25], 2), ([1 / 3], 2), ([2400.4, 0.1], 0), ([], 0)],
)
def test_values_beside_one_another_have_the_same_decimals(values, places):
    assert decimals(values) == places
