import pytest

from importers.contract import Code
from importers.labels import nature_of, said


@pytest.mark.parametrize(
    ("label", "nature"),
    [
        ("CB CAFE DE LA GARE PARIS 12 10/03", "card"),
        ("130722 CB****0000", "card"),
        ("Paiement carte", "card"),
        ("VIR SALAIRE", "transfer"),
        ("prlv sepa edf", "debit"),
        ("REMISE CHEQUES 2", "cheque"),
        ("Chèque 0001234", "cheque"),
        ("RETRAIT DAB LYON", "cash"),
        ("COTISATION CARTE", "fee"),
        ("INTÉRÊTS 2026", "interest"),
        ("CBD SHOP", None),
        ("", None),
    ],
)
def test_the_first_words_say_how_it_was_paid(label, nature):
    assert nature_of(label) == nature


def test_a_label_gives_the_creditor_and_the_mandate():
    label = "PRLV SEPA EDF CLIENTS PARTICULIERS ICS FR47EDF001007 RUM 6012345678001"
    assert said(label) == {
        "sd:nature": Code("debit"),
        "sd:creditorId": "FR47EDF001007",
        "sd:mandateId": "6012345678001",
    }


def test_a_label_that_says_nothing_gives_nothing():
    assert said("Polyprix") == {}
