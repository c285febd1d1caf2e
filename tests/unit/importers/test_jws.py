"""JSON Web Signatures: their serializations, and the keys that they bring with them."""

import json
from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from importers.did import base58, key_of_did, key_of_multikey
from importers.jws import compact, of_json
from importers.signatures import holds

# RFC 8037 appendix A.
SECRET = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
KEY = Ed25519PrivateKey.from_private_bytes(SECRET)
RAW = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def encoded(value):
    octets = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


JWK = {"kty": "OKP", "crv": "Ed25519", "x": encoded(RAW)}


def signed(header, payload):
    protected = encoded({"alg": "EdDSA", **header})
    body = payload if header.get("b64") is False else encoded(payload.encode())
    return protected, body, encoded(KEY.sign(f"{protected}.{body}".encode()))


def is_good(jws):
    key = jws.own_key()
    return key is not None and holds(key, jws.algorithm, jws.signature, jws.signed)


@pytest.mark.spec("RFC 7515 §3.1")
def test_the_compact_serialization():
    jws = compact(".".join(signed({"jwk": JWK}, "héllo")))
    assert jws.payload == "héllo".encode()
    assert is_good(jws)


@pytest.mark.spec("RFC 7797 §3")
def test_an_unencoded_payload_is_signed_as_it_stands():
    protected, body, signature = signed({"jwk": JWK, "b64": False, "crit": ["b64"]}, '{"é": 1}')
    one = {"protected": protected, "signature": signature}
    document = {"payload": body, "signatures": [one]}
    assert is_good(of_json(document))
    assert is_good(of_json({"payload": body, **one}))
    assert not is_good(of_json(document | {"payload": body + " "}))


@pytest.mark.spec("RFC 7515 §4.1.11")
def test_what_is_critical_and_not_known_is_not_understood():
    crit = {"crit": ["exp"]}
    assert not compact(".".join(signed(crit, "x"))).is_understood
    assert compact(".".join(signed({"crit": ["sigT"]}, "x"))).is_understood


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c.d", "a.b.c", "e30.!.AA", "MQ.AA.AA"])
def test_what_is_no_signature_is_refused(text):
    with pytest.raises(ValueError, match="this is no"):
        compact(text)


def test_an_identifier_that_is_a_key():
    jwk = f"did:jwk:{encoded(JWK)}"
    multikey = "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw"
    for did in (jwk, f"{jwk}#0", f"did:key:{multikey}", f"did:key:{multikey}#{multikey}"):
        assert key_of_did(did).public == KEY.public_key()
    assert key_of_did("did:web:school.example") is None
    assert key_of_did("https://school.example/key") is None


@pytest.mark.parametrize("did", ["did:key:z0", "did:key:uAA", "did:jwk:e30", "did:jwk:MQ"])
def test_an_identifier_that_should_be_a_key_and_is_none(did):
    with pytest.raises(ValueError, match="key"):
        key_of_did(did)


def test_a_key_on_a_curve_of_nist():
    # https://w3c-ccg.github.io/did-key-spec/ §P-256
    assert key_of_multikey("zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv")


def test_base58_keeps_zeros_in_front():
    assert base58("z112") == b"\0\0\1"
