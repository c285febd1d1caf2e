import io
from datetime import date
from decimal import Decimal

import pytest

from importers import identify
from importers.contract import Options, Problem, Record

NAMES = "name;isin;quantity;buyingPrice;lastPrice;intradayVariation;amount"
ROW = "EXEMPLE;FR0000000001;12;80,50;91,20;0,31;1 094,40"


def items(text, **said):
    ((importer, _),) = identify("positions.csv", text.encode())
    return list(importer.parse(io.BytesIO(text.encode()), Options(values=said)))


def holdings(text, **said):
    return [i for i in items(text, **said) if isinstance(i, Record) and i.counted]


def lost(text, **said):
    found = items(text, **said)
    return [item.locator for item in found if isinstance(item, Problem) and item.row]


def test_a_position_is_a_state_on_the_day_that_the_person_says():
    (holding,) = holdings(f"{NAMES}\n{ROW}\n", date="2026-03-31", account="PEA")
    assert (holding.kind, holding.on) == ("Holding", date(2026, 3, 31))
    assert holding.fields[1:] == (
        ("sd:date", date(2026, 3, 31)),
        ("schema:name", "EXEMPLE"),
        ("sd:isin", "FR0000000001"),
        ("sd:quantity", Decimal(12)),
        ("sd:purchasePrice", Decimal("80.50")),
        ("schema:price", Decimal("91.20")),
        ("sd:total", Decimal("1094.40")),
    )


def test_nothing_is_kept_without_its_day():
    assert lost(f"{NAMES}\n{ROW}\n", account="PEA") == ["line=2"]


def test_positions_of_two_days_are_two_states_and_of_one_day_one():
    text = f"{NAMES}\n{ROW}\n"
    keys = [holdings(text, date=f"2026-03-{day}", account="PEA")[0].key for day in (30, 31, 31)]
    assert keys[0] != keys[1] == keys[2]


@pytest.mark.parametrize(
    ("quantity", "number"), [("3,5417", "3.5417"), ("0.125", "0.125"), ("1 200", "1200")]
)
def test_parts_of_a_unit_are_read_with_either_mark(quantity, number):
    row = ROW.replace(";12;", f";{quantity};")
    (holding,) = holdings(f"{NAMES}\n{row}\n", date="2026-03-31", account="PEA")
    assert dict(holding.fields)["sd:quantity"] == Decimal(number)


@pytest.mark.parametrize(
    "row",
    [
        ROW.replace("FR0000000001", ""),
        ROW.replace(";12;", ";;"),
        ROW.replace("91,20", "n/a"),
        ROW + ";1;2",
        'EXEMPLE;FR0000000001;12;"80,50\n;91,20;0,31;1 094,40',
    ],
)
def test_a_row_that_cannot_be_read_is_told(row):
    assert lost(f"{NAMES}\n{row}\n", date="2026-03-31", account="PEA") == ["line=2"]


def test_a_row_that_the_file_ends_in_is_told():
    assert lost(f"{NAMES}\n{ROW[:-3]}", date="2026-03-31", account="PEA") == ["line=2"]
