"""The keys that the issuer signs its tokens with, and the key set it publishes (RFC 7517).

The first key of a list signs; the others are those it took over from, kept until the last token
they signed has ended.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK

from pod.oidc.jws import PublicKey, public_key

SIGNING_ALGORITHM = "ES256"
RANDOM_BYTES = 40

# FIPS 186-5 §3.1: the order of P-256.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private ES256 key. `kid` is its thumbprint (RFC 7638), so it never names another key."""

    kid: str
    public: PublicKey
    private: JWK = field(repr=False)


def new_signing_key(random: bytes) -> SigningKey:
    """The key that these random bytes make: `RANDOM_BYTES` of them, from the system's source."""
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"a signing key is made from {RANDOM_BYTES} random bytes")
    # FIPS 186-5 §A.2.1: 64 bits more than the order has, so that the remainder has no bias.
    secret = int.from_bytes(random, "big") % (_ORDER - 1) + 1
    return _signing_key(JWK.from_pyca(ec.derive_private_key(secret, ec.SECP256R1())))


def read_signing_key(text: str) -> SigningKey:
    """The key that `write_signing_key` wrote. Raises ValueError when it is none."""
    try:
        jwk = JWK.from_json(text)
    except (JWException, ValueError) as error:
        raise ValueError("the signing key cannot be read as a JSON Web Key") from error
    if not jwk.has_private or jwk.get("crv") != "P-256":
        raise ValueError("the signing key must be a private key on P-256")
    return _signing_key(jwk)


def write_signing_key(key: SigningKey) -> str:
    """The key as a private JWK in JSON: for a file that only the server can read."""
    return str(key.private.export_private())


def jwks(keys: Iterable[SigningKey]) -> dict[str, list[dict[str, str]]]:
    """The key set that the issuer publishes: the public members and nothing else."""
    return {
        "keys": [
            json.loads(key.private.export_public())
            | {"kid": key.kid, "alg": SIGNING_ALGORITHM, "use": "sig"}
            for key in keys
        ]
    }


def _signing_key(jwk: JWK) -> SigningKey:
    public = public_key(json.loads(jwk.export_public()), SIGNING_ALGORITHM)
    return SigningKey(public.kid, public, jwk)
