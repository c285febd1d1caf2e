"""What is paid by which line of a bank: a table of cases for each rule."""

import pytest
from matching_items import NOON, back, bill, day, item, line

from pod.matching.item import Item
from pod.matching.match import Decided, Match, Standing
from pod.matching.matched import matched

WORDS = frozenset({"telecom", "exemple"})
NAMED = {"names": WORDS}
SAYS = {"words": WORDS | {"prlv", "sepa"}}


def pairs(*items: Item, standing: Standing = Standing.SURE) -> set[tuple[str, str]]:
    """The names of what is matched."""
    found = matched(items).matches
    return {tuple(map(_name, one.pair)) for one in found if one.standing is standing}  # type: ignore[misc]


def still_open(*items: Item) -> set[tuple[str, int]]:
    """The names of what is left open, and of how many alternatives."""
    found = matched(items).open
    return {(_name(one), len(still.alternatives)) for still in found for one in still.sources}


def _name(iri: str) -> str:
    return iri.rpartition("/")[2]


LINKED = {("b", "l")}
ONE = {
    "the same reference": (
        bill("b", "40.00", references=frozenset({"F-2026-17"})),
        line("l", "-40.00", 44, references=frozenset({"F-2026-17"})),
    ),
    "its reference in the words of the bank": (
        bill("b", "40.00", references=frozenset({"F202617"})),
        line("l", "-40.00", 30, words=frozenset({"vir", "f202617"})),
    ),
    "the same mandate": (
        bill("b", "40.00", mandate="RUM1"),
        line("l", "-40.00", 9, mandate="RUM1"),
    ),
    "the same creditor": (
        bill("b", "40.00", creditor="FR12ZZZ"),
        line("l", "-40.00", 3, creditor="FR12ZZZ"),
    ),
    "the same name": (bill("b", "40.00", **NAMED), line("l", "-40.00", 10, **SAYS)),
    "the day on which it is due": (bill("b", "40.00", due=day(12)), line("l", "-40.00", 12)),
    "a refund": (bill("b", "-12.50", **NAMED), line("l", "12.50", 4, **SAYS)),
    "other money": (
        bill("b", "40.00", currency="GBP", **NAMED),
        line("l", "-40.00", 4, currency="GBP", **SAYS),
    ),
    "paid before it was written": (bill("b", "40.00", **NAMED), line("l", "-40.00", -9, **SAYS)),
    "an instalment on its day": (item("b", "Instalment", "69", 5), line("l", "-69", 5)),
    "a receipt at its moment": (
        item("b", "Purchase", "8.40", instants=(NOON, NOON)),
        line("l", "-8.40", 2, instants=(NOON, NOON), used=day(0)),
    ),
    "a ride that ends when the card is shown": (
        item("b", "Trip", "17.20", instants=(NOON.replace(hour=11), NOON)),
        line("l", "-17.20", 2, instants=(NOON, NOON), used=day(0)),
    ),
    "care on the day when the card is shown": (
        item("b", "HealthExpense", "30"),
        line("l", "-30", 2, used=day(0)),
    ),
    "pay": (item("b", "Payslip", "2100.10", **NAMED), line("l", "2100.10", 1, **SAYS)),
}
NONE = {
    "a cent more": (bill("b", "40.00", **NAMED), line("l", "-40.01", 3, **SAYS)),
    "the other way": (bill("b", "40.00", **NAMED), line("l", "40.00", 3, **SAYS)),
    "a refund that was paid": (bill("b", "-40.00", **NAMED), line("l", "-40.00", 3, **SAYS)),
    "other money": (bill("b", "40.00", **NAMED), line("l", "-40.00", 3, currency="GBP", **SAYS)),
    "sixteen days before": (bill("b", "40.00", **NAMED), line("l", "-40.00", -16, **SAYS)),
    "forty-six days after": (
        bill("b", "40.00", references=frozenset({"F-2026-17"})),
        line("l", "-40.00", 46, references=frozenset({"F-2026-17"})),
    ),
    "an instalment after thirty days": (item("b", "Instalment", "69"), line("l", "-69", 30)),
    "a receipt after eleven days": (item("b", "Purchase", "8.40"), line("l", "-8.40", 11)),
    "nothing to pay": (bill("b", "0.00", **NAMED), line("l", "0.00", 3, **SAYS)),
    "what went to the pharmacy": (
        back("b", "12.00", nature="thirdPartyPayment"),
        line("l", "12.00"),
    ),
}
PROPOSED = {
    "the same amount and nothing else": (bill("b", "40.00"), line("l", "-40.00", 5)),
    "the same name a month away": (bill("b", "40.00", **NAMED), line("l", "-40.00", 31, **SAYS)),
    "the same mandate a month away": (
        bill("b", "40.00", mandate="RUM1"),
        line("l", "-40.00", 31, mandate="RUM1"),
    ),
    "a number that is too short for a reference": (
        item("b", "Purchase", "8.40", references=frozenset({"401"})),
        line("l", "-8.40", 5, references=frozenset({"401"})),
    ),
}


