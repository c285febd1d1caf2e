import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from importers import by_format
from importers.contract import Code
from importers.energy.british import LONDON
from tests.unit.importers.reading import items, problems, readings, records, seconds

HEADER = "Consumption (kwh), Estimated Cost Inc. Tax (p), Start, End\n"


def half_hours(day):
    """The stamps, with their offset, between which the half hours of a day in London lie."""
    first = datetime.fromisoformat(day).replace(tzinfo=LONDON)
    after = (first.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=LONDON)
    moments = range(int(first.timestamp()), int(after.timestamp()) + 1, 1800)
    stamps = [datetime.fromtimestamp(moment, LONDON).isoformat() for moment in moments]
    return list(pairwise(stamps))


def octopus(*rows, **more):
    results = [
        {"consumption": value, "interval_start": start, "interval_end": end}
        for value, start, end in rows
    ]
    return json.dumps({"count": len(rows), "next": None, "results": results, **more})


@pytest.mark.parametrize(
    ("day", "count"), [("2024-03-31", 46), ("2024-10-27", 50), ("2024-07-01", 48)]
)
def test_a_day_has_as_many_half_hours_as_clocks_give_it(day, count):
    pairs = half_hours(day)[::-1]
    from_json = readings(items("octopus-json", octopus(*((1, *pair) for pair in pairs))))
    table = HEADER + "".join(f"1, , {start}, {end}\n" for start, end in pairs)
    from_csv = readings(items("octopus-csv", table))
    utc = [datetime.fromisoformat(end).timestamp() for _, end in pairs]
    values = [
        {"value": 1, "timestamp": f"{datetime.fromtimestamp(one, UTC):%Y-%m-%d %H:%M}"}
        for one in utc
    ]
    n3rgy = {"resource": "/1234567890123/electricity/consumption/1", "values": values}
    from_n3rgy = readings(items("n3rgy-json", json.dumps({**n3rgy, "unit": "kWh"})))
    for found in (from_json, from_csv, from_n3rgy):
        assert len({reading.start for reading in found}) == len(found) == count
        assert {seconds(reading) for reading in found} == {1800}
    assert [r.start for r in from_json] == [r.start for r in from_csv]
    assert [r.start for r in from_json] == [r.start for r in from_n3rgy]


PAIR = half_hours("2024-07-01")[0]


@pytest.mark.parametrize(
    ("options", "commodity", "unit", "value", "meter"),
    [
        ({}, "electricity", "W-HR", 500, "octopus"),
        ({"meter": "m1"}, "electricity", "W-HR", 500, "m1"),
        ({"commodity": "gas", "unit": "kWh"}, "gas", "W-HR", 500, "octopus"),
        ({"commodity": "gas", "unit": "m³"}, "gas", "M3", 0.5, "octopus"),
        ({"unit": "m3"}, "gas", "M3", 0.5, "octopus"),
    ],
)
def test_the_person_says_what_the_file_does_not(options, commodity, unit, value, meter):
    (found,) = readings(items("octopus-json", octopus((0.5, *PAIR)), **options))
    series = found.series
    assert (series.commodity, series.unit, found.value) == (commodity, unit, value)
    assert series.meter.stable == meter


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"commodity": "gas"}, "say in what unit"),
        ({"unit": "therm"}, "say in what unit"),
        ({"commodity": "electricity", "unit": "m3"}, "electricity is not measured"),
    ],
)
def test_where_nobody_says_enough_each_row_says_what_to_do(options, message):
    found = problems(items("octopus-json", octopus((0.5, *PAIR), (1, *PAIR)), **options))
    assert [(told[: len(message)], lost) for told, lost in found] == [(message, True)] * 2
    csv = items("octopus-csv", HEADER.replace("kwh", "therm") + "1,,a,b\n")
    assert [lost for _, lost in problems(csv)] == [True]
    n3rgy = {"values": [{"value": 1, "timestamp": "2024-07-01 00:30"}], "unit": "therm"}
    assert [lost for _, lost in problems(items("n3rgy-json", json.dumps(n3rgy)))] == [True]


def test_what_is_given_to_the_grid_flows_out():
    (found,) = readings(items("octopus-json", octopus((0.5, *PAIR)), flow="out"))
    assert (found.series.name, found.series.flow) == ("energy-out", "out")


