"""MesInfos: consumption that EDF and Edelia told, where a golden file does not say it all."""

import io
import json
from decimal import Decimal
from itertools import pairwise

from importers.contract import Options, Problem, Record
from importers.energy.edf_pilot import EdfPilot


def row(start, end, value, category="edelia"):
    return {
        "contractNumber": "1234654321",
        "start": start,
        "end": end,
        "value": value,
        "statementType": "estime",
        "statementCategory": category,
        "statementReason": "EdeliaMonthlyElecConsumption",
    }


def read(*rows, **options):
    export = io.BytesIO(json.dumps(rows).encode())
    return list(EdfPilot().parse(export, Options(values=options)))


def total(items):
    fields = [dict(item.fields) for item in items if isinstance(item, Record)]
    return sum((one["sd:energy"] for one in fields if "sd:energy" in one), Decimal(0))


def months(year, value):
    starts = [f"{year}-{month:02}-01" for month in range(1, 13)] + [f"{year + 1}-01-01"]
    return [row(start, end, value) for start, end in pairwise(starts)]


def test_a_year_is_not_counted_beside_its_months():
    items = read(*months(2025, 100), row("2025-01-01", "2026-01-01", 1200))
    assert total(items) == 1200
    assert [check.ok for check in EdfPilot().reconcile(items)] == [True]


def test_a_year_that_is_not_what_its_months_add_up_to_is_told_of():
    items = read(*months(2025, 100), row("2025-01-01", "2026-01-01", 1500))
    assert [check.ok for check in EdfPilot().reconcile(items)] == [False]


def test_a_year_alone_is_kept_and_one_beside_some_of_its_months_is_not():
    assert total(read(row("2025-01-01", "2026-01-01", 1200))) == 1200
    items = read(*months(2025, 100)[:3], row("2025-01-01", "2026-01-01", 1200))
    assert total(items) == 300
    (problem,) = (item for item in items if isinstance(item, Problem))
    assert (problem.locator, problem.row) == ("/3", True)


def test_the_half_years_of_edf_end_on_their_last_day():
    items = read(
        row("2025-07-02", "2026-01-07", 1, "RELEVE"), row("2026-01-08", "2026-07-01", 2, "RELEVE")
    )
    (first, second) = (dict(item.fields) for item in items if item.kind == "Consumption")
    assert first["schema:endTime"] == second["schema:startTime"]


def test_the_person_says_that_a_set_is_for_gas():
    (meter, used) = read(row("2025-07-02", "2026-01-07", 1, "RELEVE"), commodity="gas")
    assert (
        dict(meter.fields)["sd:commodity"].name == dict(used.fields)["sd:commodity"].name == "gas"
    )
