"""Moves between accounts of the person, premiums of contracts, points and dues."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from matching_items import bill, day, item, line

from pod.matching.item import Item
from pod.matching.match import Decided, Standing
from pod.matching.matched import matched

MAIN, SAVINGS = ({"meters": frozenset({name})} for name in ("main", "savings"))
MOVED = {"nature": "transfer"}


def linked(*items: Item, standing: Standing = Standing.SURE) -> set[str]:
    return {
        " ".join(iri.rpartition("/")[2] for iri in one.pair)
        for one in matched(items).matches
        if one.standing is standing
    }


def out(name: str = "o", amount: str = "-200", after: int = 0, **said: object) -> Item:
    return line(name, amount, after, **{**MAIN, **MOVED, **said})


def into(name: str = "i", amount: str = "200", after: int = 0, **said: object) -> Item:
    return line(name, amount, after, **{**SAVINGS, **MOVED, **said})


TRANSFERS = {
    "the same day": ((out(), into()), Standing.SURE),
    "some days later": ((out(), into(after=5)), Standing.PROPOSED),
    "a week later": ((out(), into(after=6)), None),
    "the day before": ((out(), into(after=-1)), None),
    "the same account": ((out(), into(**MAIN)), None),
    "an account that is not said": ((out(), into(meters=frozenset())), None),
    "from an account that is not said": ((out(meters=frozenset()), into()), None),
    "a cent more": ((out(), into(amount="200.01")), None),
    "other money": ((out(), into(currency="GBP")), None),
    "a card": ((out(nature="card"), into()), None),
}


@pytest.mark.parametrize(("items", "standing"), TRANSFERS.values(), ids=TRANSFERS)
def test_money_moves_between_two_accounts(items: Sequence[Item], standing: Standing | None):
    for each in Standing:
        assert linked(*items, standing=each) == ({"o i"} if each is standing else set())


def test_two_like_moves_of_a_day_are_left_open():
    items = out("o"), out("p"), into("i"), into("j")
    assert linked(*items) == set()
    assert {len(one.alternatives) for one in matched(items).open} == {2}


def test_what_pays_a_bill_is_no_move():
    paid = bill("b", "200", mandate="M")
    assert linked(paid, out(mandate="M"), into()) == {"b o"}


def test_a_move_that_stands_pays_no_bill():
    (moved,) = matched([out(), into()]).matches
    items = bill("b", "200", due=day(0)), out(), into()
    assert matched(items, Decided(standing=(moved,))).matches == ()
    assert matched([out(), into()], Decided(rejected=frozenset({moved.pair}))).matches == ()


def debits(count: int, amount: str = "-20", mandate: str = "M", after: int = 0) -> list[Item]:
    return [
        line(f"{mandate}{month}", amount, after + 30 * month, mandate=mandate)
        for month in range(count)
    ]


def contract(name: str = "c", yearly: str = "240", after: int = -400) -> Item:
    return item(name, "Contract", yearly, after)


EACH = {"M0 c", "M1 c", "M2 c"}
PREMIUMS = {
    "a twelfth, three times": ([contract(), *debits(3)], EACH),
    "a quarter, three times": ([contract(), *debits(3, "-60")], set()),
    "twice": ([contract(), *debits(2)], set()),
    "a cent more": ([contract(), *debits(3, "-20.01")], set()),
    "before the contract": ([contract(after=10), *debits(3)], set()),
    "two contracts at this price": ([contract(), contract("d"), *debits(3)], set()),
    "two mandates for this sum": ([contract(), *debits(3), *debits(3, mandate="N")], set()),
    "other money": ([replace(contract(), currency="GBP"), *debits(3)], set()),
    "a price that is not said": ([replace(contract(), amount=None), *debits(3)], set()),
    "money that comes": ([contract(), *debits(3, "20")], set()),
    "without a mandate": ([contract(), *debits(3, mandate="")], set()),
}


@pytest.mark.parametrize(("items", "expected"), PREMIUMS.values(), ids=PREMIUMS)
def test_a_debit_again_and_again_is_the_premium_of_one_contract(
    items: list[Item], expected: set[str]
):
    assert linked(*items) == expected


def test_one_more_debit_is_known_by_those_before_it():
    before = matched([contract(), *debits(3)]).matches
    found = matched([contract(), *debits(4)], Decided(standing=before)).matches
    assert [one.source.rpartition("/")[2] for one in found] == ["M3"]


def test_points_are_of_the_purchase_of_their_day():
    bought, later = item("b", "Purchase", "40"), item("l", "Purchase", "40", 1)
    earned = item("e", "PointsMovement", "40")
    assert linked(bought, later, earned) == {"e b"}
    assert linked(bought, item("u", "PointsMovement", "-500")) == set()
    assert linked(bought, item("e", "PointsMovement", "40", holder="https://b.example/")) == set()
    assert linked(bought, item("c", "Purchase", "9"), earned) == set()


def test_dues_are_paid_about_the_day_of_joining():
    joined = item("m", "Membership", "20", names=frozenset({"jardins"}))
    assert linked(joined, line("l", "-20", 9, words=frozenset({"jardins"}))) == {"m l"}
    assert linked(joined, line("l", "-20", 50, words=frozenset({"jardins"}))) == set()


CLAIM = item("c", "Claim", "0", references=frozenset({"S2400123"}))
NAMED = {"words": frozenset({"vir", "indemnisation", "s2400123"})}
COMPENSATIONS = {
    "a transfer that names it": ((line("l", "900", 40, **NAMED),), {"c l"}),
    "at once": ((line("l", "900", **NAMED),), {"c l"}),
    "within a year": ((line("l", "900", 365, **NAMED),), {"c l"}),
    "a year after": ((line("l", "900", 366, **NAMED),), set()),
    "before it happened": ((line("l", "900", -1, **NAMED),), set()),
    "money that went out": ((line("l", "-900", 40, **NAMED),), set()),
    "a transfer that names another": (
        (line("l", "900", 40, references=frozenset({"S2400124"})),),
        set(),
    ),
    "two that name it": (
        (line("l", "900", 40, **NAMED), line("m", "100", 50, **NAMED)),
        {"c l"},
    ),
}


@pytest.mark.parametrize(("lines", "expected"), COMPENSATIONS.values(), ids=COMPENSATIONS)
def test_what_was_paid_for_a_claim_is_found_by_its_number(
    lines: Sequence[Item], expected: set[str]
):
    assert linked(CLAIM, *lines) == expected


def test_what_was_paid_for_a_claim_reimburses_no_care():
    paid = line("l", "30", 5, **NAMED)
    backs = [item(n, "Reimbursement", a, 5) for n, a in (("r", "10"), ("s", "20"))]
    assert linked(CLAIM, *backs, paid) == {"c l"}
    assert linked(CLAIM, *backs, paid, standing=Standing.PROPOSED) == set()
