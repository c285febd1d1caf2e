"""The calendar, the prices and the numbers that synthetic households go by."""

from datetime import date

import pytest

from pod.people.groceries import gtin
from pod.people.holidays import clock_changes, easter, is_school, public_holidays, worked_from
from pod.people.tariffs import following, months, rounded, share
from pod.people.weather import temperatures


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2023, 4, 9), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)],
)
def test_easter(year: int, month: int, day: int):
    assert easter(year) == date(year, month, day)


def test_the_public_holidays_of_2024():
    movable = {date(2024, 4, 1), date(2024, 5, 9), date(2024, 5, 20)}
    assert movable < public_holidays(2024)
    assert len(public_holidays(2024)) == 11


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2024, 3, 29), date(2024, 3, 29)),
        (date(2024, 3, 30), date(2024, 4, 2)),  # Saturday, Easter, its Monday
        (date(2024, 5, 1), date(2024, 5, 2)),
    ],
)
def test_banks_are_closed_on_weekends_and_holidays(day: date, open_: date):
    assert worked_from(day) == open_


def test_the_clocks_change_on_the_last_sundays():
    assert clock_changes(2024) == (date(2024, 3, 31), date(2024, 10, 27))


@pytest.mark.parametrize(
    ("day", "lessons"),
    [(date(2024, 7, 15), False), (date(2024, 9, 10), True), (date(2025, 1, 2), False)],
)
def test_there_are_no_lessons_in_the_holidays(day: date, lessons: bool):  # noqa: FBT001
    assert is_school(day) is lessons


def test_months_begin_and_end_with_the_time_that_is_told_of():
    assert months(date(2024, 1, 15), date(2024, 3, 2)) == (
        (date(2024, 1, 15), date(2024, 1, 31)),
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 3, 1), date(2024, 3, 2)),
    )
    assert following(date(2024, 12, 31)) == date(2025, 1, 1)


def test_amounts_are_rounded_half_up():
    assert rounded(1, 149) == 1
    assert rounded(1, 150) == 2
    assert share(1000, date(2024, 2, 1), date(2024, 2, 29)) == 1000
    assert share(1000, date(2024, 2, 15), date(2024, 2, 29)) == 517


@pytest.mark.parametrize(
    ("stem", "whole"), [("400638133393", "4006381333931"), ("351837040004", "3518370400049")]
)
def test_an_article_number_has_its_check_digit(stem: str, whole: str):
    assert gtin(stem) == whole


def test_winter_is_colder_and_neighbours_share_the_weather():
    days = temperatures(1, "Lyon", date(2024, 1, 1), 366)
    assert sum(days[:31]) < sum(days[182:213])
    assert temperatures(1, "Lyon", date(2024, 1, 1), 366) == days
    assert temperatures(1, "Lyon", date(2024, 1, 1), 60) == days[:60]
