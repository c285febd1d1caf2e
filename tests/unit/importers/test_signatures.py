import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwcrypto.jwk import JWK

from importers.signatures import base64url, holds, key_of_der, key_of_jwk

SIGNED = b"what was signed"
P256 = ec.generate_private_key(ec.SECP256R1())
P384 = ec.generate_private_key(ec.SECP384R1())
RSA = rsa.generate_private_key(65537, 2048)
ED25519 = ed25519.Ed25519PrivateKey.generate()
PSS = padding.PSS(padding.MGF1(hashes.SHA256()), salt_length=32)


def public(private):
    return key_of_jwk(json.loads(JWK.from_pyca(private).export_public()))


def raw(private, size, hashing):
    pair = decode_dss_signature(private.sign(SIGNED, ec.ECDSA(hashing)))
    return b"".join(number.to_bytes(size, "big") for number in pair)


SIGNATURES = {
    "ES256": (P256, raw(P256, 32, hashes.SHA256())),
    "ES384": (P384, raw(P384, 48, hashes.SHA384())),
    "PS256": (RSA, RSA.sign(SIGNED, PSS, hashes.SHA256())),
    "RS256": (RSA, RSA.sign(SIGNED, padding.PKCS1v15(), hashes.SHA256())),
    "EdDSA": (ED25519, ED25519.sign(SIGNED)),
}


@pytest.mark.parametrize("algorithm", SIGNATURES)
def test_a_signature_holds_for_its_key_its_bytes_and_its_algorithm_alone(algorithm):
    private, signature = SIGNATURES[algorithm]
    key = public(private)
    assert holds(key, algorithm, signature, SIGNED)
    assert not holds(key, algorithm, signature, SIGNED + b".")
    assert not holds(key, algorithm, bytes([signature[0] ^ 1]) + signature[1:], SIGNED)
    assert not any(
        holds(key, other, signature, SIGNED) for other in SIGNATURES if other != algorithm
    )
    others = (one for one, _ in SIGNATURES.values() if one is not private)
    assert not any(holds(public(other), algorithm, signature, SIGNED) for other in others)


@pytest.mark.spec("RFC 7518 §3.4")
def test_a_signature_in_der_does_not_hold():
    der = P256.sign(SIGNED, ec.ECDSA(hashes.SHA256()))
    assert not holds(public(P256), "ES256", der, SIGNED)


@pytest.mark.parametrize("algorithm", ["none", "", "HS256", "es256"])
def test_no_other_algorithm_ever_holds(algorithm):
    assert not holds(public(P256), algorithm, b"", SIGNED)


@pytest.mark.parametrize(
    ("name", "value"),
    [("kty", "oct"), ("crv", "P-257"), ("x", "AA"), ("y", 1), ("x", "!"), ("d", "AA")],
)
def test_what_is_no_public_key_is_refused(name, value):
    members = json.loads(JWK.from_pyca(P256).export_public())
    with pytest.raises(ValueError, match="key"):
        key_of_jwk({**members, name: value})


def test_a_short_rsa_key_is_refused():
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505 - that is what is tested
    with pytest.raises(ValueError, match="no public key"):
        public(weak)


def test_a_key_in_der_has_the_fingerprint_of_the_same_key_as_a_jwk():
    der = P256.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert key_of_der(der).fingerprint == public(P256).fingerprint
    with pytest.raises(ValueError, match="no public key"):
        key_of_der(der[:-1])


@pytest.mark.parametrize("text", ["A", "AA==", "AA+A", "AA/A", "A A", "é"])
@pytest.mark.spec("RFC 7515 §2")
def test_what_is_not_base64url_is_refused(text):
    with pytest.raises(ValueError, match="base64url"):
        base64url(text)


def test_base64url_is_read():
    assert base64url("_-8") == b"\xff\xef"
    assert base64url("") == b""
