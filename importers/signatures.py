"""Verifying the signatures of JOSE and COSE with keys that are at hand. Nothing is fetched."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)
from cryptography.x509 import InvalidVersion, load_der_x509_certificate

COSE_ES256: Final = "COSE ES256"
"""RFC 9053 §2.1: in COSE an algorithm says the hash alone, and any of the curves may be used."""

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey

# Of a length that no octets give (4n + 1) there is none.
_BASE64URL = re.compile(r"(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?", re.ASCII)
_RSA_BITS = range(2048, 8193)
_NO_KEY = "this is no public key that is known here"
_CURVES: Final[Mapping[str, ec.EllipticCurve]] = MappingProxyType(
    {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}
)


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """A public key that signatures are verified with."""

    public: PublicKey

    @property
    def fingerprint(self) -> str:
        """The SHA-256, in hex, of the key as SubjectPublicKeyInfo in DER (RFC 5280 §4.1)."""
        der = self.public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return sha256(der).hexdigest()


def key_of_jwk(members: Mapping[str, Any]) -> VerifyingKey:
    """The key of a public JWK (RFC 7517): EC, RSA or Ed25519. Raises ValueError."""
    if "d" in members:
        raise ValueError("this key holds its private half: it must not be used any more")
    try:
        return _checked(_JWK[members["kty"]](members))
    except (KeyError, TypeError, AttributeError, ValueError, UnsupportedAlgorithm) as error:
        raise ValueError(_NO_KEY) from error


def key_of_der(content: bytes) -> VerifyingKey:
    """The key of an X.509 certificate, or of a SubjectPublicKeyInfo, in DER. Raises ValueError."""
    try:
        try:
            return _checked(load_der_x509_certificate(content).public_key())
        except (ValueError, InvalidVersion):
            return _checked(load_der_public_key(content))
    except (TypeError, ValueError, UnsupportedAlgorithm) as error:
        raise ValueError(_NO_KEY) from error


def holds(key: VerifyingKey, algorithm: str, signature: bytes, signed: bytes) -> bool:
    """Whether a signature over these bytes is by this key. Any other algorithm never holds."""
    verify = _ALGORITHMS.get(algorithm)
    try:
        if verify is not None:
            verify(key.public, signature, signed)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return verify is not None


def base64url(text: str) -> bytes:
    """The octets of a base64url text without padding (RFC 7515 §2). Raises ValueError."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("this is not base64url")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _checked(public: object) -> VerifyingKey:
    if isinstance(public, rsa.RSAPublicKey) and public.key_size not in _RSA_BITS:
        raise ValueError(_NO_KEY)
    if not isinstance(public, PublicKey):
        raise ValueError(_NO_KEY)  # noqa: TRY004 - the list of keys is wrong, not the call
    return VerifyingKey(public)


def _number(text: str) -> int:
    return int.from_bytes(base64url(text), "big")


def _ec(members: Mapping[str, Any]) -> PublicKey:
    curve = _CURVES[members["crv"]]
    x, y = _number(members["x"]), _number(members["y"])
    return ec.EllipticCurvePublicNumbers(x, y, curve).public_key()


def _rsa(members: Mapping[str, Any]) -> PublicKey:
    return rsa.RSAPublicNumbers(_number(members["e"]), _number(members["n"])).public_key()


def _okp(members: Mapping[str, Any]) -> PublicKey:
    if members["crv"] != "Ed25519":
        raise ValueError(_NO_KEY)
    return ed25519.Ed25519PublicKey.from_public_bytes(base64url(members["x"]))


def _ecdsa(hashing: hashes.HashAlgorithm, *curves: str) -> Callable[[Any, bytes, bytes], None]:
    known = {_CURVES[curve].name for curve in curves}

    def verify(key: Any, signature: bytes, signed: bytes) -> None:
        if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name not in known:
            raise InvalidSignature
        # RFC 7518 §3.4: "The JWS Signature value MUST be a 64-octet sequence", R and S behind one
        # another; one in DER is refused.
        size = (key.curve.key_size + 7) // 8
        if len(signature) != 2 * size:
            raise InvalidSignature
        r, s = (int.from_bytes(half, "big") for half in (signature[:size], signature[size:]))
        key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashing))

    return verify


def _pss(key: Any, signature: bytes, signed: bytes) -> None:
    if not isinstance(key, rsa.RSAPublicKey):
        raise InvalidSignature
    # RFC 7518 §3.5: "The size of the salt value is the same size as the hash function output."
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), salt_length=32)
    key.verify(signature, signed, pss, hashes.SHA256())


def _pkcs1(key: Any, signature: bytes, signed: bytes) -> None:
    if not isinstance(key, rsa.RSAPublicKey):
        raise InvalidSignature
    key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())


def _eddsa(key: Any, signature: bytes, signed: bytes) -> None:
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise InvalidSignature
    key.verify(signature, signed)


_JWK: Final[Mapping[str, Callable[[Mapping[str, Any]], PublicKey]]] = MappingProxyType(
    {"EC": _ec, "RSA": _rsa, "OKP": _okp}
)
# By their names in the IANA registries, but for that of COSE. There is no "none", and none that a
# secret signs.
_ALGORITHMS: Final[Mapping[str, Callable[[Any, bytes, bytes], None]]] = MappingProxyType(
    {
        "ES256": _ecdsa(hashes.SHA256(), "P-256"),
        "ES384": _ecdsa(hashes.SHA384(), "P-384"),
        "ES512": _ecdsa(hashes.SHA512(), "P-521"),
        COSE_ES256: _ecdsa(hashes.SHA256(), *_CURVES),
        "PS256": _pss,
        "RS256": _pkcs1,
        "EdDSA": _eddsa,
    }
)
