from datetime import date
from decimal import Decimal

import pytest

from pod.insight.rows import day, number


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ({"n": "1.50"}, Decimal("1.50")),
        ({"n": "-2E3"}, Decimal(-2000)),
        ({"n": "NaN"}, None),
        ({"n": "INF"}, None),
        ({"n": "much"}, None),
        ({}, None),
    ],
)
def test_a_number_is_one_or_none_at_all(row, value):
    assert number(row, "n") == value


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ({"d": "2026-03-01"}, date(2026, 3, 1)),
        ({"d": "2026-03-01T23:30:00+01:00"}, date(2026, 3, 1)),
        ({"d": "2026-02-30"}, None),
        ({"d": "2026"}, None),
        ({}, None),
    ],
)
def test_a_day_is_the_one_that_is_written(row, value):
    assert day(row, "d") == value
