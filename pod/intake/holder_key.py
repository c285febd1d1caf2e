"""The keys of holders, and the three algorithms of RFC 9421 §3.3 they sign with.

A key is bound to one algorithm by what it is, so nothing in a request can choose another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK

Verify = Callable[[bytes, bytes], None]
Sign = Callable[[bytes], bytes]

_RSA_BITS = range(2048, 8193)
# RFC 7517 §4 and RFC 7518 §6: what makes a key; the library would obey other names as commands.
_MEMBERS = ("kty", "use", "key_ops", "crv", "x", "y", "n", "e", "d", "p", "q", "dp", "dq", "qi")
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_PSS = padding.PSS(padding.MGF1(hashes.SHA512()), salt_length=64)
_ECDSA = ec.ECDSA(hashes.SHA256())
_COORDINATE = 32


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A holder's public key. `verify(signature, signed)` raises InvalidSignature."""

    algorithm: str
    verify: Verify = field(repr=False)


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A holder's private key, on the holder's own side."""

    algorithm: str
    sign: Sign = field(repr=False)


def public_key(members: Mapping[str, Any]) -> PublicKey:
    """The key of a public JWK. Raises ValueError, with a sentence for the holder."""
    if not _PRIVATE.isdisjoint(members):
        raise ValueError("the published key holds its private members: replace it at once")
    algorithm, verify_with, _ = _algorithm_of(members)
    return PublicKey(algorithm, verify_with(_read(members, "verify")))


def private_key(members: Mapping[str, Any]) -> PrivateKey:
    """The key of a private JWK. Raises ValueError, with a sentence for the holder."""
    algorithm, _, sign_with = _algorithm_of(members)
    return PrivateKey(algorithm, sign_with(_read(members, "sign")))


def _read(members: Mapping[str, Any], operation: str) -> Any:
    try:
        known = {name: members[name] for name in _MEMBERS if name in members}
        key = JWK(**known).get_op_key(operation)
    except (JWException, ValueError, TypeError, AttributeError) as error:
        raise ValueError("the key cannot be read as a JSON Web Key for signatures") from error
    if members["kty"] == "RSA" and key.key_size not in _RSA_BITS:
        raise ValueError("an RSA key must have 2048 to 8192 bits")
    return key


def _verify_ecdsa(key: ec.EllipticCurvePublicKey) -> Verify:
    def verify(signature: bytes, signed: bytes) -> None:
        # RFC 9421 §3.3.4: "R and S ... concatenated ... as 32-octet integers"
        if len(signature) != 2 * _COORDINATE:
            raise InvalidSignature
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        key.verify(encode_dss_signature(r, s), signed, _ECDSA)

    return verify


def _sign_ecdsa(key: ec.EllipticCurvePrivateKey) -> Sign:
    def sign(signed: bytes) -> bytes:
        pair = decode_dss_signature(key.sign(signed, _ECDSA))
        return b"".join(number.to_bytes(_COORDINATE, "big") for number in pair)

    return sign


def _verify_rsa(key: Any) -> Verify:
    return lambda signature, signed: key.verify(signature, signed, _PSS, hashes.SHA512())


def _sign_rsa(key: Any) -> Sign:
    return lambda signed: bytes(key.sign(signed, _PSS, hashes.SHA512()))


def _own_verify(key: Any) -> Verify:
    verify: Verify = key.verify
    return verify


def _own_sign(key: Any) -> Sign:
    sign: Sign = key.sign
    return sign


def _algorithm_of(
    members: Mapping[str, Any],
) -> tuple[str, Callable[[Any], Verify], Callable[[Any], Sign]]:
    for kind, curve, algorithm, verify_with, sign_with in ALGORITHMS:
        if (members.get("kty"), members.get("crv")) == (kind, curve):
            return algorithm, verify_with, sign_with
    raise ValueError("sign with a key on Ed25519 or P-256, or with an RSA key")


ALGORITHMS = (
    # RFC 9421 §3.3 and §6.2.2: key type, curve, and the algorithm that such a key signs with.
    ("OKP", "Ed25519", "ed25519", _own_verify, _own_sign),
    ("EC", "P-256", "ecdsa-p256-sha256", _verify_ecdsa, _sign_ecdsa),
    ("RSA", None, "rsa-pss-sha512", _verify_rsa, _sign_rsa),
)
