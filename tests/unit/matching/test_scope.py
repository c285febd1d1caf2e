"""Which days a run has to do with."""

from datetime import timedelta

import pytest
from matching_items import bill, day, item, line

from pod.matching.item import Item
from pod.matching.looked import Looked
from pod.matching.scope import is_near, looked, scope_of, within

CHANGED = Looked("2", (day(0), day(9)))
SCOPE = (day(-60), day(69))


def test_what_has_changed_reaches_as_far_as_a_rule_and_the_booking_of_a_card():
    assert scope_of([CHANGED]) == SCOPE
    assert scope_of([Looked("1", (day(2), day(3))), CHANGED]) == SCOPE
    assert scope_of([Looked("1", None)]) is None


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(-200, -121, False), (-200, -120, True), (129, 200, True), (130, 200, False)],
)
def test_a_document_is_read_whose_records_may_answer(first: int, last: int, *, expected: bool):
    assert is_near(SCOPE, Looked("1", (day(first), day(last)))) is expected


def test_a_document_of_no_day_answers_nothing():
    assert not is_near(SCOPE, looked("1", ()))


DAYS = {
    "a bill": (bill("b", "40", 3), 0),
    "a claim, as long as it may be paid": (item("c", "Claim", "0", 3), 365),
    "a contract that ends": (item("c", "Contract", "0", 3, period=(day(3), day(33))), 30),
}


@pytest.mark.parametrize(("one", "days"), DAYS.values(), ids=DAYS)
def test_a_document_is_of_the_days_of_its_records(one: Item, days: int):
    assert looked("1", [one]) == Looked("1", (one.day, one.day + timedelta(days=days)))


@pytest.mark.parametrize("said", [None, (day(3), day(3))])
def test_a_contract_that_says_no_end_has_none(said: object):
    found = looked("1", [item("c", "Contract", "0", 3, period=said)]).days
    assert found is not None
    assert found[1] > day(365 * 100)


def test_what_is_outside_is_not_asked_about_but_may_answer():
    inside, outside = (item(name, "Instalment", "40", on) for name, on in (("b", 69), ("c", 70)))
    claim = item("d", "Claim", "0", -300)
    answer = line("l", "-40", 70)
    assert [*within([inside, outside, claim, answer], SCOPE)] == [inside, claim, answer]
