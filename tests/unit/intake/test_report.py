from dataclasses import replace

import pytest

from importers.contract import Check, Problem
from pod.intake.report import report, succeeded
from tests.unit.intake.house import STORAGE, House, payment

HOLDS = Check(name="closing", expected="1.00", got="1.00", ok=True)
FAILS = replace(HOLDS, got="2.00", ok=False)


def test_it_says_what_became_of_the_file():
    house = House()
    problem = Problem("line=4", "this is not a number")
    export = house.export(payment(1), problem, checks=(HOLDS,))
    found = report(export, house.plan(payment(1), problem, checks=(HOLDS,)), STORAGE)
    assert found == {
        "file": "relevé mars.csv",
        "format": "made-up",
        "read": 2,
        "new": 1,
        "same": 0,
        "updated": 0,
        "rejected": 1,
        "deleted": 0,
        "conflict": 0,
        "withdrawn": 0,
        "problems": [{"locator": "line=4", "message": "this is not a number"}],
        "checks": [{"name": "closing", "expected": "1.00", "got": "1.00", "ok": True}],
        "resources": [
            f"{STORAGE}data/bank/banque/compte-1/2024/2024-03.ttl",
            f"{STORAGE}data/bank/banque/holder.ttl",
            f"{STORAGE}imports/2026/20260102T030405Z-banque-abababab.ttl",
        ],
    }


@pytest.mark.parametrize(
    ("items", "checks", "expected"),
    [
        pytest.param([payment(1)], [HOLDS], True, id="all is well"),
        pytest.param([], [], True, id="nothing"),
        pytest.param([Problem("line=1", "a remark", row=False)], [], True, id="a remark"),
        pytest.param([Problem("line=1", "not readable")], [], False, id="a row was rejected"),
        pytest.param([payment(1)], [HOLDS, FAILS], False, id="a check failed"),
    ],
)
def test_an_import_succeeded_when_no_row_is_lost_and_every_check_holds(items, checks, expected):
    house = House()
    export = house.export(*items, checks=tuple(checks))
    done = house.plan(*items, checks=tuple(checks))
    assert succeeded(report(export, done, STORAGE)) is expected
