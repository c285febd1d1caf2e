"""Care and what came back for it, consumption and its bill, a product and its guarantee."""

from datetime import timedelta
from decimal import Decimal

import pytest
from matching_items import FIRST, back, bill, day, item, line

from pod.matching.item import Item
from pod.matching.match import Standing
from pod.matching.matched import matched


def linked(*items: Item, rule: str, standing: Standing = Standing.SURE) -> set[str]:
    found = matched(items).matches
    return {
        " ".join(iri.rpartition("/")[2] for iri in one.pair)
        for one in found
        if (one.rule, one.standing) == (rule, standing)
    }


def care(name: str, amount: str, after: int = 0, label: str = "consultation") -> Item:
    return item(name, "HealthExpense", amount, after, label=label, nature="consultation")


def of_care(name: str, amount: str, given: int = 0, **said: object) -> Item:
    said = {"label": "consultation", "nature": "consultation", **said}
    return back(name, amount, 9, period=(day(given), day(given)), **said)


CARES = {
    "the same act on its day": ([of_care("r", "9")], {"r c"}),
    "the same kind of care by other words": ([of_care("r", "9", label="cs")], {"r c"}),
    "another day": ([of_care("r", "9", 1)], set()),
    "another care": ([of_care("r", "9", label="lunettes", nature="optics")], set()),
    "more than was paid": ([of_care("r", "31")], set()),
    "nothing": ([of_care("r", "0")], set()),
    "two bodies": (
        [of_care("r", "9"), of_care("s", "19", holder="https://b.example/")],
        {"r c", "s c"},
    ),
    "two of one body, for one care": ([of_care("r", "9"), of_care("s", "9")], set()),
}


@pytest.mark.parametrize(("back", "expected"), CARES.values(), ids=CARES)
def test_a_reimbursement_is_of_the_care_of_its_day(back: list[Item], expected: set[str]):
    assert linked(care("c", "30"), *back, rule="reimbursed-care") == expected


def test_two_like_cares_of_a_day_are_left_open():
    items = care("c", "30"), care("d", "30"), of_care("r", "9")
    assert linked(*items, rule="reimbursed-care") == set()
    assert [len(one.alternatives) for one in matched(items).open] == [2]


def test_two_like_cares_of_a_day_are_told_apart_by_their_base():
    cares = [
        item(n, "HealthExpense", "30", base=Decimal(b), label="consultation", nature="consultation")
        for n, b in (("c", "30.00"), ("d", "26.50"))
    ]
    backs = of_care("r", "9", base=Decimal("26.5")), of_care("s", "8", base=Decimal(30))
    assert linked(*cares, *backs, rule="reimbursed-care") == {"r d", "s c"}
    assert linked(*cares, backs[0], rule="reimbursed-care") == {"r d"}


def used(name: str, first: int, days: int, **said: object) -> Item:
    last = first + days
    return item(
        name, "Consumption", "0", first, period=(day(first), day(last)), commodity="gas", **said
    )


METER = {"meters": frozenset({"m"})}
BILL = bill("b", "40", 32, period=(day(0), day(29)), commodity="gas", **METER)
CONSUMPTIONS = {
    "the same meter within the period": (used("u", 0, 30, **METER), Standing.SURE),
    "the same company within the period": (used("u", 3, 1), Standing.PROPOSED),
    "before the period": (used("u", -3, 10, **METER), None),
    "after the period": (used("u", 20, 15, **METER), None),
}


@pytest.mark.parametrize(("one", "standing"), CONSUMPTIONS.values(), ids=CONSUMPTIONS)
def test_a_consumption_is_in_the_bill_of_its_days(one: Item, standing: Standing | None):
    for each in Standing:
        expected = {"u b"} if each is standing else set()
        assert linked(one, BILL, rule="consumption", standing=each) == expected


def test_a_bill_for_electricity_is_none_for_gas():
    other = bill("b", "40", 32, period=(day(0), day(29)), commodity="electricity", **METER)
    assert matched([used("u", 0, 30, **METER), other]).matches == ()


def test_a_bill_of_one_day_is_for_what_the_meter_measured_on_it():
    moved = bill("b", "2", 32, period=(day(0), day(0)), **METER)
    assert linked(used("u", 0, 1, **METER), moved, rule="consumption") == {"u b"}
    assert linked(used("u", 0, 1), moved, rule="consumption") == set()


def test_a_bill_that_does_not_say_for_which_days_it_is_is_proposed_after_a_reading():
    written = bill("b", "40", 35)
    proposed = Standing.PROPOSED
    assert linked(used("u", 0, 30), written, rule="consumption", standing=proposed) == {"u b"}
    assert linked(used("u", 29, 1), written, rule="consumption", standing=proposed) == set()
    assert linked(used("u", 0, 14), written, rule="consumption", standing=proposed) == set()
    other = bill("c", "40", 38)
    assert linked(used("u", 0, 30), written, other, rule="consumption", standing=proposed) == set()


def bought(name: str, label: str, after: int = 0, **said: object) -> Item:
    return item(name, "Line", "100", after, label=label, **said)


def guarantee(label: str, after: int = 0, **said: object) -> Item:
    return item("g", "Document", "0", after, words=frozenset(label.split()), **said)


def test_a_guarantee_is_of_the_product_that_it_names_or_numbers():
    kettle, phone = (
        bought("k", "bouilloire inox"),
        bought("p", "telephone", codes=frozenset({"30"})),
    )
    for said, expected in (
        (guarantee("garantie bouilloire inox deux ans", 1), {"g k"}),
        (guarantee("warranty", 1, codes=frozenset({"30"})), {"g p"}),
        (guarantee("garanties bouilloire inox facture", 9), {"g k"}),
        (guarantee("garantie bouilloire", 1), set()),
        (guarantee("notice bouilloire inox", 1), set()),
        (guarantee("garantie bouilloire inox", 60), set()),
        (guarantee("garantie bouilloire inox", -20), set()),
    ):
        assert linked(said, kettle, phone, rule="guarantee") == expected


@pytest.mark.parametrize("days", [0, 2])
def test_two_of_a_product_leave_its_guarantee_open(days: int):
    two = bought("k", "bouilloire inox"), bought("l", "bouilloire inox", after=days)
    found = matched([guarantee("garantie bouilloire inox", days), *two])
    assert found.matches == ()
    assert [len(one.alternatives) for one in found.open] == [2]


def test_of_two_of_a_product_the_guarantee_is_of_that_of_its_days():
    two = bought("k", "bouilloire inox"), bought("l", "bouilloire inox", after=20)
    said = guarantee("garantie bouilloire inox", 21)
    assert linked(said, *two, rule="guarantee") == {"g l"}


def test_other_records_are_not_matched():
    assert matched([line("l", "-40"), line("m", "40")]).matches == ()
    assert FIRST + timedelta(days=1) == day(1)
