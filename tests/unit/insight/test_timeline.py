"""Periods of a timeline, and days put together to weeks."""

from datetime import date

import pytest

from pod.insight.timeline import by_week, month_of, read_period, year_of

LAST = date(2025, 12, 30)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2025-03", date(2025, 3, 1), date(2025, 4, 1)),
        ("2024-12", date(2024, 12, 1), date(2025, 1, 1)),
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("", date(2025, 12, 1), date(2026, 1, 1)),
        ("2025-13", date(2025, 12, 1), date(2026, 1, 1)),
        ("0000", date(2025, 12, 1), date(2026, 1, 1)),
        ("9999-12", date(2025, 12, 1), date(2026, 1, 1)),
        ("2025-3", date(2025, 12, 1), date(2026, 1, 1)),
    ],
)
def test_a_period_is_read_or_the_last_month_is_meant(text, since, until):
    found = read_period(text, LAST)
    assert (found.since, found.until) == (since, until)
    assert read_period(str(found), LAST) == found


def test_periods_lead_to_those_beside_them():
    assert str(month_of(date(2025, 1, 9)).moved(-1)) == "2024-12"
    assert str(year_of(LAST).moved(1)) == "2026"


def test_days_are_put_together_by_their_mondays():
    days = [(date(2025, 1, 6), "a", 1), (date(2025, 1, 12), "a", 2), (date(2025, 1, 13), "a", 4)]
    assert by_week(days) == {(date(2025, 1, 6), "a"): 3, (date(2025, 1, 13), "a"): 4}
