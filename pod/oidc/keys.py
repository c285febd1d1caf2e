"""The keys that the issuer signs its tokens with, and the key set it publishes (RFC 7517).

A key is published before it signs, and after: whoever keeps the set for a while still finds it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK

from pod.oidc.jws import PublicKey, Unsound, public_key

SIGNING_ALGORITHM = "ES256"
SIGNING_ALGORITHMS = (SIGNING_ALGORITHM, "RS256")
RANDOM_BYTES = 40

PERIOD = timedelta(days=90)
"""How long a key signs until the next is made."""
LEAD = timedelta(hours=1)
"""How long the next key is published before it signs."""
TRAIL = timedelta(days=1)
"""How long a key is published after the next one signs: longer than any token is good for."""

# FIPS 186-5 §3.1: the order of P-256.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_RSA_BITS, _RSA_EXPONENT = 2048, 65537


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key for one algorithm, made at a time in UTC. `kid` is its thumbprint (RFC 7638),
    so it never names another key.
    """

    kid: str
    algorithm: str
    created: datetime
    public: PublicKey
    private: JWK = field(repr=False)


class KeyRing:
    """The keys of the issuer, of each algorithm the newest first."""

    def __init__(self, keys: Iterable[SigningKey]) -> None:
        self._keys: tuple[SigningKey, ...] = ()
        for key in keys:
            self.add(key)

    def add(self, key: SigningKey) -> None:
        self._keys = tuple(sorted((*self._keys, key), key=lambda one: one.created, reverse=True))

    def signer(self, algorithm: str, now: datetime) -> SigningKey | None:
        """The key that signs at a time; None where there is none for the algorithm."""
        keys = self._of(algorithm)
        ready = (key for key in keys if key.created + LEAD <= now)
        return next(ready, keys[-1] if keys else None)

    def is_due(self, algorithm: str, now: datetime) -> bool:
        """Whether the next key for an algorithm is to be made."""
        keys = self._of(algorithm)
        return not keys or keys[0].created + PERIOD <= now

    def published(self, now: datetime) -> tuple[SigningKey, ...]:
        """The keys that somebody may still need."""
        return tuple(key for key in self._keys if not self._is_over(key, now))

    def _of(self, algorithm: str) -> tuple[SigningKey, ...]:
        return tuple(key for key in self._keys if key.algorithm == algorithm)

    def _is_over(self, key: SigningKey, now: datetime) -> bool:
        newer = (one.created for one in self._of(key.algorithm) if one.created > key.created)
        successor = min(newer, default=None)
        return successor is not None and successor + LEAD + TRAIL <= now


def new_signing_key(random: bytes, created: datetime) -> SigningKey:
    """The ES256 key that these random bytes make: `RANDOM_BYTES` of them, from the system's source.

    Raises ValueError for another number of them.
    """
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"a signing key is made from {RANDOM_BYTES} random bytes")
    # FIPS 186-5 §A.2.1: 64 bits more than the order has, so that the remainder has no bias.
    secret = int.from_bytes(random, "big") % (_ORDER - 1) + 1
    return _signing_key(JWK.from_pyca(ec.derive_private_key(secret, ec.SECP256R1())), created)


def new_rsa_key(created: datetime) -> SigningKey:
    """A new RS256 key, for apps that know nothing better. Takes a while: do not wait on a loop."""
    return _signing_key(JWK.from_pyca(rsa.generate_private_key(_RSA_EXPONENT, _RSA_BITS)), created)


def read_signing_key(text: str, created: datetime) -> SigningKey:
    """The key that `write_signing_key` wrote. Raises ValueError when it is none."""
    try:
        jwk = JWK.from_json(text)
        if not jwk.has_private:
            raise Unsound("it is public")
        return _signing_key(jwk, created)
    except (JWException, ValueError, KeyError) as error:
        raise ValueError("this is no signing key: a private JSON Web Key, P-256 or RSA") from error


def write_signing_key(key: SigningKey) -> str:
    """The key as a private JWK in JSON: for a file that only the server can read."""
    return str(key.private.export_private())


def jwks(keys: Iterable[SigningKey]) -> dict[str, list[dict[str, str]]]:
    """The key set that the issuer publishes: the public members and nothing else."""
    return {
        "keys": [
            json.loads(key.private.export_public())
            | {"kid": key.kid, "alg": key.algorithm, "use": "sig"}
            for key in keys
        ]
    }


def _signing_key(jwk: JWK, created: datetime) -> SigningKey:
    algorithm = {"EC": "ES256", "RSA": "RS256"}[jwk["kty"]]
    public = public_key(json.loads(jwk.export_public()), algorithm)
    return SigningKey(public.kid, algorithm, created, public, jwk)
