"""Days become months, months a window, and no half hour of a day of clock change is lost."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from pod.insight.curves import Chunk, month_of, of_month, slots
from pod.insight.measures import Made
from pod.insight.series import Day, after, by_day, change, months_of, parts_of, window


def day(on: date, value: int, part: str = "", estimated: int = 0) -> Day:
    return Day(day=on, part=part, count=1, value=Decimal(value), estimated=estimated)


def test_months_are_sums_with_their_parts():
    found = months_of(
        [
            day(date(2025, 1, 3), 2, "a"),
            day(date(2025, 1, 9), 5, "b", estimated=1),
            day(date(2025, 3, 1), 1, "a"),
        ]
    )
    assert [(one.first, one.value, dict(one.parts), one.is_estimated) for one in found] == [
        (date(2025, 1, 1), 7, {"a": 2, "b": 5}, True),
        (date(2025, 3, 1), 1, {"a": 1}, False),
    ]
    assert [month is None for _, month in window(found, 24)] == [False, True, False]
    assert window((), 24) == ()


def test_a_mean_is_of_the_days():
    days = [day(date(2025, 1, 3), 2), day(date(2025, 1, 9), 5)]
    assert months_of(days, Made.MEAN)[0].value == Decimal("3.5")
    assert by_day(days) == ((date(2025, 1, 3), 2), (date(2025, 1, 9), 5))


def test_a_year_is_compared_with_a_whole_year_before_only():
    year = [day(after(date(2024, 1, 1), n), 10 if n < 12 else 12) for n in range(24)]
    assert change(months_of(year)) == Decimal("0.2")
    assert change(months_of(year[1:])) is None
    assert change(months_of([one for one in year if one.day != date(2024, 6, 1)])) is None


def test_parts_with_most_records_come_first():
    days = [day(date(2025, 1, n), 1, part) for n, part in enumerate("abb", 1)]
    assert parts_of(days) == ("b", "a")


def test_half_hours_of_days_on_which_clocks_change():
    for first, count in (("2024-03-31T00:00:00+01:00", 46), ("2024-10-27T00:00:00+02:00", 50)):
        chunk = Chunk(
            start=datetime.fromisoformat(first), step="PT30M", values=json.dumps([1] * count)
        )
        found = slots([chunk])
        assert {one.day.isoformat() for one in found} == {first[:10]}
        assert len(found) == min(count, 48)


def test_gaps_stay_gaps_and_hours_fill_two_half_hours():
    chunk = Chunk(
        start=datetime.fromisoformat("2024-01-01T00:00:00+01:00"), step="PT1H", values="[1.5,null]"
    )
    assert [one.value for one in slots([chunk])] == [Decimal("1.5")] * 2 + [None] * 2
    other = Chunk(start=chunk.start, step="P1D", values="[1]")
    assert slots([other]) == ()


def test_half_hours_are_of_a_month_or_of_the_last_days():
    months = (datetime(2026, 1, 31, 22, 30, tzinfo=UTC), datetime(2026, 2, 28, 23, 30, tzinfo=UTC))
    found = [
        one
        for start in months
        for one in slots([Chunk(start=start, step="PT30M", values="[1, 2, 3, 4]")])
    ]
    assert [one.value for one in of_month(found, date(2026, 2, 1))] == [2, 3, 4]
    assert [one.value for one in of_month(found, None)] == [1, 2, 3, 4, 1, 2, 3, 4]
    assert of_month(found, date(2026, 5, 1)) == of_month([], None) == ()
    assert month_of(months[1]) == date(2026, 3, 1)
