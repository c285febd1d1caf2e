"""The issuer's keys: made from random bytes, kept as text, published without their secret."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from jwcrypto.jwk import JWK

from pod.oidc.keys import (
    LEAD,
    PERIOD,
    RANDOM_BYTES,
    TRAIL,
    KeyRing,
    jwks,
    new_rsa_key,
    new_signing_key,
    read_signing_key,
    write_signing_key,
)

MADE = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_same_random_bytes_make_the_same_key(issuer_key):
    assert new_signing_key(bytes(range(RANDOM_BYTES)), MADE).kid == issuer_key.kid
    assert new_signing_key(bytes(RANDOM_BYTES), MADE).kid != issuer_key.kid


@pytest.mark.parametrize("count", [0, RANDOM_BYTES - 1, RANDOM_BYTES + 1])
def test_a_key_is_never_made_from_less_than_it_needs(count):
    with pytest.raises(ValueError, match="random bytes"):
        new_signing_key(bytes(count), MADE)


@pytest.mark.parametrize("random", [bytes(RANDOM_BYTES), b"\xff" * RANDOM_BYTES])
def test_the_ends_of_the_range_are_keys_too(random):
    assert read_signing_key(write_signing_key(new_signing_key(random, MADE)), MADE).kid


@pytest.mark.spec("FIPS 186-5 §A.2.1")
def test_the_range_is_that_of_the_curve():
    # FIPS 186-5: the order of P-256; a key is a number from 1 to one less.
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    first, last, again = (
        new_signing_key(number.to_bytes(RANDOM_BYTES, "big"), MADE).kid
        for number in (0, order - 2, order - 1)
    )
    assert first == again
    assert first != last


def test_a_key_comes_back_from_its_text(issuer_key):
    again = read_signing_key(write_signing_key(issuer_key), MADE)
    assert again.kid == issuer_key.kid
    assert write_signing_key(again) == write_signing_key(issuer_key)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="no JSON"),
        pytest.param("{}", id="no key"),
        pytest.param(JWK.generate(kty="EC", crv="P-384").export_private(), id="another curve"),
        pytest.param(JWK.generate(kty="EC", crv="P-256").export_public(), id="public"),
        pytest.param(JWK.generate(kty="oct", size=256).export(), id="symmetric"),
    ],
)
def test_what_is_no_signing_key_is_refused(text):
    with pytest.raises(ValueError, match="signing key"):
        read_signing_key(text, MADE)


@pytest.mark.spec("RFC7517 §5")
def test_the_published_set_holds_every_key_and_no_secret(issuer_key):
    older = new_signing_key(bytes(RANDOM_BYTES), MADE)
    published = jwks([issuer_key, older])["keys"]
    assert [key["kid"] for key in published] == [issuer_key.kid, older.kid]
    for key in published:
        assert set(key) == {"kty", "crv", "x", "y", "kid", "alg", "use"}
        assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("EC", "P-256", "ES256", "sig")
        assert JWK(**key).thumbprint() == key["kid"]


def test_a_key_shows_nothing_of_its_secret(issuer_key):
    secret = json.loads(write_signing_key(issuer_key))["d"]
    assert secret not in repr(issuer_key)


RSA = new_rsa_key(MADE)


@pytest.mark.spec("Practice OP-16")
def test_an_rsa_key_is_kept_and_published_like_any_other():
    again = read_signing_key(write_signing_key(RSA), MADE)
    assert (again.kid, again.algorithm) == (RSA.kid, "RS256")
    (published,) = jwks([RSA])["keys"]
    assert set(published) == {"kty", "n", "e", "kid", "alg", "use"}
    assert published["alg"] == "RS256"


def key(number, days):
    return new_signing_key(bytes([number]) * RANDOM_BYTES, MADE + timedelta(days=days))


FIRST, SECOND = key(1, 0), key(2, 90)
MOMENT = timedelta(seconds=1)


@pytest.mark.spec("Practice OP-16")
@pytest.mark.parametrize(
    ("since", "signs", "published", "is_due"),
    [
        (timedelta(0), FIRST, {FIRST, SECOND}, False),
        (SECOND.created - MADE, FIRST, {FIRST, SECOND}, False),
        (SECOND.created - MADE + LEAD - MOMENT, FIRST, {FIRST, SECOND}, False),
        (SECOND.created - MADE + LEAD, SECOND, {FIRST, SECOND}, False),
        (SECOND.created - MADE + LEAD + TRAIL - MOMENT, SECOND, {FIRST, SECOND}, False),
        (SECOND.created - MADE + LEAD + TRAIL, SECOND, {SECOND}, False),
        (SECOND.created - MADE + PERIOD - MOMENT, SECOND, {SECOND}, False),
        (SECOND.created - MADE + PERIOD, SECOND, {SECOND}, True),
    ],
    ids=[
        "first alone",
        "second made",
        "second not yet ready",
        "second signs",
        "first still published",
        "first over",
        "second still young",
        "third due",
    ],
)
def test_a_key_is_published_before_it_signs_and_after(since, signs, published, is_due):
    ring, now = KeyRing([FIRST, SECOND]), MADE + since
    assert ring.signer("ES256", now) == signs
    assert set(ring.published(now)) == published
    assert ring.is_due("ES256", now) == is_due


def test_the_first_key_signs_at_once():
    ring = KeyRing([])
    assert (ring.signer("ES256", MADE), ring.is_due("ES256", MADE)) == (None, True)
    ring.add(FIRST)
    assert (ring.signer("ES256", MADE), ring.is_due("ES256", MADE)) == (FIRST, False)


def test_a_key_for_one_algorithm_never_signs_by_another():
    ring = KeyRing([FIRST, RSA])
    assert ring.signer("RS256", MADE) == RSA
    assert ring.signer("ES256", MADE) == FIRST
    later = MADE + PERIOD * 3
    assert set(ring.published(later)) == {FIRST, RSA}
