import io
import json
from datetime import date
from decimal import Decimal

import pytest

from importers import identify
from importers.contract import Code, Key, Options, Problem, Record

IBAN = "FR7612345000010123456789012"
OF_ANOTHER = "FR7699999888887777766666555"


def page(*booked, **beside):
    return {"transactions": {"booked": list(booked), "pending": []}, **beside}


def booked(amount="-10.5000", **more):
    money = {"amount": amount, "currency": "EUR"}
    return {"bookingDate": "2026-03-03", "transactionAmount": money} | more


def items(document, **said):
    content = json.dumps(document).encode()
    ((importer, _),) = identify("page.json", content)
    return importer, list(importer.parse(io.BytesIO(content), Options(values=said)))


def movements(document, **said):
    return [i for i in items(document, **said)[1] if isinstance(i, Record) and i.counted]


def remarks(document, **said):
    return [(p.locator, p.row) for p in items(document, **said)[1] if isinstance(p, Problem)]


@pytest.mark.parametrize(
    ("ids", "key"),
    [
        ({"transactionId": "T"}, "T"),
        ({"transactionId": "T", "internalTransactionId": "i"}, "T"),
        ({"entryReference": "E", "internalTransactionId": "i"}, "E"),
        ({"transactionId": "NOTPROVIDED", "internalTransactionId": "i"}, "i"),
        ({}, None),
    ],
)
def test_a_movement_is_known_by_the_first_id_it_has(ids, key):
    (movement,) = movements(page(booked(**ids)), account=IBAN)
    assert movement.key.stable == key


def test_a_movement_without_an_id_is_known_by_what_it_says_however_the_amount_is_written():
    keys = {
        movement.key
        for amount in ("-10.5000", "-10.50", "-10.5")
        for movement in movements(
            page(booked(amount, remittanceInformationUnstructured="CB Café")), account=IBAN
        )
    }
    assert keys == {Key(natural=("2026-03-03", "-10.5", "CB Café"))}


def test_what_is_pending_is_told_once_and_is_no_movement():
    document = page(booked(), account={"iban": IBAN})
    document["transactions"]["pending"] = [booked("-20"), booked("-30")]
    assert len(movements(document)) == 1
    assert remarks(document) == [("/transactions/pending/0", False)]


@pytest.mark.parametrize(
    ("amount", "names", "known"),
    [
        ("-5", {"creditorName": "Shop", "debtorName": "Ana"}, "Shop"),
        ("5", {"creditorName": "Ana", "debtorName": "Shop"}, "Shop"),
        ("-5", {"debtorName": "Ana"}, None),
        ("5", {}, None),
    ],
)
def test_the_counterparty_is_who_stands_on_the_other_side(amount, names, known):
    (movement,) = movements(page(booked(amount, **names)), account=IBAN)
    assert dict(movement.fields).get("sd:counterpartyName") == known


def test_accounts_of_others_are_not_kept_and_the_own_one_is_masked():
    document = page(
        booked(creditorAccount={"iban": OF_ANOTHER}, debtorAccount={"iban": OF_ANOTHER}),
        account={"iban": IBAN},
    )
    _, found = items(document)
    assert not any(OF_ANOTHER in repr(item) for item in found)
    said = [value for item in found if isinstance(item, Record) for _, value in item.fields]
    assert IBAN not in said
    assert "FR76****9012" in said


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ({"remittanceInformationUnstructured": "One  line"}, "One line"),
        (
            {"remittanceInformationUnstructuredArray": ["CB****2222", "Food", "Food"]},
            "CB****2222 Food",
        ),
        ({"remittanceInformationStructured": "REF 1"}, "REF 1"),
        ({"additionalInformation": "Fee", "creditorName": "Bank"}, "Fee"),
        ({"creditorName": "Bank"}, "Bank"),
        ({"proprietaryBankTransactionCode": "CHG"}, "CHG"),
    ],
)
def test_the_label_is_the_first_thing_that_the_bank_says(words, label):
    (movement,) = movements(page(booked(**words)), account=IBAN)
    assert dict(movement.fields)["sd:sourceLabel"] == label


def test_references_codes_and_the_balance_after_a_movement_are_kept():
    (movement,) = movements(
        page(
            booked(
                endToEndId="E2E",
                remittanceInformationStructured={"reference": "RF18"},
                bankTransactionCode="PMNT-RDDT-ESDD",
                balanceAfterTransaction={"balanceAmount": {"amount": "1.00", "currency": "EUR"}},
            )
        ),
        account=IBAN,
    )
    said = list(movement.fields)
    assert [value for name, value in said if name == "sd:paymentReference"] == ["E2E", "RF18"]
    assert dict(said)["sd:nature"] == Code("debit")
    assert dict(said)["sd:balance"] == Decimal(1)


def test_the_date_of_booking_goes_before_that_of_value_which_holds_alone():
    both, one = booked(valueDate="2026-03-09"), booked(valueDate="2026-03-09")
    del one["bookingDate"]
    found = movements(page(both, one), account=IBAN)
    assert [movement.on for movement in found] == [date(2026, 3, 3), date(2026, 3, 9)]


def test_an_account_that_stands_behind_its_movements_is_theirs():
    (movement,) = movements(page(booked(), account={"iban": IBAN}), account="another")
    assert movement.account == Key(natural=(IBAN,))


@pytest.mark.parametrize(
    ("account", "key"),
    [({"iban": IBAN, "currency": "€"}, IBAN), ({"iban": {"a": 1}}, "main"), ("x", "main")],
)
def test_an_account_that_is_damaged_is_told_and_loses_no_movement(account, key):
    document = page(booked(), account=account)
    (movement,) = movements(document)
    assert movement.account == Key(natural=(key,))
    assert ("/account", False) in remarks(document)


def test_the_account_is_given_also_when_the_first_movement_cannot_be_read():
    _, found = items(page(booked("ten"), booked()), account=IBAN)
    assert [item.kind for item in found if isinstance(item, Record)] == [
        "BankAccount",
        "BankTransaction",
    ]


def test_without_an_account_there_is_one_remark():
    assert remarks(page(booked(), booked())) == [("/transactions/booked/0", False)]


@pytest.mark.parametrize(("day", "held"), [("2026-03-02", 1), ("2026-03-04", 0)])
def test_movements_are_held_to_balances_that_lie_around_them(day, held):
    def stated(kind, on, amount):
        money = {"amount": amount, "currency": "EUR"}
        return {"balanceType": kind, "referenceDate": on, "balanceAmount": money}

    balances = [
        stated("openingBooked", day, "100.00"),
        stated("closingBooked", "2026-03-31", "89.50"),
    ]
    importer, found = items(page(booked(), account={"iban": IBAN}, balances=balances))
    assert [check.ok for check in importer.reconcile(found)] == [True] * held


@pytest.mark.parametrize(("last", "holds"), [("83.00", True), ("85.00", False)])
def test_movements_without_a_balance_count_between_two_that_have_one(last, holds):
    def left(amount):
        return {"balanceAmount": {"amount": amount, "currency": "EUR"}}

    document = page(
        booked("-10", balanceAfterTransaction=left("90.00")),
        booked("-2"),
        booked("-5", balanceAfterTransaction=left(last)),
        booked("-1"),
        account={"iban": IBAN},
    )
    importer, found = items(document)
    assert [check.ok for check in importer.reconcile(found)] == [holds]


def test_a_next_page_and_what_is_unknown_are_told():
    document = page(booked(), account={"iban": IBAN}, _links={"next": {"href": "/2"}}, loans=[1])
    assert remarks(document) == [("/_links", False), ("/loans", True)]
