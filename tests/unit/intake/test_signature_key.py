"""The keys of holders: three kinds, each for its one algorithm."""

import json

import pytest
from cryptography.exceptions import InvalidSignature
from hypothesis import given
from hypothesis import strategies as st
from jwcrypto.jwk import JWK

from pod.intake.holder_key import private_key, public_key

KEYS = {
    "ed25519": JWK.generate(kty="OKP", crv="Ed25519"),
    "ecdsa-p256-sha256": JWK.generate(kty="EC", crv="P-256"),
    "rsa-pss-sha512": JWK.generate(kty="RSA", size=2048),
}


@pytest.mark.spec("RFC9421 §3.3")
@pytest.mark.parametrize("algorithm", KEYS)
def test_what_is_signed_is_verified_and_nothing_else(algorithm):
    private = private_key(json.loads(KEYS[algorithm].export_private()))
    public = public_key(json.loads(KEYS[algorithm].export_public()))
    assert private.algorithm == public.algorithm == algorithm
    signature = private.sign(b"an export")
    public.verify(signature, b"an export")
    changed = bytes([signature[0] ^ 1]) + signature[1:]
    for wrong, signed in (
        (signature, b"an exporT"),
        (changed, b"an export"),
        (signature[:-1], b"an export"),
        # The same two numbers, of which the second is written with an octet more.
        (signature[:32] + b"\0" + signature[32:], b"an export"),
        (b"", b"an export"),
    ):
        with pytest.raises(InvalidSignature):
            public.verify(wrong, signed)


def test_a_key_shows_nothing_of_itself():
    private = private_key(json.loads(KEYS["ed25519"].export_private()))
    assert repr(private) == "PrivateKey(algorithm='ed25519')"


@pytest.mark.parametrize(
    ("members", "says"),
    [
        pytest.param({}, "Ed25519", id="empty"),
        pytest.param({"kty": "oct", "k": "AAAA"}, "private", id="symmetric"),
        pytest.param({"kty": "EC", "crv": "P-384"}, "Ed25519", id="another curve"),
        pytest.param({"kty": ["EC"], "crv": "P-256"}, "Ed25519", id="kind as a list"),
        pytest.param({"kty": "EC", "crv": "P-256", "x": "AA"}, "JSON Web Key", id="half a key"),
        pytest.param(
            {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}, "JSON Web Key", id="off the curve"
        ),
        pytest.param({"kty": "OKP", "crv": "Ed25519", "x": 7}, "JSON Web Key", id="a number"),
        pytest.param({"kty": "RSA", "generate": "RSA", "size": 2048}, "JSON", id="a command"),
        pytest.param(
            json.loads(KEYS["ed25519"].export_public()) | {"use": "enc"}, "JSON", id="encryption"
        ),
        pytest.param(
            json.loads(JWK.generate(kty="RSA", size=1024).export_public()), "2048", id="small"
        ),
        pytest.param(json.loads(KEYS["ed25519"].export_private()), "private", id="private"),
    ],
)
def test_what_is_no_public_key_is_refused(members, says):
    with pytest.raises(ValueError, match=says):
        public_key(members)


def test_a_public_key_does_not_sign():
    with pytest.raises(ValueError, match="signatures"):
        private_key(json.loads(KEYS["ed25519"].export_public()))


_JSON = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text())


@given(
    st.dictionaries(
        st.sampled_from(["kty", "crv", "x", "y", "n", "e", "use", "key_ops", "kid", "generate"]),
        _JSON | st.sampled_from(["EC", "RSA", "OKP", "P-256", "Ed25519", "AQAB", "sig"]),
    )
)
def test_whatever_a_profile_publishes_is_read_or_refused_with_a_sentence(members):
    try:
        algorithm = public_key(members).algorithm
    except ValueError:
        return
    assert algorithm in KEYS
