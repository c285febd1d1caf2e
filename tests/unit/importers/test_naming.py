from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.contract import Key, Record, Ref
from importers.naming import Naming, pseudonyms
from importers.phone import PARTY_OF

calm = settings(deadline=None)  # the machine may be busy

POD = "https://camille.pod.example/"
IBAN = "FR76 1234 5678 9000 0000 0253 143"
DAY = date(2026, 3, 9)


def naming(secret=b"secret", domain="bank"):
    return Naming(
        storage=POD,
        holder="https://banque.example/#it",
        slug="banque",
        domain=domain,
        activity=f"{POD}imports/2026/i1.ttl#i",
        pseudonym=pseudonyms(secret),
    )


def record(kind="BankTransaction", key=Key(stable="R1"), account=Key(natural=("2531",)), on=DAY):  # noqa: B008 - frozen
    return Record(kind=kind, key=key, fields=(), locator="/0", on=on, account=account)


@pytest.mark.parametrize(
    ("kind", "account", "on", "path"),
    [
        ("BankTransaction", "2531", DAY, "data/bank/banque/2531/2026/2026-03.ttl"),
        ("BankAccount", None, None, "data/bank/banque/accounts.ttl"),
        ("CustomerFile", None, None, "data/relation/banque/file.ttl"),
        ("Contract", None, None, "data/bank/banque/contracts.ttl"),
        ("Invoice", None, DAY, "data/bank/banque/2026.ttl"),
        ("Series", "2531", None, "data/bank/banque/2531/series/R1.ttl"),
        ("Series", None, None, "data/bank/banque/series/R1.ttl"),
        ("PointsMovement", "2531", DAY, "data/retail/banque/2531/2026.ttl"),
    ],
)
def test_a_record_is_kept_where_its_kind_says(kind, account, on, path):
    key = Key(natural=(account,)) if account else None
    assert naming().document(record(kind=kind, account=key, on=on)) == path


def test_a_series_is_kept_under_its_name():
    load = record(kind="Series", key=Key(stable="load"), on=None)
    assert naming(domain="energy").iri(load) == (
        f"{POD}data/energy/banque/2531/series/load.ttl#id-load"
    )


@pytest.mark.parametrize(
    ("kind", "account", "on", "missing"),
    [
        ("BankTransaction", None, DAY, "account"),
        ("BankTransaction", Key(natural=("2531",)), None, "yyyy"),
        ("PointsMovement", None, DAY, "account"),
    ],
)
def test_what_a_place_needs_has_to_be_said(kind, account, on, missing):
    with pytest.raises(ValueError, match=f"needs its {missing}"):
        naming().document(record(kind=kind, account=account, on=on))


def test_a_record_without_a_key_has_no_iri():
    with pytest.raises(ValueError, match="has no key"):
        naming().iri(record(key=Key()))


def test_a_reference_leads_to_the_record_it_means():
    account = record(kind="BankAccount", key=Key(natural=(IBAN,)), account=None, on=None)
    assert naming().iri(Ref("BankAccount", account.key)) == naming().iri(account)


def test_a_reference_to_what_is_kept_by_date_leads_nowhere():
    with pytest.raises(ValueError, match="needs its"):
        naming().iri(Ref("BankTransaction", Key(stable="R1"), Key(natural=("2531",))))


@pytest.mark.parametrize(
    ("key", "rank", "name"),
    [
        (Key(stable="R1"), 0, "id-R1"),
        (Key(stable="R1"), 2, "id-R1~r2"),
        (Key(natural=("2026-03-09", "-3.2", "CAFÉ")), 0, "h-z3ixo6pdi6vyuzh4"),
    ],
)
def test_the_name_of_a_record_follows_from_its_key(key, rank, name):
    assert naming().iri(record(key=key), rank).partition("#")[2] == name


@calm
@given(
    st.tuples(st.text("ab", max_size=2), st.text("ab", max_size=2)),
    st.integers(0, 2),
    st.sampled_from([DAY, date(2026, 3, 10)]),
)
def test_different_rows_have_different_names(natural, rank, on):
    reference = naming().iri(record(key=Key(natural=("a", "b")), on=DAY), 0)
    same = (natural, rank, on) == (("a", "b"), 0, DAY)
    assert (naming().iri(record(key=Key(natural=natural), on=on), rank) == reference) == same


@pytest.mark.parametrize(
    ("key", "hidden"),
    [
        pytest.param(Key(natural=(IBAN,)), "12345678900000000253", id="an IBAN"),
        pytest.param(
            Key(natural=("12345", "00001", "01234567890")), "01234567890", id="an account"
        ),
        pytest.param(Key(stable="4970101234567890"), "49701012", id="a card"),
        pytest.param(Key(natural=("+33612345678",)), "612345678", id="a telephone line"),
        pytest.param(Key(stable="09876543210987"), "09876543210987", id="a meter"),
        pytest.param(Key(natural=("NL26VAYB8060476890",)), "VAYB", id="an IBAN of another country"),
    ],
)
def test_no_number_of_a_person_stands_in_an_iri(key, hidden):
    segment = naming().segment(key)
    assert hidden not in segment
    assert segment[:4] == "".join(key.natural or (key.stable,)).replace(" ", "")[-4:]
    assert segment != naming(b"another secret").segment(key), "the hash cannot be guessed"
    assert segment in naming().iri(record(account=key))


def test_a_short_name_of_an_account_stays():
    assert naming().segment(Key(natural=("cc-2531",))) == "cc-2531"
    assert naming().segment(Key(natural=("", "2531"))) == "2531"


def test_the_same_account_under_another_name_is_another_account():
    segments = {naming().segment(Key(natural=(bank, "1", "01234567890"))) for bank in "12"}
    assert len(segments) == 2


def test_a_party_is_named_by_a_pseudonym_of_its_pod():
    named = naming().without_number(f"{PARTY_OF}+33623456789")
    assert named.startswith("urn:sd:party:")
    assert "623456789" not in named
    assert named == naming().without_number(f"{PARTY_OF}+33623456789")
    assert named != naming(b"another secret").without_number(f"{PARTY_OF}+33623456789")


def test_a_party_in_a_key_cannot_be_guessed_from_the_iri():
    call = record(kind="Communication", key=Key(natural=(f"{PARTY_OF}+33623456789",)))
    assert naming(b"one").iri(call) != naming(b"another").iri(call)


def test_a_pseudonym_is_ten_octets_in_base32():
    # HMAC-SHA-256(b"secret", b"+33623456789")[:10], by openssl.
    assert pseudonyms(b"secret")("+33623456789") == "phy4om2kanuor76s"
