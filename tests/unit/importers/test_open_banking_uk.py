import io
import json
from datetime import date
from decimal import Decimal

import pytest

from importers import identify
from importers.contract import Code, Key, Options, Problem, Record


def page(*transactions, **beside):
    return {"Data": {"Transaction": list(transactions)}} | beside


def booked(amount="10.00", indicator="Credit", **more):
    return {
        "AccountId": "22289",
        "Amount": {"Amount": amount, "Currency": "GBP"},
        "CreditDebitIndicator": indicator,
        "Status": "Booked",
        "BookingDateTime": "2026-04-05T10:43:07+00:00",
    } | more


def items(document):
    content = json.dumps(document).encode()
    ((importer, _),) = identify("page.json", content)
    return importer, list(importer.parse(io.BytesIO(content), Options()))


def movements(document):
    return [i for i in items(document)[1] if isinstance(i, Record) and i.counted]


def remarks(document):
    return [(p.locator, p.row) for p in items(document)[1] if isinstance(p, Problem)]


def said(**more):
    (movement,) = movements(page(booked(**more)))
    return dict(movement.fields)


@pytest.mark.parametrize(
    ("indicator", "amount"), [("Credit", 10), ("CREDIT", 10), ("Debit", -10), ("DBIT", -10)]
)
def test_an_amount_has_the_sign_of_its_indicator(indicator, amount):
    assert said(indicator=indicator)["sd:amount"] == Decimal(amount)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-31T23:30:00+00:00", date(2026, 1, 31)),
        ("2026-06-30T23:00:00Z", date(2026, 7, 1)),
        ("2026-07-01T00:00:00+01:00", date(2026, 7, 1)),
        ("2026-07-01T00:00:00", date(2026, 7, 1)),
    ],
)
def test_the_day_of_a_booking_is_that_of_london(moment, day):
    (movement,) = movements(page(booked(BookingDateTime=moment)))
    assert movement.on == day


@pytest.mark.parametrize(
    ("ids", "key"),
    [
        ({"TransactionId": "t"}, Key(stable="t")),
        ({"TransactionId": "t", "TransactionMutability": "Immutable"}, Key(stable="t")),
        (
            {"TransactionId": "t", "TransactionMutability": "Mutable"},
            Key(natural=("2026-04-05", "10", "Coffee")),
        ),
        ({}, Key(natural=("2026-04-05", "10", "Coffee"))),
    ],
)
def test_an_id_that_may_change_is_no_key(ids, key):
    (movement,) = movements(page(booked(TransactionInformation="Coffee", **ids)))
    assert movement.key == key


@pytest.mark.parametrize("status", ["Pending", "PDNG", "Rejected", "RJCT", "INFO"])
def test_what_is_not_booked_is_told_and_is_no_movement(status):
    document = page(booked(Status="BOOK"), booked(Status=status))
    assert len(movements(document)) == 1
    assert remarks(document) == [("/Data/Transaction/1", False)]


def test_a_status_that_is_not_known_loses_the_row_with_a_word():
    assert remarks(page(booked(Status="Perhaps"))) == [("/Data/Transaction/0", True)]


@pytest.mark.parametrize(
    ("codes", "nature"),
    [
        ({"Code": "ReceivedCreditTransfer", "SubCode": "DomesticCreditTransfer"}, "transfer"),
        ({"Code": "IssuedDirectDebits", "SubCode": "SEPACoreDirectDebit"}, "debit"),
        ({"Code": "CustomerCardTransactions", "SubCode": "CashWithdrawal"}, "card"),
        ({"Code": "ICDT", "SubCode": "ESCT"}, "transfer"),
        ({"Code": "Other", "SubCode": "Other"}, None),
    ],
)
def test_codes_in_words_and_those_of_iso_20022_say_how_it_was_paid(codes, nature):
    assert said(BankTransactionCode=codes).get("sd:nature") == (Code(nature) if nature else None)


def test_numbers_of_cards_and_accounts_of_others_are_not_kept():
    _, found = items(
        page(
            booked(
                CardInstrument={"Identification": "4970101234567890"},
                DebtorAccount={"Identification": "10203012345678", "Name": "Aubrey"},
            )
        )
    )
    assert not any(number in repr(found) for number in ("4970101234567890", "10203012345678"))
    assert "Aubrey" in repr(found)


def test_of_the_numbers_of_an_account_the_iban_alone_is_kept_and_masked():
    account = {
        "AccountId": "a",
        "Currency": "GBP",
        "Account": [
            {"SchemeName": "UK.OBIE.SortCodeAccountNumber", "Identification": "80200110203345"},
            {"SchemeName": "UK.OBIE.IBAN", "Identification": "GB29NWBK60161331926819"},
        ],
    }
    _, (record,) = items({"Data": {"Account": [account]}})
    assert record.fields == (("sd:iban", "GB29****6819"), ("sd:currency", "GBP"))


def test_several_accounts_of_a_page_each_have_their_movements():
    found = movements(page(booked(), booked(AccountId="31820")))
    assert [movement.account.natural for movement in found] == [("22289",), ("31820",)]


def test_balances_beside_movements_are_held_to_them():
    def left(amount):
        return {"Amount": {"Amount": amount}, "CreditDebitIndicator": "Credit"}

    for second, holds in (("15.00", True), ("14.00", False)):
        document = page(
            booked("10.00", Balance=left("10.00")), booked("5.00", Balance=left(second))
        )
        importer, found = items(document)
        assert [check.ok for check in importer.reconcile(found)] == [holds]


def test_a_next_page_and_other_data_are_told():
    document = page(booked(), Links={"Next": "/2"})
    document["Data"]["StandingOrder"] = [{"AccountId": "22289"}]
    assert remarks(document) == [("/Data/StandingOrder", True), ("/Links", False)]
