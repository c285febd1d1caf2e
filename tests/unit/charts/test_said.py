"""Numbers and dates as people write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pod.charts import said

THIN, HARD, MINUS = "\u202f", "\u00a0", "\u2212"


@pytest.mark.parametrize(
    ("value", "places", "fr", "en"),
    [
        (1234.5, None, f"1{THIN}234,5", "1,234.5"),
        (Decimal("-0.50"), None, f"{MINUS}0,50", f"{MINUS}0.50"),
        (1_000_000, 0, f"1{THIN}000{THIN}000", "1,000,000"),
        (2.345, 1, "2,3", "2.3"),
        (1e-7, None, "0,0000001", "0.0000001"),
    ],
)
def test_numbers(value, places, fr, en):
    assert [said.number(value, each, places) for each in ("fr", "en")] == [fr, en]


@pytest.mark.parametrize(
    ("share", "fr", "en"),
    [
        (0, f"0{THIN}%", "0%"),
        (0.72, f"72{THIN}%", "72%"),
        (0.004, f"1{THIN}%", "1%"),
        (0.998, f"99{THIN}%", "99%"),
        (1, f"100{THIN}%", "100%"),
    ],
)
def test_shares_are_whole_only_where_they_are(share, fr, en):
    assert [said.share(share, each) for each in ("fr", "en")] == [fr, en]


@pytest.mark.parametrize(
    ("call", "fr", "en"),
    [
        (lambda to: said.money(Decimal(-5), "EUR", to), f"{MINUS}5,00{HARD}€", f"{MINUS}€5.00"),
        (lambda to: said.money(Decimal("1.5"), "CHF", to), f"1,50{HARD}CHF", f"1.50{HARD}CHF"),
        (lambda to: said.month(date(2026, 2, 1), to), "février 2026", "February 2026"),
        (lambda to: said.month(date(2026, 2, 1), to, short=True), "févr. 2026", "Feb 2026"),
        (lambda to: said.dated(date(2026, 2, 1), to), "1er février 2026", "1 February 2026"),
        (
            lambda to: said.dated(datetime(2026, 2, 2, 7, 5, tzinfo=UTC), to),
            "2 février 2026 07:05",
            "2 February 2026 07:05",
        ),
        (lambda to: said.day_of_month(date(2026, 8, 1), to), "1er août", "1 Aug"),
        (lambda to: said.weekday(date(2026, 11, 26), to), "jeu.", "Thu"),
        (lambda to: said.hour(6, to), f"6{HARD}h", "06:00"),
        (lambda to: said.with_unit(3.5, "kWh", to), f"3,5{HARD}kWh", f"3.5{HARD}kWh"),
        (lambda to: said.with_unit(3, "", to), "3", "3"),
    ],
)
def test_words(call, fr, en):
    assert [call("fr"), call("en")] == [fr, en]
