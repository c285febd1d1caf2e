"""Identifiers that are a key themselves: did:key and did:jwk, and keys in Multikey form.

did:web and the like lead to a document on the network, which is not asked.
"""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from importers.signatures import PublicKey, VerifyingKey, base64url, key_of_jwk

_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LONGEST: Final = 2000
_NO_KEY: Final = "the identifier holds no key that is known here"


def key_of_did(did: str) -> VerifyingKey | None:
    """The key that a did:key or did:jwk is, with or without a fragment; None for any other IRI.

    https://w3c-ccg.github.io/did-key-spec/, https://github.com/quartzjer/did-jwk/blob/main/spec.md
    Raises ValueError for one of them that cannot be read.
    """
    name = did.partition("#")[0]
    if name.startswith("did:key:"):
        return key_of_multikey(name.removeprefix("did:key:"))
    if name.startswith("did:jwk:"):
        try:
            members = json.loads(base64url(name.removeprefix("did:jwk:")))
        except RecursionError:
            raise ValueError(_NO_KEY) from None
        if not isinstance(members, dict):
            raise ValueError(_NO_KEY)
        return key_of_jwk(members)
    return None


def key_of_multikey(text: str) -> VerifyingKey:
    """A public key in Multikey form (Controlled Identifiers §2.2.2), `z6Mk…`. Raises ValueError."""
    octets = base58(text)
    make = _CODECS.get(octets[:2])
    if make is None:
        raise ValueError(_NO_KEY)
    return VerifyingKey(make(octets[2:]))


def base58(text: str) -> bytes:
    """The octets of a multibase text in base58btc, which begins with `z`. Raises ValueError."""
    if not text.startswith("z") or len(text) > _LONGEST:
        raise ValueError(_NO_KEY)
    number, body = 0, text[1:]
    for character in body:
        place = _ALPHABET.find(character)
        if place < 0:
            raise ValueError(_NO_KEY)
        number = number * 58 + place
    zeros = len(body) - len(body.lstrip(_ALPHABET[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _point(curve: ec.EllipticCurve) -> Callable[[bytes], PublicKey]:
    return lambda octets: ec.EllipticCurvePublicKey.from_encoded_point(curve, octets)


# Multicodec, as an unsigned varint: ed25519-pub 0xed, p256-pub 0x1200, p384-pub 0x1201.
_CODECS: Final[Mapping[bytes, Callable[[bytes], PublicKey]]] = MappingProxyType(
    {
        b"\xed\x01": ed25519.Ed25519PublicKey.from_public_bytes,
        b"\x80\x24": _point(ec.SECP256R1()),
        b"\x81\x24": _point(ec.SECP384R1()),
    }
)
