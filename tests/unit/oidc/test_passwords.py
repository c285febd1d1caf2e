"""Secrets at rest."""

import unicodedata

import pytest

from pod.oidc import passwords
from pod.oidc.passwords import (
    SALT_BYTES,
    hash_password,
    hash_secret,
    verify_password,
    verify_secret,
)

SALT = bytes(range(SALT_BYTES))
KEPT = hash_password("correct horse é", SALT)


def test_the_right_password_is_known_and_no_other():
    assert verify_password("correct horse é", KEPT)
    assert not verify_password("correct horse", KEPT)


def test_a_password_is_the_same_on_every_keyboard():
    assert verify_password(unicodedata.normalize("NFD", "correct horse é"), KEPT)


def test_guessing_is_made_dear():
    assert KEPT.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_same_password_looks_different_with_another_salt():
    assert hash_password("correct horse é", bytes(SALT_BYTES)) != KEPT


def test_an_unknown_account_costs_as_much_as_a_known_one():
    assert passwords._NOBODY.rsplit("$", 2)[0] == KEPT.rsplit("$", 2)[0]  # noqa: SLF001 -- its cost
    assert not verify_password("correct horse é", None)


@pytest.mark.parametrize("kept", ["", "plain", "$argon2id$v=19$m=19456,t=2,p=1$broken"])
def test_a_broken_hash_lets_nobody_in(kept):
    assert not verify_password("plain", kept)


def test_the_right_secret_is_known_and_no_other():
    kept = hash_secret("b2e0e4b34a3f4e1d")
    assert verify_secret("b2e0e4b34a3f4e1d", kept)
    assert not verify_secret("b2e0e4b34a3f4e1e", kept)
    assert not verify_secret("b2e0e4b34a3f4e1d", None)
    assert "b2e0" not in kept
