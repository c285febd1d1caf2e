from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.notify.times import read_duration, read_time, write_duration, write_time
from pod.problems import Unprocessable


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT10S", 10),
        ("PT10s", 10),  # as the examples of the channel types have it
        ("PT0.25S", 0.25),
        ("PT1M", 60),
        ("PT1H30M", 5400),
        ("P1D", 86400),
        ("P1DT1S", 86401),
        ("P2M", 60 * 86400),
        ("P1Y", 365 * 86400),
        ("P999999Y", 366 * 86400),  # nobody waits longer
        (" PT1S ", 1),
        ("PT0S", 0),
    ],
)
def test_a_duration_is_read(text, seconds):
    assert read_duration(text).total_seconds() == seconds


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "10", "PT10", "-PT1S", "PT1S1M", "T1S", "P1", "PT٣S"]
)
def test_what_is_none_is_refused(text):
    with pytest.raises(Unprocessable):
        read_duration(text)


@given(st.integers(0, 10**9).map(lambda n: timedelta(milliseconds=n)))
def test_a_duration_comes_back(length):
    assert read_duration(write_duration(length)) == length


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2030-01-31T12:00:00Z", datetime(2030, 1, 31, 12, tzinfo=UTC)),
        ("2030-01-31T12:00:00.5Z", datetime(2030, 1, 31, 12, 0, 0, 500000, tzinfo=UTC)),
        ("2030-01-31T12:00:00+02:00", datetime(2030, 1, 31, 10, tzinfo=UTC)),
        ("2030-01-31T12:00:00", datetime(2030, 1, 31, 12, tzinfo=UTC)),
    ],
)
def test_a_time_is_read(text, moment):
    found = read_time(text)
    assert (found, found.tzinfo) == (moment, UTC)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "12:00", "0001-01-01T00:00:00+14:00", "20300131X"]
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(Unprocessable):
        read_time(text)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2030, 1, 31, 12, tzinfo=UTC), "2030-01-31T12:00:00Z"),
        (datetime(2030, 1, 31, 12, 0, 0, 5000, tzinfo=UTC), "2030-01-31T12:00:00.005Z"),
        (datetime(2030, 1, 31, 12, tzinfo=timezone(timedelta(hours=2))), "2030-01-31T10:00:00Z"),
    ],
)
def test_a_time_is_written_in_utc(moment, text):
    assert write_time(moment) == text
