"""A client with its key, as the tests of identity need one: it signs proofs, good and bad."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from jwcrypto.common import base64url_encode
from jwcrypto.jwa import JWA
from jwcrypto.jwk import JWK

from pod.oidc.keys import RANDOM_BYTES, new_signing_key

KINDS: dict[str, dict[str, Any]] = {
    "ES256": {"kty": "EC", "crv": "P-256"},
    "ES384": {"kty": "EC", "crv": "P-384"},
    "RS256": {"kty": "RSA", "size": 2048},
    "PS256": {"kty": "RSA", "size": 2048},
    "EdDSA": {"kty": "OKP", "crv": "Ed25519"},
}


def sign(key: JWK, algorithm: str, header: object, payload: object) -> str:
    """A compact JWS of whatever is given: by hand, for a library refuses what an attacker sends."""
    parts = [part if isinstance(part, str) else json.dumps(part) for part in (header, payload)]
    signed = ".".join(base64url_encode(part) for part in parts)
    signature = JWA.signing_alg(algorithm).sign(key, signed.encode())
    return f"{signed}.{base64url_encode(signature)}"


def merged(good: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The good members, some replaced by others; None leaves a member out."""
    return {name: value for name, value in (good | other).items() if value is not None}


@dataclass(frozen=True)
class Client:
    """A client that holds a key. What is given to `proof` replaces the good parts of a proof."""

    key: JWK
    algorithm: str
    now: datetime
    url: str

    @property
    def jkt(self) -> str:
        return self.key.thumbprint()

    def proof(
        self, claims: dict[str, Any] | None = None, header: dict[str, Any] | None = None
    ) -> str:
        issued = int(self.now.timestamp())
        good = {"htm": "GET", "htu": self.url, "iat": issued, "jti": "proof-1"}
        public = json.loads(self.key.export_public())
        head = {"typ": "dpop+jwt", "alg": self.algorithm, "jwk": public}
        return sign(
            self.key, self.algorithm, merged(head, header or {}), merged(good, claims or {})
        )


@pytest.fixture(scope="session")
def now():
    return datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def url():
    return "https://pod.example/ana/notes/first"


@pytest.fixture(scope="session")
def clients(now, url):
    """One client for each algorithm."""
    return {name: Client(JWK.generate(**kind), name, now, url) for name, kind in KINDS.items()}


@pytest.fixture(scope="session")
def client(clients):
    return clients["ES256"]


@pytest.fixture(scope="session")
def issuer_key():
    return new_signing_key(bytes(range(RANDOM_BYTES)), datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="session")
def signed():
    """Signs anything at all: (key, algorithm, header, payload)."""
    return sign


@pytest.fixture(scope="session")
def changed():
    """Replaces members; None leaves one out."""
    return merged
