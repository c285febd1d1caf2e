from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.clock import (
    PARIS,
    civil_date,
    compact_date,
    french_date,
    full_year,
    instant,
    iso_date,
    local,
    offset_of,
    wall_time,
)

calm = settings(deadline=None)  # the machine may be busy


@pytest.mark.parametrize(
    ("read", "text", "day"),
    [
        (iso_date, "2026-03-31", date(2026, 3, 31)),
        (french_date, "31/03/2026", date(2026, 3, 31)),
        (french_date, "1/4/2026", date(2026, 4, 1)),
        (compact_date, "20260331", date(2026, 3, 31)),
    ],
)
def test_a_date_is_read_as_it_is_written(read, text, day):
    assert read(text) == day


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (iso_date, "2026-02-30", "does not exist"),
        (iso_date, "2016-03-033", "not a date"),
        (iso_date, "2016-07-012016-07-01", "not a date"),
        (iso_date, "0000-01-01", "does not exist"),
        (iso_date, "0001-01-01", "no calendar"),
        (iso_date, "9999-12-31", "no calendar"),
        (french_date, "2026-03-31", "not a date"),
        (compact_date, "", "not a date"),
        (iso_date, "31/03/2026", "if a program saved the file anew, download it again"),
        (french_date, "31/03/26", "if a program saved the file anew, download it again"),
        (instant, "3/31/2026 10:00", "if a program saved the file anew, download it again"),
        (wall_time, "31/03/2026 10:00:00", "if a program saved the file anew, download it again"),
    ],
)
def test_a_date_is_never_guessed(read, text, message):
    with pytest.raises(ValueError, match=message):
        read(text)


@pytest.mark.parametrize(
    ("two_digits", "year"),
    [("00", "2000"), ("26", "2026"), ("79", "2079"), ("80", "1980"), ("99", "1999")],
)
def test_a_year_of_two_digits_lies_within_a_century(two_digits, year):
    assert full_year(two_digits) == year


@pytest.mark.parametrize("two_digits", ["", "9", "x6", "8 ", "-1", "\u0668\u0668"])
def test_a_year_that_is_no_number_makes_no_date(two_digits):
    with pytest.raises(ValueError, match="not a date"):
        compact_date(f"{full_year(two_digits)}0331")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2017-03-10T08:59:08+01:00", "2017-03-10T08:59:08+01:00"),
        ("2017-03-10 08:59-0530", "2017-03-10T08:59:00-05:30"),
        ("2016-03-08T00:00:00.000Z", "2016-03-08T00:00:00+00:00"),
        ("2016-03-08T00:00:00.123456789Z", "2016-03-08T00:00:00.123456+00:00"),
        ("2016-03-08T00:00:00,5Z", "2016-03-08T00:00:00.500000+00:00"),
    ],
)
def test_an_instant_keeps_its_offset(text, moment):
    assert instant(text).isoformat() == moment


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (instant, "2017-03-10T08:59:08", "does not say its offset"),
        (instant, "2017-03-10T08:59:08+15:00", "offset does not exist"),
        (instant, "2017-03-10T25:00:00Z", "time of day does not exist"),
        (instant, "2017-02-30T08:59:08Z", "day does not exist"),
        (instant, "2016-03-033T00:00:00Z", "not a date and time"),
        (wall_time, "2017-03-10T08:59:08Z", "says an offset"),
        (wall_time, "yesterday", "not a date and time"),
    ],
)
def test_a_time_is_never_guessed(read, text, message):
    with pytest.raises(ValueError, match=message):
        read(text)


@pytest.mark.parametrize(
    ("wall", "after", "expected"),
    [
        pytest.param("2024-01-15T12:00", None, "2024-01-15T12:00:00+01:00", id="winter"),
        pytest.param("2024-07-15T12:00", None, "2024-07-15T12:00:00+02:00", id="summer"),
        pytest.param("2024-10-27T02:30", None, "2024-10-27T02:30:00+02:00", id="the first one"),
        pytest.param(
            "2024-10-27T02:00",
            "2024-10-27T02:30:00+02:00",
            "2024-10-27T02:00:00+01:00",
            id="the second one, after the first",
        ),
        pytest.param(
            "2024-10-27T02:00",
            "2024-11-05T00:00:00+01:00",
            "2024-10-27T02:00:00+02:00",
            id="rows that go back tell nothing",
        ),
    ],
)
def test_a_time_on_the_wall_becomes_an_instant(wall, after, expected):
    known = datetime.fromisoformat(after) if after else None
    assert local(wall_time(wall), after=known).isoformat() == expected


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(ValueError, match="skipped"):
        local(datetime(2024, 3, 31, 2, 30))  # noqa: DTZ001 - a wall time has no zone


@pytest.mark.parametrize(("day", "halves"), [((2024, 3, 31), 46), ((2024, 10, 27), 50)])
def test_a_day_of_clock_change_has_46_or_50_half_hours(day, halves):
    start = datetime(*day, tzinfo=PARIS).astimezone(UTC)
    shown = []
    while civil_date(start) == date(*day):
        shown.append(start.astimezone(PARIS).replace(tzinfo=None))
        start += timedelta(minutes=30)
    here, found = None, []
    for wall in shown:
        here = local(wall, after=here)
        found.append(here)
    assert len(found) == halves
    assert all(b - a == timedelta(minutes=30) for a, b in pairwise(found))


@calm
@given(st.datetimes(datetime(1976, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants bounds without a zone
def test_an_instant_goes_over_the_wall_and_back(moment):
    shown = moment.astimezone(PARIS).replace(tzinfo=None, fold=0)
    before = moment - timedelta(seconds=1)
    assert moment in {local(shown), local(shown, after=before)}


@pytest.mark.parametrize(
    ("moment", "offset"),
    [(datetime(1900, 1, 1, tzinfo=PARIS), 9), (datetime(2024, 7, 1, tzinfo=PARIS), 120)],
)
def test_an_offset_is_in_whole_minutes(moment, offset):
    assert offset_of(moment).utcoffset(None) == timedelta(minutes=offset)
