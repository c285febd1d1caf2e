import json
from base64 import b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwcrypto.jwk import JWK

from importers.contract import Options
from importers.trust import trust_of
from tests.unit.importers.proving import multikey

PRIVATE = ec.generate_private_key(ec.SECP256R1())
KEY = {**json.loads(JWK.from_pyca(PRIVATE).export_public()), "kid": "k-_1"}
SET = {"keys": [{"kty": "oct", "kid": "k-_1"}, "no key", KEY]}
DER = PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


PEM = PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
DID = "did:web:a.example"


def trust(said):
    return trust_of(Options(values={"keys": said if isinstance(said, str) else json.dumps(said)}))


@pytest.mark.parametrize(
    "said",
    [
        SET,
        {"k+/1==": b64encode(DER).decode()},
        {"certificates": [{"kid": "k+/1==", "rawData": b64encode(DER).decode()}, {"kid": 1}]},
    ],
)
def test_a_key_is_found_by_its_identifier_whoever_signs(said):
    found = trust(said)
    assert len(found.of("k-_1", "https://a.example")) == len(found.of("k+/1=")) == 1
    assert found.of("k") == ()
    assert found.problems == ()


@pytest.mark.parametrize(
    "said",
    [
        {"https://a.example": SET},
        {
            "directory": "https://directory.example/",
            "issuerInfo": [{"issuer": {"iss": "https://a.example"}, **SET}, {"issuer": 1}],
        },
    ],
)
def test_a_key_of_an_issuer_is_of_no_other(said):
    found = trust(said)
    assert len(found.of("k-_1", "https://a.example")) == 1
    assert found.of("k-_1", "https://b.example") == ()
    assert found.of("k-_1") == ()


@pytest.mark.spec("Controlled Identifiers 1.0 §2.3.2")
@pytest.mark.parametrize(
    ("members", "count"),
    [
        ({}, 1),
        ({"assertionMethod": ["#k-_1"]}, 1),
        ({"assertionMethod": ["#other", {"id": "#other"}]}, 0),
        ({"assertionMethod": [{"id": f"{DID}#k-_1", "publicKeyJwk": KEY}]}, 2),
    ],
)
def test_the_keys_of_a_did_document_are_those_it_asserts_with(members, count):
    method = {"id": "#k-_1", "type": "JsonWebKey", "controller": DID, "publicKeyJwk": KEY}
    named = {"assertionMethod": ["#k-_1", *members.get("assertionMethod", [])]} if count > 1 else {}
    found = trust({"id": DID, "verificationMethod": [method]} | members | named)
    assert len(found.of(f"{DID}#k-_1", DID)) == count
    assert found.of(f"{DID}#k-_1", "did:web:b.example") == ()


def test_a_key_in_multikey_form_is_read():
    method = {"id": f"{DID}#1", "type": "Multikey", "publicKeyMultibase": multikey(PRIVATE)}
    (key,) = trust({"id": DID, "verificationMethod": [method]}).of(f"{DID}#1", DID)
    assert key.public == PRIVATE.public_key()


@pytest.mark.spec("EU DCC 1.3.0 §2.6.1")
def test_a_key_in_pem_has_the_identifier_that_health_passes_give_it():
    found = trust(f"a note before it\n{PEM}")
    kid = b64encode(sha256(DER).digest()[:8]).decode()
    assert len(found.of(kid)) == 1


def test_lists_that_are_trusted_for_all_stand_beside_the_option():
    options = Options(values={"keys": json.dumps(SET)}, trusted={"trust/a.pem": PEM, "trust/b": ""})
    found = trust_of(options)
    assert len(found.keys) == 2
    assert [problem.locator for problem in found.problems] == ["trust/b"]


def test_a_key_is_known_whatever_its_name_but_not_as_that_of_another():
    (key,) = trust(SET).of("k-_1")
    assert trust(PEM).has(key, "https://b.example")
    assert trust({"https://a.example": SET}).has(key, "https://a.example")
    assert not trust({"https://a.example": SET}).has(key, "https://b.example")
    assert not trust_of(Options()).has(key)


@pytest.mark.parametrize("said", ["", "issuer.json", "[]", "{}", "[" * 100_000, {"keys": []}])
def test_a_list_without_a_key_is_told_of(said):
    found = trust(said)
    assert not found.keys
    (problem,) = found.problems
    assert "JWK Set" in problem.message
    assert not problem.row


def test_no_list_is_no_problem():
    assert trust_of(Options()).problems == ()
