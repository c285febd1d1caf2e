"""One transfer for several reimbursements."""

from decimal import Decimal

from matching_items import back, bill, line

from pod.matching.grouped import MOST, subset
from pod.matching.item import Item
from pod.matching.match import Standing
from pod.matching.matched import matched

FUND = frozenset({"mutuelle", "exemple"})
NAMED = {"names": FUND}
SAYS = {"words": FUND | {"vir"}}


def sums(*items: Item, standing: Standing = Standing.SURE) -> dict[str, set[str]]:
    """The names of what each line of a bank brings."""
    found: dict[str, set[str]] = {}
    for one in matched(items).matches:
        if one.standing is standing:
            source, target = (iri.rpartition("/")[2] for iri in one.pair)
            found.setdefault(target, set()).add(source)
    return found


def test_what_was_paid_on_a_day_came_in_one_transfer():
    several = [back(name, amount) for name, amount in (("a", "9.45"), ("b", "6.23"), ("c", "1.00"))]
    assert sums(*several, line("l", "16.68", 1)) == {"l": {"a", "b", "c"}}


def test_the_sum_that_is_stated_counts_even_where_a_row_is_missing():
    one = back("a", "9.45", transfer=Decimal("15.68"))
    assert sums(one, line("l", "15.68", 1)) == {"l": {"a"}}
    assert sums(one, line("l", "9.45", 1)) == {}


def test_bills_of_a_day_are_not_paid_together():
    bills = [bill("a", "9.45", **NAMED), bill("b", "6.23", **NAMED)]
    assert sums(*bills, line("l", "-15.68", 1, **SAYS)) == {}
    assert sums(*bills, line("l", "-9.45", 1, **SAYS)) == {"l": {"a"}}


def test_two_transfers_of_two_bodies_on_a_day_are_told_apart():
    ones = [back("a", "10.00", **NAMED), back("b", "5.00", **NAMED)]
    others = [back("c", "8.00", holder="https://cpam.example/#it")]
    assert sums(*ones, *others, line("l", "15.00", **SAYS), line("m", "8.00")) == {
        "l": {"a", "b"},
        "m": {"c"},
    }


def test_what_a_body_tells_of_another_is_not_of_its_transfer():
    other = back("s", "19.00", names=frozenset({"assurance", "maladie"}))
    assert sums(back("a", "9.00", **NAMED), other, line("l", "9.00", **SAYS)) == {"l": {"a"}}


def test_what_was_not_paid_together_is_looked_for_one_by_one():
    several = [back("a", "9.45", **NAMED), back("b", "6.23", **NAMED)]
    lines = [line("l", "9.45", 1, **SAYS), line("m", "6.23", 2, **SAYS)]
    assert sums(*several, *lines) == {"l": {"a"}, "m": {"b"}}


def test_a_transfer_for_several_days_is_what_adds_up_to_it_in_one_way():
    several = [back(name, amount, n, **NAMED) for n, (name, amount) in enumerate(AMOUNTS)]
    assert sums(*several, line("l", "13.07", 4, **SAYS)) == {"l": {"a", "c"}}


def test_of_two_transfers_for_several_days_each_brings_what_the_other_does_not():
    several = [back(name, amount, n, **NAMED) for n, (name, amount) in enumerate(AMOUNTS)]
    lines = line("l", "13.07", 4, **SAYS), line("m", "7.33", 5, **SAYS)
    assert sums(*several, *lines) == {"l": {"a", "c"}, "m": {"b", "d"}}


def test_what_adds_up_in_two_ways_is_left_open():
    several = [back(name, amount, n, **NAMED) for n, (name, amount) in enumerate(AMOUNTS)]
    twin = back("e", "3.62", 2, **NAMED)
    assert sums(*several, twin, line("l", "13.07", 4, **SAYS)) == {}


def test_without_a_name_a_sum_of_several_days_is_only_proposed():
    several = [back(name, amount, n) for n, (name, amount) in enumerate(AMOUNTS)]
    found = line("l", "13.07", 4)
    assert sums(*several, found) == {}
    assert sums(*several, found, standing=Standing.PROPOSED) == {"l": {"a", "c"}}


def test_a_transfer_before_or_long_after_is_none():
    several = [back("a", "9.45", **NAMED), back("b", "6.23", **NAMED)]
    assert sums(*several, line("l", "15.68", -3, **SAYS)) == {}
    assert sums(*several, line("l", "15.68", 11, **SAYS)) == {}


def test_of_too_many_candidates_none_is_tried():
    many = [back(f"r{n}", f"{2**n}") for n in range(MOST)]
    assert subset(Decimal(3), many) == tuple(many[:2])
    assert subset(Decimal(3), [*many, back("r", "0.5")]) == ()


def test_what_is_taken_back_of_a_sum_counts_too():
    several = [back("a", "9.00"), back("b", "6.00"), back("c", "-2.00")]
    assert sums(*several, line("l", "13.00", 1)) == {"l": {"a", "b", "c"}}


AMOUNTS = (("a", "9.45"), ("b", "6.23"), ("c", "3.62"), ("d", "1.10"))
