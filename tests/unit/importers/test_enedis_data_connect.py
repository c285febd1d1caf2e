import json
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from importers.clock import PARIS
from tests.unit.importers.reading import items, problems, readings, records, seconds

LOAD = {"unit": "W", "measurement_kind": "power", "aggregate": "average"}
DAYS = {"unit": "Wh", "measurement_kind": "energy", "aggregate": "sum"}


def export(*rows, kind=LOAD, **more):
    head = {"usage_point_id": "12345678901234", "quality": "BRUT", "reading_type": kind}
    return json.dumps({"meter_reading": {**head, **more, "interval_reading": rows}})


def row(stamp, value="1", step="PT30M", **more):
    return {"date": stamp, "value": value, "interval_length": step, **more}


def read(*rows, flow="in", **more):
    return items("enedis-data-connect", export(*rows, **more), flow=flow)


def stamps(day):
    """What the clocks of Paris show at the end of each half hour of a day."""
    first = datetime.fromisoformat(day).replace(tzinfo=PARIS)
    after = (first.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=PARIS)
    count = int((after.timestamp() - first.timestamp()) // 1800)
    ends = (
        datetime.fromtimestamp(first.timestamp() + 1800 * n, PARIS) for n in range(1, count + 1)
    )
    return [end.strftime("%Y-%m-%d %H:%M:%S") for end in ends]


@pytest.mark.parametrize(
    ("day", "half_hours"), [("2024-03-31", 46), ("2024-10-27", 50), ("2024-06-01", 48)]
)
def test_a_day_has_as_many_half_hours_as_clocks_give_it(day, half_hours):
    found = readings(read(*(row(stamp) for stamp in stamps(day))))
    assert len(found) == half_hours == len({reading.start for reading in found})
    assert {seconds(reading) for reading in found} == {1800}
    assert {reading.start.astimezone(PARIS).date().isoformat() for reading in found} == {day}


def test_a_quarter_of_an_hour_ends_at_any_quarter():
    rows = (row(f"2024-06-01 01:{minute}:00", step="PT15M") for minute in (15, 30, 45))
    assert [seconds(reading) for reading in readings(read(*rows))] == [900, 900, 900]


def test_the_step_may_change_within_a_day():
    rows = [row("2024-06-01 01:00:00"), row("2024-06-01 01:10:00", step="PT10M")]
    found = readings(read(*rows, row("2024-06-01 02:10:00", step="PT60M")))
    assert [seconds(reading) for reading in found] == [1800, 600, 3600]


@pytest.mark.parametrize(
    ("code", "quality"), [("B", "remote"), ("E", "estimated"), ("C", "corrected"), ("?", None)]
)
def test_what_is_estimated_is_marked(code, quality):
    (found,) = readings(read(row("2024-06-01 01:00:00", measure_type=code)))
    assert found.quality == quality


def test_the_quality_of_the_whole_holds_where_a_row_has_none():
    (found,) = readings(read(row("2024-06-01 01:00:00"), quality="CORRIGE"))
    assert found.quality == "corrected"


@pytest.mark.parametrize(("flow", "name"), [("in", "load"), ("out", "load-out"), ("x", "load")])
def test_which_way_it_flows_is_said_by_the_person(flow, name):
    (found,) = readings(read(row("2024-06-01 01:00:00"), flow=flow))
    assert found.series.name == name


def test_what_is_produced_in_a_day_is_production():
    found = read({"date": "2024-06-01", "value": "900"}, kind=DAYS, flow="out")
    (day,) = records(found, "Production")
    said = dict(day.fields)["sd:energy"]
    assert (day.on.isoformat(), str(said)) == ("2024-06-01", "0.9")


def test_a_day_of_clock_change_is_a_whole_day():
    (day,) = records(read({"date": "2024-03-31", "value": "900"}, kind=DAYS), "Consumption")
    fields = dict(day.fields)
    assert (fields["schema:endTime"] - fields["schema:startTime"]).total_seconds() == 23 * 3600


def test_the_step_of_the_whole_holds_where_a_row_has_none():
    kind = {**LOAD, "interval_length": "PT60M"}
    (found,) = readings(read({"date": "2024-06-01 02:00:00", "value": "3"}, kind=kind))
    assert seconds(found) == 3600


@pytest.mark.parametrize(
    ("one", "more", "message"),
    [
        (row("2024-03-31 02:30:00"), {}, "no clock showed this time"),
        (row("2024-06-01 01:00:00", step="PT0S"), {}, "this is not the step"),
        (row("2024-06-01 01:00:00"), {"kind": {"unit": "VA", "aggregate": "max"}}, "only mean"),
        (row("2024-06-01 01:00:00"), {"kind": None}, "only mean"),
        (row("2024-06-01 01:00:00"), {"usage_point_id": " "}, "whose meter"),
        (row("2024-06-01 01:00:00"), {"usage_point_id": 7}, "whose meter"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(one, more, message):
    ((told, lost),) = problems(read(one, **more))
    assert (message in told, lost) == (True, True)


def test_rows_before_a_cut_are_kept():
    whole = export(*(row(stamp) for stamp in stamps("2024-06-01")))
    found = items("enedis-data-connect", whole[: len(whole) // 2])
    assert 20 < len(readings(found)) < 28
    assert [lost for _, lost in problems(found)] == [True]


def test_a_contract_says_what_it_has():
    usage = {"usage_point": {"usage_point_id": "1"}, "contracts": {}}
    usage["contracts"]["last_activation_date"] = "2020-01-02+01:00"
    nameless = {**usage, "usage_point": {}}
    text = json.dumps({"customer": {"usage_points": [usage, nameless]}})
    found = items("enedis-contract", text)
    (contract,) = records(found, "Contract")
    assert [name for name, _ in contract.fields] == [
        "sd:account",
        "schema:startDate",
        "sd:commodity",
    ]
    assert problems(found) == [("`usage_point/usage_point_id` is missing", True)]


HIGHEST = {"unit": "VA", "measurement_kind": "power", "aggregate": "maximum"}


class TestTheHighestPower:
    def test_of_a_day_is_in_kva_with_the_instant_it_was_drawn_at(self):
        (found,) = records(read(row("2024-06-01 18:50:00", "5980"), kind=HIGHEST), "Consumption")
        fields = dict(found.fields)
        assert (fields["sd:power"], found.on.isoformat()) == (Decimal("5.98"), "2024-06-01")
        assert fields["sosa:resultTime"].isoformat() == "2024-06-01T18:50:00+02:00"
        assert "sd:energy" not in fields

    def test_is_no_record_of_the_energy_of_that_day(self):
        (peak,) = records(read(row("2024-06-01", "5980"), kind=HIGHEST), "Consumption")
        (energy,) = records(read(row("2024-06-01", "5980"), kind=DAYS), "Consumption")
        assert peak.key != energy.key

    def test_in_watts_is_taken_as_apparent_power_and_said_once(self):
        rows = (row("2024-06-01", "5980"), row("2024-06-02", "6000"))
        found = read(*rows, kind=HIGHEST | {"unit": "W"})
        powers = [dict(one.fields)["sd:power"] for one in records(found, "Consumption")]
        assert powers == [Decimal("5.98"), Decimal(6)]
        assert [is_row for _, is_row in problems(found)] == [False]

    @pytest.mark.parametrize(
        ("kind", "flow"),
        [({"unit": "Wh"}, "in"), ({"measuring_period": "P1M"}, "in"), ({}, "out")],
        ids=["no power", "of a month", "given to the grid"],
    )
    def test_of_anything_else_is_refused(self, kind, flow):
        found = read(row("2024-06-01", "5980"), kind=HIGHEST | kind, flow=flow)
        assert [is_row for _, is_row in problems(found)] == [True]
