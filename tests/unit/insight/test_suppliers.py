"""Suppliers: who is paid again and again, and what ends when."""

from datetime import date, timedelta
from decimal import Decimal

from pod.insight.recipes.lines import BankLine
from pod.insight.recipes.suppliers import Contract, endings, of_supplier, suppliers, yearly

TODAY = date(2026, 6, 30)


def paid(number, amount="-20", nature="debit", **more):
    on = TODAY - timedelta(days=30 * number)
    given = {"account": "main", "label": "PRLV SEPA MAIF ICS FR1 RUM M1", "mandate": "M1", **more}
    return BankLine(iri=f"l{number}", on=on, amount=Decimal(amount), nature=nature, **given)


def test_the_debits_of_a_year_are_added_up_by_whom_they_went_to():
    (one,) = suppliers([paid(number) for number in range(20)], TODAY)
    assert (one.name, one.times, one.paid) == ("MAIF", 13, Decimal(260))
    assert one.last.iri == "l0"


def test_a_name_from_a_bill_goes_before_that_of_the_bank():
    (one,) = suppliers([paid(0, payee="Maif", paid="Invoice"), paid(1)], TODAY)
    assert (one.name, one.times) == ("Maif", 2)


def test_what_is_paid_once_by_transfer_or_by_card_is_no_supplier():
    once = paid(0, nature="transfer", mandate="", label="VIR SEPA UN AMI")
    card = paid(1, nature="card", mandate="", label="CB BOULANGERIE")
    assert suppliers([once, card], TODAY) == ()
    again = [paid(n, nature="transfer", mandate="", label="VIR SEPA LOYER") for n in range(3)]
    assert [one.times for one in suppliers(again, TODAY)] == [3]


def contract(iri="c", **more):
    return Contract(iri=iri, name=iri, holder="https://www.maif.fr/", **more)


def test_insurance_ends_with_its_year_and_notice_is_two_months_before():
    home = contract("home", since=date(2020, 9, 15), is_insurance=True)
    (one,) = endings([home], TODAY)
    assert (one.day, one.notice, one.is_yearly) == (date(2026, 9, 15), date(2026, 7, 15), True)


def test_what_says_its_end_ends_then_and_what_says_none_is_left_out():
    ends = contract("ends", until=date(2026, 7, 1))
    over = contract("over", until=date(2026, 6, 29))
    silent = contract("silent", since=date(2020, 1, 1))
    (one,) = endings([silent, over, ends], TODAY)
    assert (one.contract.iri, one.notice) == ("ends", None)


def test_a_contract_is_with_whom_both_name():
    (one,) = suppliers([paid(0), paid(1)], TODAY)
    ours, other = contract("a", payee="MAIF"), Contract(iri="b", name="b", holder="https://axa.fr/")
    by_address = contract("d")
    assert of_supplier(one, [ours, other, by_address]) == (ours, by_address)
    assert of_supplier(one, [Contract(iri="e", name="e", holder="https://www.example/")]) == ()


def test_a_price_is_for_a_year_where_its_time_is_known():
    assert yearly(contract(price=Decimal(10), every="P1M")) == 120
    assert yearly(contract(price=Decimal(10), every="P5Y")) is None
    assert yearly(contract()) is None
