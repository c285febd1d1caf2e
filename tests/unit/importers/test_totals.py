from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from importers.contract import Code, Iri, Key, Series
from importers.series import Chunk, moment, slot_of
from importers.totals import Period, daily, days_of, series_record

METER = Key(stable="12345678901234")
DAY = date(2024, 3, 5)


def series(unit="W", quantity="ActivePower", energy="mean-power", flow="in"):
    return Series(
        name="load",
        meter=METER,
        commodity="electricity",
        quantity=quantity,
        unit=unit,
        energy=energy,
        flow=flow,
    )


LOAD = series()


def chunk(values, *, day=DAY, hour=0, step=1800):
    start = moment(datetime(day.year, day.month, day.day, hour, tzinfo=LOAD.zone))
    numbers = tuple(None if v is None else Decimal(v) for v in values)
    return Chunk(slot=slot_of(start, step, LOAD.zone), start=start, values=numbers)


def only(found):
    (record,) = found
    return record, dict(record.fields)


def test_a_day_of_mean_power_is_energy():
    record, fields = only(daily(LOAD, [chunk([1000] * 48)], [DAY]))
    assert (record.kind, record.on, record.account, record.counted) == (
        "Consumption",
        DAY,
        METER,
        False,
    )
    assert (fields["sd:energy"], fields["sd:durationSeconds"]) == (24, 86_400)
    assert fields["sd:commodity"] == Code("electricity")
    assert fields["schema:startTime"].isoformat() == "2024-03-05T00:00:00+01:00"
    assert fields["schema:endTime"].isoformat() == "2024-03-06T00:00:00+01:00"
    assert "sd:quality" not in fields


@pytest.mark.parametrize(
    ("day", "values", "seconds"),
    [
        pytest.param(date(2024, 3, 31), 46, 82_800, id="the clocks go forward"),
        pytest.param(date(2024, 10, 27), 50, 90_000, id="the clocks go back"),
    ],
)
def test_a_day_of_clock_change_is_shorter_or_longer(day, values, seconds):
    _, fields = only(daily(LOAD, [chunk([1000] * (values + 4), day=day)], [day]))
    assert (fields["sd:durationSeconds"], fields["sd:energy"]) == (seconds, Decimal(values) / 2)
    start, end = fields["schema:startTime"], fields["schema:endTime"]
    assert end - start == timedelta(seconds=seconds)


def test_a_gap_shows_as_less_time_than_the_day_has():
    _, fields = only(daily(LOAD, [chunk([1000, None, 1000])], [DAY]))
    assert (fields["sd:energy"], fields["sd:durationSeconds"]) == (1, 3600)


def test_a_day_without_any_value_has_no_total():
    assert list(daily(LOAD, [chunk([None] * 48)], [DAY, DAY + timedelta(days=1)])) == []


def test_the_values_before_and_after_a_day_are_not_counted():
    before = DAY - timedelta(days=1)
    _, fields = only(daily(LOAD, [chunk([1] * 48 + [1000] * 48 + [1] * 48, day=before)], [DAY]))
    assert fields["sd:energy"] == 24


@pytest.mark.parametrize(
    ("unit", "quantity", "energy", "name", "value"),
    [
        pytest.param("W-HR", "ActiveEnergy", "energy", "sd:energy", "0.003", id="energy"),
        pytest.param("M3", "Volume", "volume", "sd:volume", "3", id="volume"),
    ],
)
def test_what_is_no_power_is_summed_as_it_is(unit, quantity, energy, name, value):
    _, fields = only(daily(series(unit, quantity, energy), [chunk([1, 2])], [DAY]))
    assert fields[name] == Decimal(value)


@pytest.mark.parametrize(
    ("unit", "energy"),
    [
        pytest.param("CCY_EUR", "none", id="a unit that is no energy"),
        pytest.param("W", "none", id="values that add nothing to a day"),
    ],
)
def test_a_series_that_adds_nothing_has_no_totals(unit, energy):
    assert list(daily(series(unit, "Currency", energy), [chunk([1])], [DAY])) == []


def test_what_flows_out_is_production():
    record, _ = only(daily(series(flow="out"), [chunk([1])], [DAY]))
    assert record.kind == "Production"


def test_no_moment_is_counted_twice_where_two_steps_overlap():
    hourly = chunk([1000] * 24, step=3600)
    fine = chunk([2000, None, 2000], hour=1, step=600)
    _, fields = only(daily(LOAD, [hourly, fine], [DAY]))
    # 00:00-01:00 of the hour, then 01:00 and 01:20 of the fine step, then the hours from 02:00 on.
    assert fields["sd:durationSeconds"] == 23 * 3600 + 1200
    assert fields["sd:energy"] == Decimal("23.666666667")


def test_the_days_of_moments_are_those_of_the_zone():
    midnight = moment(datetime(2024, 3, 4, 23, tzinfo=UTC))
    assert days_of([midnight, midnight - 1, midnight + 5], LOAD.zone) == [date(2024, 3, 4), DAY]


def test_a_period_of_whole_days_is_told_by_dates_and_others_by_instants():
    zone = timezone(timedelta(hours=-8))
    start = datetime(2024, 3, 1, tzinfo=zone)
    assert Period.between(start, start + timedelta(days=31)).span == ("2024-03-01", "2024-04-01")
    other = Period.between(start, start + timedelta(hours=30))
    assert other.span == ("2024-03-01T00:00:00-08:00", "2024-03-02T06:00:00-08:00")
    assert other.day == date(2024, 3, 1)


def test_a_day_has_one_key_whether_stated_or_summed():
    (summed,) = daily(LOAD, [chunk([1])], [DAY])
    assert summed.key.natural == ("electricity", "2024-03-05", "2024-03-06")


def test_a_series_says_what_is_observed_where_in_what_unit():
    record = series_record(LOAD)
    fields = dict(record.fields)
    assert fields["sosa:observedProperty"] == Iri("http://qudt.org/vocab/quantitykind/ActivePower")
    assert fields["qudt:hasUnit"] == Iri("http://qudt.org/vocab/unit/W")
    assert (record.kind, record.account, record.counted) == ("Series", METER, False)