@pytest.mark.parametrize("items", ONE.values(), ids=ONE)
def test_one_line_pays_one_thing(items: tuple[Item, ...]):
    assert pairs(*items) == LINKED


@pytest.mark.parametrize("items", NONE.values(), ids=NONE)
def test_what_does_not_fit_is_no_match(items: tuple[Item, ...]):
    found = matched(items)
    assert (found.matches, found.open) == ((), ())


@pytest.mark.parametrize("items", PROPOSED.values(), ids=PROPOSED)
def test_what_is_not_sure_is_proposed(items: tuple[Item, ...]):
    assert pairs(*items) == set()
    assert pairs(*items, standing=Standing.PROPOSED) == LINKED


def test_equal_amounts_of_each_month_go_to_the_bill_of_the_month():
    bills = [
        bill(f"b{month}", "19.99", 30 * month, due=day(30 * month + 9), **NAMED)
        for month in range(4)
    ]
    lines = [line(f"l{month}", "-19.99", 30 * month + 9, **SAYS) for month in range(4)]
    assert pairs(*bills, *lines) == {(f"b{month}", f"l{month}") for month in range(4)}


def test_a_bill_that_was_not_paid_takes_no_payment_of_another_month():
    bills = [
        bill(f"b{month}", "19.99", 30 * month, due=day(30 * month + 9), **NAMED)
        for month in range(2)
    ]
    assert pairs(*bills, line("l1", "-19.99", 39, **SAYS)) == {("b1", "l1")}


def test_a_line_is_claimed_once():
    one, other = (bill(name, "40.00", mandate="RUM1") for name in "bc")
    assert pairs(one, other, line("l", "-40.00", 3, mandate="RUM1")) == set()
    assert still_open(one, other, line("l", "-40.00", 3, mandate="RUM1")) == {("b", 1), ("c", 1)}


def test_two_lines_of_a_day_are_left_open_and_told():
    lines = (line(name, "-40.00", 3, mandate="RUM1", label=name) for name in "lm")
    items = (bill("b", "40.00", mandate="RUM1"), *lines)
    assert pairs(*items) == set()
    assert still_open(*items) == {("b", 2)}


def test_of_two_lines_that_differ_in_nothing_the_first_settles_the_bill():
    lines = [line(name, "-40.00", 3, mandate="RUM1") for name in "ml"]
    assert pairs(bill("b", "40.00", mandate="RUM1"), *lines) == LINKED
    bills = [bill(name, "40.00", mandate="RUM1") for name in "bc"]
    assert pairs(*bills, *lines) == set()
    assert still_open(*bills, *lines) == {("b", 2), ("c", 2)}


def test_of_a_bill_that_was_paid_twice_by_its_number_the_first_payment_settles_it():
    said = {"references": frozenset({"F-2026-17"})}
    lines = (line(name, "-40.00", 3, **said) for name in "ml")
    assert pairs(bill("b", "40.00", **said), *lines) == LINKED


def test_a_reference_is_better_than_a_day():
    said = {"references": frozenset({"F-2026-17"})}
    lines = line("near", "-40.00", 0), line("l", "-40.00", 20, **said)
    assert pairs(bill("b", "40.00", **said), *lines) == LINKED


def test_what_a_holder_links_itself_is_not_asked_again():
    stated = frozenset({("https://w3id.org/selfdata/ns#settledBy", line("l", "-40").iri)})
    one, other = bill("b", "40.00", links=stated, **NAMED), bill("c", "40.00", **NAMED)
    assert matched([one, other, line("l", "-40.00", 3, **SAYS)]).matches == ()


def test_a_rejected_pair_never_comes_back_and_another_may():
    items = bill("b", "40.00", **NAMED), line("l", "-40.00", 3, **SAYS)
    rejected = frozenset({(items[0].iri, items[1].iri)})
    assert matched(items, Decided(rejected=rejected)).matches == ()
    other = line("m", "-40.00", 4, **SAYS)
    (found,) = matched([*items, other], Decided(rejected=rejected)).matches
    assert found.target == other.iri


def test_what_stands_keeps_its_line():
    one, other = bill("b", "40.00", **NAMED), bill("c", "40.00", **NAMED)
    paid = line("l", "-40.00", 3, **SAYS)
    stands = Match(
        rule="invoice", source=other.iri, target=paid.iri, day=other.day, confidence=0.5, by="ana"
    )
    assert matched([one, other, paid], Decided(standing=(stands,))).matches == ()


def test_why_is_said_in_two_languages_and_tells_no_amount():
    (found,) = matched([bill("b", "40.00", **NAMED), line("l", "-40.00", 3, **SAYS)]).matches
    assert dict(found.why) == {
        "en": "The same amount, to the cent, the same name, 3 days apart.",
        "fr": "Même montant, au centime près, même nom, à 3 jours.",
    }
    assert 0.9 <= found.confidence < 1
