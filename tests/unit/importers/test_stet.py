import io
import json
from datetime import date
from decimal import Decimal

import pytest

from importers import identify
from importers.contract import Code, Key, Options, Problem, Record

IBAN = "FR7612345000010123456789012"
OF_ANOTHER = "FR7699999888887777766666555"


def booked(amount="12.25", indicator="CRDT", **more):
    return {
        "transactionAmount": {"currency": "EUR", "amount": amount},
        "creditDebitIndicator": indicator,
        "status": "BOOK",
        "bookingDate": "2026-02-12",
    } | more


def items(document):
    content = json.dumps(document).encode()
    ((importer, _),) = identify("page.json", content)
    assert importer.format == "stet-psd2"
    return list(importer.parse(io.BytesIO(content), Options(values={"account": IBAN})))


def movements(*transactions):
    found = items({"transactions": transactions})
    return [item for item in found if isinstance(item, Record) and item.counted]


def remarks(document):
    return [(p.locator, p.row) for p in items(document) if isinstance(p, Problem)]


@pytest.mark.parametrize(("indicator", "amount"), [("CRDT", "12.25"), ("DBIT", "-12.25")])
def test_an_amount_has_the_sign_of_its_indicator(indicator, amount):
    (movement,) = movements(booked(indicator=indicator))
    assert dict(movement.fields)["sd:amount"] == Decimal(amount)


@pytest.mark.parametrize(
    "remittance",
    [["SEPA CREDIT", "PAYMENT-21"], {"unstructured": ["SEPA CREDIT", "PAYMENT-21"]}],
)
def test_the_words_of_a_payment_are_read_in_both_shapes(remittance):
    (movement,) = movements(booked(remittanceInformation=remittance))
    assert dict(movement.fields)["sd:sourceLabel"] == "SEPA CREDIT PAYMENT-21"
    assert movement.key == Key(natural=("2026-02-12", "12.25", "SEPA CREDIT PAYMENT-21"))


def test_a_movement_is_known_by_its_reference_and_says_who_how_and_what_for():
    (movement,) = movements(
        booked(
            entryReference="AF5T2",
            remittanceInformation={"unstructured": [], "structured": ["RF18"]},
            relatedParties={"debtor": {"name": "Zoé"}, "debtorAccount": {"iban": OF_ANOTHER}},
            bankTransactionCode={"domain": "PMNT", "family": "RCDT", "subFamily": "ESCT"},
        )
    )
    assert (movement.key, movement.on) == (Key(stable="AF5T2"), date(2026, 2, 12))
    assert movement.fields[3:] == (
        ("sd:currency", "EUR"),
        ("sd:sourceLabel", "RF18"),
        ("sd:nature", Code("transfer")),
        ("sd:counterpartyName", "Zoé"),
        ("sd:paymentReference", "RF18"),
    )
    assert OF_ANOTHER not in repr(movement)


@pytest.mark.parametrize(("status", "row"), [("PDNG", False), ("INFO", False), ("OTHR", True)])
def test_what_is_not_booked_is_told_and_is_no_movement(status, row):
    document = {"transactions": [booked(), booked(status=status)]}
    assert remarks(document) == [("/transactions/1", row)]


def test_accounts_have_their_balances_and_a_next_page_is_told():
    money = {"currency": "EUR", "amount": "123.70"}
    balances = [{"balanceAmount": money, "balanceType": "CLBD", "referenceDate": "2026-02-28"}]
    account = {"accountId": {"iban": IBAN}, "name": "Compte", "balances": balances}
    document = {"accounts": [account], "_links": {"next": {"href": "/2"}}}
    kinds = [(i.kind, i.counted) for i in items(document) if isinstance(i, Record)]
    assert kinds == [("BankAccount", False), ("Balance", False)]
    assert remarks(document) == [("/_links", False)]
