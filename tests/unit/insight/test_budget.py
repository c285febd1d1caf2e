"""A budget: each euro once, under the item that is known best."""

from datetime import date
from decimal import Decimal

import pytest

from pod.insight.recipes.budget import OTHER, budget, item_of, last_whole
from pod.insight.recipes.lines import BankLine, Bought, Money

FEBRUARY = date(2026, 2, 3)


def line(iri="l1", amount="-42.50", on=FEBRUARY, **more):
    given = {"account": "main", "label": "CB CHOSE", **more}
    return BankLine(iri=iri, on=on, amount=Decimal(amount), **given)


def bought(iri, total, line_="l1", **more):
    return Bought(iri=iri, line=line_, name=iri, total=Decimal(total), **more)


def sums(money):
    return {month: dict(items) for month, items in budget(money).months.items()}


@pytest.mark.parametrize(
    ("known", "item"),
    [
        ({"label": "CB BOULANGERIE DES TILLEULS"}, "food"),
        ({"label": "CB CAFÉ DE LA PLACE"}, "leisure"),
        ({"label": "VIR SEPA LOYER 02/2026"}, "housing"),
        ({"label": "RIEN DE CONNU"}, OTHER),
        ({"label": "RIEN DE CONNU", "nature": "fee"}, "fees"),
        ({"label": "CB BOULANGERIE", "sectors": frozenset({"energy"})}, "energy"),
        ({"label": "X", "sectors": frozenset({"retail", "telecom"})}, "telecom"),
        ({"label": "CB BOULANGERIE", "paid": "Trip"}, "transport"),
        ({"label": "CB BOULANGERIE", "heading": "energyBills"}, "energy"),
        ({"label": "CB BOULANGERIE", "category": "healthCare", "paid": "Trip"}, "health"),
        ({"label": "CB BOULANGERIE", "category": "somethingOfABank"}, "food"),
    ],
)
def test_an_item_is_by_what_is_known_best(known, item):
    assert item_of(line(**known)) == item


def test_a_move_between_own_accounts_is_neither_in_nor_out():
    out = line("out", "-100", nature="transfer", label="VIR LIVRET")
    into = line("in", "100", on=date(2026, 2, 5), account="savings", nature="transfer")
    found = budget(Money(lines=(out, into, line())))
    assert found.moved == 2
    assert {one.iri for one in found.counted} == {"l1"}
    alone = budget(Money(lines=(out,)))
    assert alone.months["2026-02"] == {"savings": Decimal(-100)}
    assert alone.spent("2026-02") == 0
    assert alone.largest("2026-02") is None


def test_a_receipt_counts_in_the_stead_of_its_payment_where_it_comes_to_the_same():
    milk, soap = bought("milk", "30"), bought("soap", "12.50", category="household")
    whole = Money(lines=(line(label="CB EPICERIE"),), bought=(milk, soap))
    assert sums(whole) == {"2026-02": {"food": Decimal(-30), "equipment": Decimal("-12.5")}}
    short = Money(lines=(line(label="CB EPICERIE"),), bought=(milk,))
    assert sums(short) == {"2026-02": {"food": Decimal("-42.50")}}
    assert [one.iri for one in budget(whole).behind("2026-02", "food")] == ["milk"]


@pytest.mark.parametrize(
    ("due", "counts"),
    [(date(2026, 2, 10), False), (date(2026, 3, 20), False), (date(2026, 3, 21), True)],
)
def test_a_bill_counts_alone_only_where_no_account_tells(due, counts):
    bill = line("bill", "-20", on=due, account="", paid="Invoice", label="", payee="X")
    found = budget(Money(lines=(line(),), asked=(bill,)))
    assert (bill in {one.line for one in found.counted}) == counts
    assert (found.asked == (bill,)) != counts


def test_bills_alone_are_told_to_be_so():
    bill = line("bill", "-20", account="", paid="Invoice", sectors=frozenset({"telecom"}))
    found = budget(Money(asked=(bill,)))
    assert found.is_of_bills_alone
    assert found.months == {"2026-02": {"telecom": Decimal(-20)}}


def test_other_currencies_are_counted_apart():
    found = budget(Money(lines=(line(), line("l2", currency="CHF"))))
    assert (found.foreign, found.spent("2026-02")) == (1, Decimal("42.50"))


def test_nothing_known_is_an_empty_budget():
    found = budget(Money())
    assert (found.months, found.counted, found.largest("2026-02")) == ({}, (), None)


def test_the_last_whole_month_is_one_that_is_over():
    found = budget(Money(lines=(line(), line("l2", on=date(2026, 3, 9)))))
    assert last_whole(found, date(2026, 3, 9)) == "2026-02"
    assert last_whole(found, date(2026, 3, 30)) == "2026-03"
