"""Care and what came back for it, consumption and its bill, a product and its guarantee."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from matching_items import FIRST, NOON, back, bill, day, item, line

from pod.matching.item import Item
from pod.matching.match import Decided, Standing
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
    "an amount that is not said": ([replace(of_care("r", "9"), amount=None)], set()),
    "two bodies": (
        [of_care("r", "9"), of_care("s", "19", holder="https://b.example/")],
        {"r c", "s c"},
    ),
    "two of one body, for one care": ([of_care("r", "9"), of_care("s", "9")], set()),
}


@pytest.mark.parametrize(("back", "expected"), CARES.values(), ids=CARES)
def test_a_reimbursement_is_of_the_care_of_its_day(back: list[Item], expected: set[str]):
    assert linked(care("c", "30"), *back, rule="reimbursed-care") == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [((10, 44), set()), ((10, 45), {"c e"}), ((12, 15), {"c e"}), ((12, 16), set())],
)
def test_a_card_is_shown_a_quarter_of_an_hour_around_an_appointment(
    at: tuple[int, int], expected: set[str]
):
    paid = shown(NOON.replace(hour=at[0], minute=at[1]))
    assert linked(PAID, entry("e", "rendez vous"), paid, rule="appointment") == expected


def test_two_like_cares_of_a_day_are_left_open():
    items = care("c", "30"), care("d", "30"), of_care("r", "9")
    assert linked(*items, rule="reimbursed-care") == set()
    assert [len(one.alternatives) for one in matched(items).open] == [2]


def entry(name: str, called: str, hour: int = 11, lasts: int = 1) -> Item:
    begins = NOON.replace(hour=hour)
    times = begins, begins + timedelta(hours=lasts)
    return item(name, "Event", "0", words=frozenset(called.split()), instants=times)


def shown(at: datetime = NOON, *names: str) -> Item:
    said = {"instants": (at, at), "names": frozenset(names), "used": at.date()}
    return line("l", "-30", 1, references=frozenset({"care-0001"}), **said)


PAID = item(
    "c",
    "HealthExpense",
    "30",
    nature="consultation",
    label="consultation",
    references=frozenset({"care-0001"}),
)
LATE = NOON.replace(hour=18)
ENTRIES = {
    "called as the care is": ([entry("e", "medecin")], {"c e"}),
    "an appointment in which it was paid": ([entry("e", "rendez vous"), shown()], {"c e"}),
    "an appointment, and it was paid later": ([entry("e", "rendez vous"), shown(LATE)], set()),
    "an appointment with whom it was paid to": (
        [entry("e", "rdv aubrac"), shown(LATE, "aubrac")],
        {"c e"},
    ),
    "an appointment with somebody else": ([entry("e", "rdv aubrac"), shown(LATE, "durand")], set()),
    "an appointment for other care": ([entry("e", "dentiste")], set()),
    "lunch, when it was paid": ([entry("e", "dejeuner"), shown()], set()),
    "a whole day, in which it was paid": ([entry("e", "rdv", 6, 12), shown()], set()),
    "two, of which it was paid in one": (
        [entry("e", "medecin"), entry("f", "medecin", 15), shown()],
        {"c e"},
    ),
    "two of the same name": ([entry("e", "medecin"), entry("f", "medecin", 15)], set()),
}


@pytest.mark.parametrize(("others", "expected"), ENTRIES.values(), ids=ENTRIES)
def test_an_appointment_is_that_of_the_care_of_its_day(others: list[Item], expected: set[str]):
    assert linked(PAID, *others, rule="appointment") == expected


def test_an_appointment_of_another_day_or_for_what_needs_none_is_of_no_care():
    bought = item("c", "HealthExpense", "30", nature="pharmacy")
    assert linked(bought, entry("e", "medecin"), rule="appointment") == set()
    later = item("c", "HealthExpense", "30", 1, nature="consultation")
    assert linked(later, entry("e", "medecin"), rule="appointment") == set()


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
    "up to the day after the period": (used("u", 20, 10, **METER), Standing.SURE),
    "after the period": (used("u", 20, 11, **METER), None),
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
    for on, expected in ((29, set()), (30, {"u b"}), (50, {"u b"}), (51, set())):
        dated = bill("b", "40", on)
        assert linked(used("u", 0, 30), dated, rule="consumption", standing=proposed) == expected
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
    ):
        assert linked(said, kettle, phone, rule="guarantee") == expected


@pytest.mark.parametrize(("days", "proposed"), [(-16, 0), (-15, 1), (45, 1), (46, 0)])
def test_a_guarantee_filed_far_from_the_day_of_the_bill_is_proposed(days: int, proposed: int):
    found = matched([guarantee("garantie bouilloire inox", days), bought("k", "bouilloire inox")])
    assert [one.standing for one in found.matches] == [Standing.PROPOSED] * proposed


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


ONES = {
    "reimbursed-care": (care("c", "30"), of_care("r", "9")),
    "appointment": (PAID, entry("e", "medecin")),
    "consumption": (used("u", 0, 30, **METER), BILL),
    "guarantee": (guarantee("garantie bouilloire inox", 1), bought("k", "bouilloire inox")),
    "points": (item("e", "PointsMovement", "40"), item("b", "Purchase", "40")),
    "claim": (
        item("c", "Claim", "0", references=frozenset({"S2400123"})),
        line("l", "900", 4, references=frozenset({"S2400123"})),
    ),
}


@pytest.mark.parametrize(("rule", "items"), ONES.items(), ids=ONES)
def test_what_the_person_rejects_never_comes_back(rule: str, items: tuple[Item, ...]):
    (found,) = matched(items).matches
    assert found.rule == rule
    assert matched(items, Decided(rejected=frozenset({found.pair}))).matches == ()


def test_other_records_are_not_matched():
    assert matched([line("l", "-40"), line("m", "40")]).matches == ()
    assert FIRST + timedelta(days=1) == day(1)
