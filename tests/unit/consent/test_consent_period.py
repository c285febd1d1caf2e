"""Months, and how they follow each other."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.consent.period import Month, month_of, read_month
from pod.problems import Malformed

moments = st.datetimes(datetime(2001, 1, 1), datetime(2998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants none here


@given(moments)
def test_each_moment_is_in_the_month_that_starts_before_it_and_ends_behind(moment):
    month = month_of(moment)
    assert month.start <= moment < month.next.start
    assert month.has(moment)
    assert not month.has(month.next.start)
    assert month.next.before == month
    assert month.before.next == month
    assert month.has(month.next.start - timedelta(seconds=1))
    assert read_month(str(month), moment) == month


def test_who_names_none_means_this_one():
    assert read_month("", datetime(2026, 3, 1, tzinfo=UTC)) == Month(2026, 3)


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-00", "1999-01", "2026-1", "x"])
def test_what_is_no_month_is_said(text):
    with pytest.raises(Malformed):
        read_month(text, datetime(2026, 3, 1, tzinfo=UTC))
