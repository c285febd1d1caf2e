from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.bank.identity import iban_of, other_names
from importers.contract import Key

FRENCH = "FR7630006000011234567890189"
GERMAN = "DE89370400440532013000"


def key(*parts):
    return Key(natural=parts)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param((FRENCH,), FRENCH, id="IBAN"),
        pytest.param(("FR76 3000 6000 0112 3456 7890 189",), FRENCH, id="IBAN in fours"),
        pytest.param((f"{FRENCH}EUR",), FRENCH, id="IBAN and currency"),
        pytest.param((f"AGRIFRPP/{FRENCH}",), FRENCH, id="BIC and IBAN"),
        pytest.param(("30006000011234567890189",), FRENCH, id="RIB"),
        pytest.param(("30006", "00001", "12345678901"), FRENCH, id="bank, branch, number"),
        pytest.param(("30006", "00001", FRENCH), FRENCH, id="bank, branch, IBAN"),
        pytest.param(("20041", "01005", "0500013M026"), "FR1420041010050500013M02606", id="letter"),
        pytest.param((GERMAN,), GERMAN, id="German IBAN"),
        pytest.param(("37040044/532013000",), GERMAN, id="Bankleitzahl and number"),
        pytest.param(("37040044", "", "0532013000"), GERMAN, id="German bank and number"),
        pytest.param(("30006000011234567890188",), None, id="RIB of a wrong key"),
        pytest.param(("FR7530006000011234567890189",), None, id="IBAN of wrong check digits"),
        pytest.param(("FR76****0189",), None, id="masked"),
        pytest.param(("12345678901",), None, id="a number alone"),
        pytest.param(("GB82WEST12345698765432",), None, id="another country"),
        pytest.param(("main",), None, id="a name"),
        pytest.param((), None, id="nothing"),
    ],
)
def test_what_a_key_says_surely(parts, expected):
    assert iban_of(key(*parts)) == expected


@given(
    bank=st.from_regex(r"\A[0-9]{5}\Z"),
    branch=st.from_regex(r"\A[0-9]{5}\Z"),
    number=st.from_regex(r"\A[0-9A-Z]{11}\Z"),
)
def test_each_name_of_an_account_leads_to_all_others(bank, branch, number):
    account = key(bank, branch, number)
    names = {account, *other_names(account)}
    assert len(names) >= 6
    assert all({name, *other_names(name)} == names for name in names)
    assert {iban_of(name) for name in names} == {iban_of(account)}


@given(blz=st.from_regex(r"\A[1-9][0-9]{7}\Z"), number=st.from_regex(r"\A[1-9][0-9]{0,9}\Z"))
def test_each_name_of_a_german_account_too(blz, number):
    names = {key(f"{blz}/{number}"), *other_names(key(f"{blz}/{number}"))}
    assert all(names >= set(other_names(name)) for name in names)
    assert len({iban_of(name) for name in names}) == 1


def test_two_branches_with_one_number_are_two_accounts():
    found = [other_names(key("30006", branch, "12345678901")) for branch in ("00001", "00002")]
    assert not set(found[0]) & set(found[1])


def test_what_is_not_sure_has_no_other_name():
    assert other_names(key("12345678901")) == ()
    assert all(one != other for one, other in pairwise(other_names(key(FRENCH))))
