import json
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwcrypto.jwk import JWK

from importers.contract import Options
from importers.trust import trust_of

PRIVATE = ec.generate_private_key(ec.SECP256R1())
KEY = {**json.loads(JWK.from_pyca(PRIVATE).export_public()), "kid": "k-_1"}
SET = {"keys": [{"kty": "oct", "kid": "k-_1"}, "no key", KEY]}
DER = PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def trust(said):
    return trust_of(Options(values={"keys": said if isinstance(said, str) else json.dumps(said)}))


@pytest.mark.parametrize("said", [SET, {"k+/1==": b64encode(DER).decode()}])
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


@pytest.mark.parametrize("said", ["", "issuer.json", "[]", "{}", "[" * 100_000, {"keys": []}])
def test_a_list_without_a_key_is_told_of(said):
    found = trust(said)
    assert not found.keys
    (problem,) = found.problems
    assert "JWK Set" in problem.message
    assert not problem.row


def test_no_list_is_no_problem():
    assert trust_of(Options()).problems == ()
