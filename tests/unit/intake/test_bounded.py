"""An import of which hardly anything is in memory comes to the same as one that is there whole."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.contract import Problem
from pod.store.workspace import FilePartitions
from tests.importers.golden import cases, importer_of, items_of, options_of
from tests.unit.intake.house import House, half_hours, payment
from tests.unit.intake.planning import plan

calm = settings(deadline=None, max_examples=25)  # the machine may be busy

DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))
PAYMENTS = st.builds(
    lambda number, amount, on: payment(number, f"-{amount}.10", on=on),
    st.none() | st.integers(1, 9),
    st.integers(1, 4),
    DAYS,
)
CURVES = st.builds(
    lambda values, day: list(half_hours(values, day=day)),
    st.lists(st.none() | st.integers(0, 9).map(str), min_size=1, max_size=5),
    DAYS,
)
ITEMS = st.lists(
    st.one_of(
        PAYMENTS.map(lambda one: [one]), CURVES, st.just([Problem("line=7", "not readable")])
    ),
    max_size=20,
).map(lambda found: [item for some in found for item in some])


def both(house, items, folder, most):
    """What an import comes to with all of it in memory, and with so few of its items."""
    export = house.export(*items)
    partitions = FilePartitions(folder, most=most)
    spilled = plan(export, items, house.naming, house.held, house.now, partitions)
    partitions.close()
    return house.plan(*items), spilled


@calm
@given(ITEMS, ITEMS, st.integers(0, 5))
def test_what_is_spilled_becomes_the_same_documents(tmp_path_factory, before, items, most):
    house = House()
    house.take(*before)
    whole, spilled = both(house, items, tmp_path_factory.getbasetemp(), most)
    assert spilled == whole


def one_of_each_format():
    """The first case of each format that has records."""
    found = {}
    for case in cases():
        told = json.loads(case.with_name(f"{case.name}.expected").read_bytes())
        if told["read"]:
            found.setdefault(told["format"], case)
    return list(found.values())


@pytest.mark.parametrize("case", one_of_each_format(), ids=lambda path: path.name)
def test_every_kind_of_item_can_be_spilled(tmp_path, case):
    content, importer = case.read_bytes(), importer_of(case)
    items = items_of(importer, content, options_of(case))
    house = House(domain=importer.domain, format=importer.format)
    whole, spilled = both(house, items, tmp_path, 1)
    assert whole.read
    assert spilled == whole