@pytest.mark.parametrize(
    ("resource", "meter", "commodity", "flow"),
    [
        ("/1234567890123/electricity/consumption/1", "1234567890123", "electricity", "in"),
        ("/1234567890123/electricity/production/1", "1234567890123", "electricity", "out"),
        ("/mpxn/1234567890/utility/gas/readingtype/consumption", "1234567890", "gas", "in"),
        ("elsewhere", "n3rgy", "electricity", "in"),
        (None, "n3rgy", "electricity", "in"),
    ],
)
def test_the_resource_says_whose_meter_it_is(resource, meter, commodity, flow):
    row = {"value": 1, "timestamp": "2024-07-01T00:30:00+01:00"}
    content = json.dumps({"resource": resource, "unit": "kWh", "values": [row]})
    (found,) = readings(items("n3rgy-json", content))
    assert (found.series.meter.stable, found.series.commodity) == (meter, commodity)
    assert (found.series.flow, found.end.isoformat()) == (flow, "2024-07-01T00:30:00+01:00")


def test_a_day_is_the_one_that_is_named():
    content = {"granularity": "day", "unit": "kWh"}
    devices = [{"values": [{"primaryValue": 5, "timestamp": "2024-03-31 00:00"}]}]
    (day,) = records(
        items("n3rgy-json", json.dumps({**content, "devices": devices})), "Consumption"
    )
    start, end = dict(day.fields)["schema:startTime"], dict(day.fields)["schema:endTime"]
    assert (day.on.isoformat(), (end - start).total_seconds()) == ("2024-03-31", 23 * 3600)


def test_another_granularity_is_told_of():
    content = {"granularity": "month", "values": [{"value": 5, "timestamp": "2024-03-01"}]}
    ((message, _),) = problems(items("n3rgy-json", json.dumps(content)))
    assert message == "only half hours and days are imported"


def test_a_cost_is_kept_in_pounds():
    start, end = PAIR
    found = items("octopus-csv", f"{HEADER}1, 25.5, {start}, {end}\n")
    _, cost = readings(found)
    assert (cost.series.name, cost.series.unit, str(cost.value)) == (
        "energy-cost",
        "CCY_GBP",
        "0.255",
    )
    day = "2024-07-01T00:00:00+01:00, 2024-07-02T00:00:00+01:00"
    (total,) = records(items("octopus-csv", f"{HEADER}1, 25.5, {day}\n"), "Consumption")
    assert str(dict(total.fields)["sd:total"]) == "0.255"
    (without,) = records(items("octopus-csv", f"{HEADER}1, , {day}\n"), "Consumption")
    assert dict(without.fields)["sd:commodity"] == Code("electricity")
    assert problems(items("octopus-csv", f"{HEADER}, 3, {day}\n"))[0][1] is False


@pytest.mark.parametrize("name", ["octopus-csv", "n3rgy-csv"])
def test_a_table_without_its_columns_is_told_of_row_by_row(name):
    assert items(name, "") == []
    assert [lost for _, lost in problems(items(name, "a,b\n1,2\n"))] == [True, True]
    too_long = '"' + "x" * 200_000 + '"\n'
    assert [lost for _, lost in problems(items(name, too_long + "1,2\n"))] == [True, True]


@pytest.mark.parametrize(
    ("name", "header"),
    [("octopus-csv", HEADER), ("n3rgy-csv", "timestamp (UTC),energyConsumption (m3)\n")],
)
def test_a_row_that_cannot_be_taken_apart_does_not_cost_the_others(name, header):
    found = items(name, header + '"' + "x" * 200_000 + '"\nhier\n')
    assert [lost for _, lost in problems(found)] == [True, True]


@pytest.mark.parametrize("name", ["octopus-json", "octopus-csv", "n3rgy-json", "n3rgy-csv"])
def test_nothing_is_stated_to_be_held_to(name):
    assert by_format(name).reconcile([]) == ()


@pytest.mark.parametrize("name", ["octopus-json", "n3rgy-json"])
def test_what_is_no_json_is_told_of(name):
    assert [lost for _, lost in problems(items(name, "{"))] == [True]


def test_two_rows_that_run_into_one_are_not_read_as_the_first():
    start, end = half_hours("2024-07-01")[0]
    both = f"1, 2, {start}, {end};1, 2, {start}, {end}\n".replace(";", ",")
    found = items("octopus-csv", HEADER + both)
    assert readings(found) == []
    assert problems(found) == [("this row has more cells than the table has columns", True)]
