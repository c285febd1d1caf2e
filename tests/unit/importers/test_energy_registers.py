from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from importers.contract import Iri, Key, Problem
from importers.energy.registers import Shown, day_of, differences, is_midnight, meter_reading
from importers.units import WATT_HOUR


def shown(stamp, value):
    moment = datetime.fromisoformat(stamp)
    return Shown(stamp=moment, value=Decimal(value), unit=WATT_HOUR, locator=f"at {stamp}")


@pytest.mark.parametrize(
    ("stamp", "midnight", "day"),
    [
        pytest.param("2021-01-05T00:00:00+01:00", True, date(2021, 1, 5), id="winter"),
        pytest.param("2021-07-05T01:00:00+02:00", True, date(2021, 7, 5), id="winter clock"),
        pytest.param("2021-01-04T23:00:00+01:00", True, date(2021, 1, 5), id="summer clock"),
        pytest.param("2021-07-05T00:00:00+02:00", True, date(2021, 7, 5), id="summer"),
        pytest.param("2021-07-05T01:00:01+02:00", False, date(2021, 7, 5), id="just after"),
        pytest.param("2021-07-05T22:59:59+02:00", False, date(2021, 7, 5), id="just before"),
        pytest.param("2021-07-05T12:00:00+02:00", False, date(2021, 7, 5), id="noon"),
    ],
)
def test_a_day_begins_at_a_midnight_that_may_be_an_hour_off(stamp, midnight, day):
    moment = datetime.fromisoformat(stamp)
    assert (is_midnight(moment), day_of(moment)) == (midnight, day)


def test_what_came_through_is_the_difference_in_the_order_of_time():
    first, last = shown("2021-01-01T00:00:00+01:00", 100), shown("2021-01-02T00:00:00+01:00", 350)
    assert list(differences([last, first])) == [(first, last, Decimal(250))]


def test_a_register_that_went_back_is_told_of_and_not_counted():
    rows = [shown(f"2021-01-0{day}T00:00:00+01:00", v) for day, v in ((1, 90), (2, 5), (3, 7))]
    problem, (_, _, difference) = differences(rows)
    assert isinstance(problem, Problem)
    assert (problem.locator, problem.row) == ("at 2021-01-02T00:00:00+01:00", False)
    assert difference == 2


@pytest.mark.parametrize("count", [0, 1])
def test_less_than_two_figures_have_no_difference(count):
    assert list(differences([shown("2021-01-01T00:00:00+01:00", 1)][:count])) == []


def test_a_reading_of_a_register_has_its_unit_and_instant():
    record = meter_reading(Key(stable="m"), "EAS T", shown("2021-01-05T00:00:00+01:00", 100))
    fields = dict(record.fields)
    assert fields["qudt:hasUnit"] == Iri("http://qudt.org/vocab/unit/W-HR")
    assert fields["sd:meterIndex"] == 100
    assert fields["sosa:resultTime"] == datetime(2021, 1, 4, 23, tzinfo=UTC)
    assert (record.on, record.account, record.counted) == (date(2021, 1, 5), Key(stable="m"), True)
    later = shown("2021-01-05T00:30:00+01:00", 100)
    assert meter_reading(Key(stable="m"), "EAS T", later).key != record.key
    assert later.stamp - fields["sosa:resultTime"] == timedelta(minutes=30)
