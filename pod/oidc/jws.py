"""The keys of JSON Web Signatures (RFC 7515), which are verified with `cryptography` itself.

A public key is bound here to the one algorithm it may be used with, so that no later step can be
talked into another. `jwcrypto` reads the key; it stands on no hot path.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK

from pod.jws import Check

# RFC 7518 §3.3: "A key of size 2048 bits or larger MUST be used"; above 4096 a check costs more
# than an asker should be able to make us spend, and so does an exponent beyond 32 bits.
_RSA_BITS = range(2048, 4097)
_RSA_EXPONENT_BITS = 32

# RFC 7518 §6: the members that only the owner of a key may know.
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


class Unsound(ValueError):
    """A key, proof or token that says what it may not; the message is for its sender."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key and its algorithm. `kid` is its thumbprint (RFC 7638) or what its owner says."""

    kid: str
    algorithm: str
    verify: Check = field(repr=False)


def public_key(members: Mapping[str, Any], algorithm: str) -> PublicKey:
    """The key of a JWK for an algorithm of `ALGORITHMS`; `kid` is its thumbprint.

    Raises Unsound when the JWK is not a public key that fits the algorithm.
    """
    if algorithm not in ALGORITHMS:
        raise Unsound(f"its `alg` must be one of {', '.join(ALGORITHMS)}")
    kind, curve, bind = ALGORITHMS[algorithm]
    if members.get("kty") != kind or members.get("crv") != curve:
        raise Unsound(f"its `alg` {algorithm} needs another kind of key")
    # RFC 9449 §4.3 (7): "The jwk JOSE Header Parameter does not contain a private key."
    if not _PRIVATE.isdisjoint(members):
        raise Unsound("its key must be public: leave out the private members")
    try:
        jwk = JWK(**{name: members[name] for name in _MEMBERS[kind] if name in members})
        key = jwk.get_op_key("verify")
    except (JWException, ValueError, TypeError) as error:
        raise Unsound("its key cannot be read as a JSON Web Key") from error
    return PublicKey(str(jwk.thumbprint()), algorithm, bind(key))


def _ecdsa(algorithm: hashes.HashAlgorithm, size: int) -> Callable[[Any], Check]:
    scheme = ec.ECDSA(algorithm)

    def bind(key: ec.EllipticCurvePublicKey) -> Check:
        def verify(signature: bytes, signed: bytes) -> None:
            # RFC 7518 §3.4: the signature is R and S side by side; OpenSSL wants them in DER.
            if len(signature) != 2 * size:
                raise InvalidSignature
            r, s = int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big")
            key.verify(encode_dss_signature(r, s), signed, scheme)

        return verify

    return bind


def _rsa(scheme: padding.AsymmetricPadding) -> Callable[[Any], Check]:
    algorithm = hashes.SHA256()

    def bind(key: Any) -> Check:
        exponent = key.public_numbers().e
        if key.key_size not in _RSA_BITS or exponent.bit_length() > _RSA_EXPONENT_BITS:
            raise Unsound("its RSA key must have 2048 to 4096 bits and a small exponent")
        return lambda signature, signed: key.verify(signature, signed, scheme, algorithm)

    return bind


def _eddsa(key: Any) -> Check:
    verify: Check = key.verify
    return verify


ALGORITHMS: Mapping[str, tuple[str, str | None, Callable[[Any], Check]]] = {
    # RFC 7518 §3.1 and RFC 8037 §3.1: algorithm, key type, curve. None of them is symmetric.
    "ES256": ("EC", "P-256", _ecdsa(hashes.SHA256(), 32)),
    "ES384": ("EC", "P-384", _ecdsa(hashes.SHA384(), 48)),
    "RS256": ("RSA", None, _rsa(padding.PKCS1v15())),
    "PS256": ("RSA", None, _rsa(padding.PSS(padding.MGF1(hashes.SHA256()), 32))),
    "EdDSA": ("OKP", "Ed25519", _eddsa),
}

# RFC 7638 §3.2: the members that make the key what it is; all others are ignored.
_MEMBERS = {"EC": ("kty", "crv", "x", "y"), "RSA": ("kty", "n", "e"), "OKP": ("kty", "crv", "x")}
