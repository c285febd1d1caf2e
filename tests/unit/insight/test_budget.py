"""A budget: each euro once, under the item that is known best."""

from dataclasses import replace
from datetime import date, timedelta
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


def card(first, *amounts, account="visa", nature="card"):
    return [
        line(f"{account}{n}", amount, first + timedelta(days=5 * n), account=account, nature=nature)
        for n, amount in enumerate(amounts)
    ]


def debit(amount, on=date(2026, 3, 4), **more):
    return line("debit", amount, on, **{"label": "CARTE 4242 DEBIT DIFFERE", **more})


SPENT = ("-10", "-20.50", "-3", "-4", "-5")


@pytest.mark.parametrize(
    ("lines", "left_out"),
    [
        pytest.param([debit("-42.50")], 1, id="the month of a card"),
        pytest.param([debit("-42.50", label="ACHAT CB BOUTIQUE")], 1, id="by a shorter word"),
        pytest.param([debit("-42.50", label="LOYER")], 0, id="it says nothing of a card"),
        pytest.param([debit("-42.51")], 0, id="another amount"),
        pytest.param([debit("-42.50", date(2026, 2, 1))], 0, id="before the lines"),
        pytest.param([debit("-42.50", account="visa")], 0, id="of the card itself"),
        pytest.param([debit("-7")], 0, id="two purchases that come to it by chance"),
        pytest.param([debit("-42.50", paid="Invoice")], 0, id="it paid a bill"),
        pytest.param(
            [debit("-42.50"), line("come", "42.50", date(2026, 3, 4), account="visa")],
            2,
            id="the card tells of it, too",
        ),
        pytest.param(
            [debit("-42.50"), line("rent", "-9", account="visa", nature="transfer")],
            0,
            id="an account that is no card",
        ),
    ],
)
def test_a_card_that_is_paid_once_a_month_counts_by_its_own_lines(lines, left_out):
    of_card = card(FEBRUARY, *SPENT)
    found = budget(Money(lines=(*of_card, *lines)))
    assert found.by_card == left_out
    assert found.moved == 0
    counted = {one.line.iri for one in found.counted}
    assert {one.iri for one in of_card} <= counted
    assert ("debit" in counted) == (left_out == 0)


def test_each_month_of_a_card_is_left_out_once():
    first, second = card(FEBRUARY, *SPENT), card(date(2026, 3, 5), *SPENT[:4], "-9", account="visa")
    second = [replace(one, iri=f"m{one.iri}") for one in second]
    paid = (debit("-42.50"), replace(debit("-46.50", date(2026, 4, 4)), iri="april"))
    found = budget(Money(lines=(*first, *second, *paid)))
    assert found.by_card == 2
    assert found.spent("2026-02") + found.spent("2026-03") == Decimal("89.00")


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
