"""Passkeys: made once, proven each time, for this server alone."""

import json
from dataclasses import replace

import pytest
from authenticator import PRESENT, Authenticator
from client import b64
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pod.account.passkeys import (
    Party,
    Passkey,
    challenge_in,
    created,
    creation_options,
    named,
    proven,
    request_options,
)
from pod.problems import Malformed

PARTY = Party("https://pod.example:8443/")
ONE, OTHER = b"1" * 32, b"2" * 32
OPTIONS = creation_options(PARTY, "account", "Ana", ONE, [])


@pytest.fixture
def device() -> Authenticator:
    return Authenticator(origin="https://pod.example:8443", party="pod.example")


@pytest.fixture
def kept(device: Authenticator) -> Passkey:
    return created(PARTY, device.create(OPTIONS), ONE)


def test_a_browser_is_asked_for_a_key_that_knows_her():
    asked = json.loads(creation_options(PARTY, "account", "Ana", ONE, [b64(b"older")]))
    assert asked["rp"] == {"id": "pod.example", "name": "Self Data"}
    assert asked["challenge"] == b64(ONE)
    assert asked["excludeCredentials"] == [{"id": b64(b"older"), "type": "public-key"}]
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"


def test_a_browser_is_asked_for_a_proof():
    asked = json.loads(request_options(PARTY, ONE, [b64(b"mine")]))
    assert (asked["rpId"], asked["challenge"]) == ("pod.example", b64(ONE))
    assert asked["allowCredentials"] == [{"id": b64(b"mine"), "type": "public-key"}]
    assert asked["userVerification"] == "required"


@pytest.mark.spec("Web Authentication §7.2")
def test_a_passkey_proves_who_has_it(device, kept):
    answer = device.get(request_options(PARTY, OTHER))
    assert named(answer) == kept.credential
    assert challenge_in(answer) == OTHER
    assert proven(PARTY, answer, OTHER, kept) == 1


@pytest.mark.spec("Web Authentication §7.1")
@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://pod.example:8443"},
        {"party": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0},
    ],
    ids=str,
)
def test_a_passkey_of_elsewhere_is_not_taken(device, changed):
    with pytest.raises(Malformed):
        created(PARTY, replace(device, **changed).create(OPTIONS), ONE)


def test_a_passkey_made_for_another_question_is_not_taken(device):
    with pytest.raises(Malformed):
        created(PARTY, device.create(OPTIONS), OTHER)


@pytest.mark.spec("Web Authentication §7.2")
@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://evil.example"},
        {"party": "evil.example"},
        {"flags": PRESENT},
        {"key": Authenticator("", "").key},
    ],
    ids=["origin", "party", "nobody asked", "another key"],
)
def test_a_proof_that_does_not_fit(device, kept, changed):
    answer = replace(device, **changed).get(request_options(PARTY, OTHER))
    with pytest.raises(Malformed):
        proven(PARTY, answer, OTHER, kept)


def test_a_proof_is_for_one_question(device, kept):
    answer = device.get(request_options(PARTY, OTHER))
    with pytest.raises(Malformed):
        proven(PARTY, answer, ONE, kept)


@pytest.mark.spec("Web Authentication §7.2")
def test_a_copy_gives_itself_away(device, kept):
    answer = device.get(request_options(PARTY, OTHER))
    with pytest.raises(Malformed):
        proven(PARTY, answer, OTHER, replace(kept, signatures=5))


@pytest.mark.parametrize(
    "answer", ["", "[]", "{}", '{"response": {"clientDataJSON": "AA"}}', "[" * 9999]
)
def test_what_is_no_answer_is_refused(answer, kept):
    for read in (named, challenge_in):
        with pytest.raises(Malformed):
            read(answer)
    with pytest.raises(Malformed):
        created(PARTY, answer, ONE)
    with pytest.raises(Malformed):
        proven(PARTY, answer, ONE, kept)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 2000), byte=st.characters(max_codepoint=126))
def test_no_damaged_answer_is_taken_or_breaks_anything(at, byte, device, kept):
    """But for what no signature covers: the user handle, and what the browser says besides."""
    answer = Authenticator(device.origin, device.party, key=device.key).get(
        request_options(PARTY, OTHER)
    )
    damaged = answer[: at % len(answer)] + byte + answer[at % len(answer) + 1 :]
    try:
        assert proven(PARTY, damaged, OTHER, kept) == 1
    except Malformed:
        return
    response, good = json.loads(damaged)["response"], json.loads(answer)["response"]
    for signed in ("clientDataJSON", "authenticatorData"):
        assert response[signed][:-1] == good[signed][:-1]
