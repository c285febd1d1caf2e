"""Insights: a rule tells what is sure, with its number and its evidence, or nothing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pod.insight.begin import LATER, STEPS, seen_as, seen_in, steps
from pod.insight.insights import (
    SHOWN,
    chosen,
    of_bills,
    of_budget,
    of_endings,
    of_energy,
    of_items,
    of_lines,
    of_month,
    of_payees,
    of_suppliers,
)
from pod.insight.life import life_of_sector
from pod.insight.recipes.budget import budget
from pod.insight.recipes.energy import Billed, Used, beside, months
from pod.insight.recipes.lines import BankLine, Money
from pod.insight.recipes.suppliers import Contract, endings, suppliers
from pod.insight.worth import Counted, worth

TODAY = date(2026, 6, 30)


def debit(days_ago, amount="-20", mandate="M1", **more):
    return BankLine(
        iri=f"l{days_ago}-{mandate}",
        on=TODAY - timedelta(days=days_ago),
        amount=Decimal(amount),
        account="main",
        mandate=mandate,
        nature="debit",
        label="PRLV SEPA TELECOM EXEMPLE",
        **more,
    )


def value(one, name):
    return one.figures[name].value


def test_two_like_debits_of_one_mandate_within_days_are_told():
    (one,) = of_lines([debit(40), debit(10), debit(8), debit(9, mandate="M2")])
    assert (one.kind, value(one, "amount")) == ("debited_twice", Decimal(20))
    assert one.evidence == ("l10-M1", "l8-M1")
    assert [amount for _, amount in one.drawn] == [20, 20, 20]
    assert {figure.unit for figure, _ in one.drawn} == {"day"}  # two are of one month
    assert not list(of_lines([debit(40), debit(10), debit(8, "-21")]))


def test_a_steady_price_that_rose_is_told_and_a_changing_one_is_not():
    steady = [debit(days) for days in (120, 90, 60)]
    (one,) = of_suppliers(suppliers([*steady, debit(30, "-23")], TODAY))
    assert (value(one, "before"), value(one, "amount")) == (20, 23)
    assert [amount for _, amount in one.drawn] == [20, 20, 20, 23]
    assert not list(of_suppliers(suppliers([*steady, debit(30, "-20.50")], TODAY)))
    changing = [debit(120, "-18"), debit(90, "-25"), debit(60, "-20")]
    assert not list(of_suppliers(suppliers([*changing, debit(30, "-40")], TODAY)))


def days(first, count, kwh):
    return [Used(on=first + timedelta(days=n), energy=Decimal(kwh)) for n in range(count)]


def test_energy_is_compared_with_the_year_before_where_both_months_are_whole():
    known = months([*days(date(2025, 2, 1), 28, "10"), *days(date(2026, 2, 1), 28, "8")])
    (one,) = of_energy(known, "gas")
    assert (one.kind, value(one, "share"), one.of) == ("energy_less", 20, "gas")
    part = months(days(date(2026, 2, 1), 27, "8"))
    assert not list(of_energy(part, "gas"))
    assert not list(of_month(part, "gas"))


def test_a_bill_beside_the_meter_tells_both_numbers():
    used = days(date(2026, 2, 1), 28, "10")
    bill = Billed(
        iri="b",
        first=date(2026, 2, 1),
        last=date(2026, 2, 28),
        energy=Decimal(400),
        total=Decimal(90),
    )
    (one,) = of_bills(beside([bill], used), "electricity")
    assert (value(one, "billed"), value(one, "metered"), one.evidence) == (400, 280, ("b",))
    assert not list(of_bills(beside([bill], used[1:]), "electricity"))


def spent(*amounts):
    lines = [
        BankLine(
            iri=str(n),
            on=date(2026, n, 5),
            amount=-Decimal(amount),
            account="main",
            label="CB EPICERIE",
        )
        for n, amount in enumerate(amounts, start=1)
    ]
    return budget(Money(lines=tuple(lines)))


def test_spending_is_compared_with_three_months_before():
    (one,) = of_budget(spent(100, 100, 100, 150), "2026-04")
    assert (one.kind, value(one, "share"), value(one, "amount")) == ("spent_more", 50, 150)
    assert not list(of_budget(spent(100, 100, 150), "2026-03"))
    # What would be told as "0 %" is as much as before.
    (alike,) = of_budget(spent(1000, 1000, 1000, 1004), "2026-04")
    assert alike.kind == "spent_same"


def test_the_largest_item_and_payee_are_told_where_there_is_any():
    (one,) = of_items(spent(100), "2026-01")
    assert (value(one, "item"), value(one, "amount")) == ("food", 100)
    assert not list(of_items(spent(), "2026-01"))
    (most,) = of_payees(suppliers([debit(10), debit(8, "-50", mandate="M2", party="X")], TODAY))
    assert (value(most, "who"), value(most, "amount")) == ("X", 50)
    assert not list(of_payees(()))


def test_a_contract_is_told_while_notice_can_be_given():
    home = Contract(iri="c", name="Home", holder="h", since=date(2020, 9, 15), is_insurance=True)
    (one,) = of_endings(endings([home], TODAY), TODAY)
    assert (one.kind, value(one, "day")) == ("notice_soon", date(2026, 7, 15))
    assert not list(of_endings(endings([home], date(2026, 7, 16)), date(2026, 7, 16)))


def test_few_are_told_and_of_each_kind_one():
    twice = list(of_lines([debit(10), debit(8), debit(10, mandate="M2"), debit(8, mandate="M2")]))
    assert len(twice) == 2
    others = [*of_items(spent(100), "2026-01"), *of_payees(suppliers([debit(1)], TODAY))]
    found = chosen([*others, *twice, *of_month(months(days(date(2026, 2, 1), 28, "1")), "gas")])
    assert [one.kind for one in found] == ["debited_twice", "energy_month", "most_spent"]
    assert len(found) == SHOWN


def test_worth_is_counted_with_evidence_and_never_made_up():
    (nothing,) = worth(Counted(), ())
    assert (nothing.kind, nothing.amount) == ("read", 0)
    twice = list(of_lines([debit(10), debit(8)]))
    found = {one.kind: one.amount for one in worth(Counted(records=5, stopped=1, read=2), twice)}
    assert found == {"records": 5, "errors": 1, "twice": 20, "stopped": 1, "read": 2}


@pytest.mark.parametrize(
    ("sector", "life"),
    [
        ("bank", "money"),
        ("energy", "home"),
        ("transport", "travel"),
        ("employer", "work"),
        ("any", ""),
    ],
)
def test_a_source_is_shown_with_the_domain_of_its_sector(sector, life):
    assert life_of_sector(sector) == life


def test_first_steps_stay_until_all_are_taken_or_she_wants_none():
    assert [one.name for one in steps((), ())] == list(STEPS)
    assert [one.is_done for one in steps({"look"}, {"bring"})] == [True, True, False, False, False]
    assert steps(STEPS, ()) == ()
    assert steps({LATER}, ()) == ()
    assert seen_in(seen_as({"look", LATER})) == {"look", LATER}
    assert seen_in("look.<script>.x") == {"look"}
