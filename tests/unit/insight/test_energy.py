"""Energy by month: only what is known as a whole is compared, and bills with the meter."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pod.insight.recipes.energy import Billed, Used, beside, compared, months, told_once
from pod.insight.recipes.meters import as_one


def days(first, count, kwh="2.5", **more):
    return [Used(on=first + timedelta(days=n), energy=Decimal(kwh), **more) for n in range(count)]


def test_a_month_knows_of_how_many_days_it_tells():
    known = months([*days(date(2026, 1, 10), 22), *days(date(2026, 2, 1), 28)])
    january, february = known.values()
    assert (january.energy, january.days, january.is_whole) == (Decimal(55), 22, False)
    assert (february.energy, february.is_whole) == (Decimal(70), True)


def test_only_whole_months_are_compared():
    last = days(date(2025, 2, 1), 28, "2")
    now = [*days(date(2026, 1, 1), 31), *days(date(2026, 2, 1), 28), *days(date(2026, 3, 1), 5)]
    pair = compared(months([*last, *now]))
    assert [one.first for one in pair] == [date(2026, 2, 1), date(2025, 2, 1)]
    assert compared(months(now)) is None
    assert compared(months([*last[1:], *now])) is None


def hours(meter, source, *kwh):
    return [
        Used(
            on=date(2026, 2, 1) + timedelta(days=n),
            energy=Decimal(one),
            meter=meter,
            source=source,
        )
        for n, one in enumerate(kwh)
    ]


WEEK = ("2", "3", "2.5", "4", "2", "3", "5")


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        pytest.param(hours("prm", "seller", *WEEK), True, id="the same"),
        pytest.param(hours("prm", "seller", *("2.04", *WEEK[1:])), True, id="rounded"),
        pytest.param(hours("prm", "seller", *("2.4", *WEEK[1:])), False, id="another day"),
        pytest.param(hours("prm", "grid", *WEEK), False, id="of one source"),
        pytest.param(hours("prm", "seller", *WEEK[:6]), False, id="too little in common"),
    ],
)
def test_a_meter_that_two_sources_name_each_in_its_own_way_counts_once(other, is_one):
    mine = hours("0123", "grid", *WEEK)
    joined, is_twice = as_one([*mine, *other])
    assert is_twice == is_one
    whole = sum(one.energy for one in told_once(joined))
    told = sum(one.energy for one in (mine if is_one else [*mine, *other]))
    assert abs(whole - told) < Decimal("0.1")


def test_homes_that_use_nothing_are_not_one():
    joined, is_twice = as_one([*hours("a", "grid", *"0" * 9), *hours("b", "seller", *"0" * 9)])
    assert not is_twice
    assert {one.meter for one in joined} == {"a", "b"}


def test_what_is_estimated_stays_so():
    (one,) = months(days(date(2026, 2, 1), 28, is_estimated=True)).values()
    assert one.is_estimated


def billed(kwh, last=date(2026, 2, 28)):
    return Billed(
        iri="b", first=date(2026, 2, 1), last=last, energy=Decimal(kwh), total=Decimal(20)
    )


@pytest.mark.parametrize(
    ("kwh", "more", "is_odd"), [(70, 0, False), (79, 9, False), (90, 20, True)]
)
def test_a_bill_is_odd_where_it_is_far_from_the_meter(kwh, more, is_odd):
    (one,) = beside([billed(kwh)], days(date(2026, 2, 1), 28))
    assert (one.more, one.is_odd) == (more, is_odd)


def test_a_bill_of_days_that_were_not_metered_is_compared_with_nothing():
    (one,) = beside([billed(70)], days(date(2026, 2, 1), 27))
    assert (one.metered, one.more, one.is_odd) == (None, None, False)


def test_readings_of_several_days_count_where_they_lie_within_the_bill():
    month = Used(on=date(2026, 2, 1), energy=Decimal(70), days=28)
    assert beside([billed(70)], [month])[0].more == 0
    assert beside([billed(70, date(2026, 2, 20))], [month])[0].metered is None


def test_a_meter_that_two_tell_of_counts_once_and_two_meters_add_up():
    daily = days(date(2026, 2, 1), 28, meter="m", source="network")
    monthly = [Used(on=date(2026, 2, 1), energy=Decimal(71), days=28, meter="m", source="supplier")]
    other = days(date(2026, 2, 15), 14, "1", meter="n", source="network")
    (one,) = months(told_once([*monthly, *daily])).values()
    assert (one.energy, one.days) == (Decimal(70), 28)
    (both,) = months(told_once([*daily, *other])).values()
    assert (both.energy, both.days) == (Decimal(84), 28)
    part = daily[:10]
    (most,) = months(told_once([*part, *monthly])).values()
    assert (most.energy, most.days) == (Decimal(71), 28)
