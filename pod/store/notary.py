"""Signatures under journals: who has the database of a pod, but not this key, can alter nothing.

The seal of a journal's end is made with each commit, so it is a MAC, which costs little.
The same keys sign what a person and an asker both keep: consent records, agreements to her terms.

A root is a compact JWS (RFC 7515) by Ed25519 (RFC 8037). Its header has the public key and the
thumbprint that names it; its payload the storage, the day, the number and the hash of the last line
of the day, and how many lines there are since the root before.
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pod.jws import Untrue, decode, encode, octets_of, verified, write
from pod.store.journal import Head

RANDOM_BYTES = 32
_PURPOSE = "head of a journal"
_TYPE = "journal-root+jws"


@dataclass(frozen=True, slots=True)
class JournalKey:
    """A key of this server; `kid` is its thumbprint (RFC 7638). `created` is in UTC."""

    kid: str
    created: datetime
    private: Ed25519PrivateKey = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """What is signed of a day: its last line, and how many there are since the root before.

    `day` is that of the last line, as in 2026-03-01.
    """

    storage: str
    day: str
    number: int
    hash: str
    count: int


class Notary:
    """Signs with the newest of its keys, and knows the signatures of all of them.

    May be used by several threads.
    """

    def __init__(self, keys: Iterable[JournalKey]) -> None:
        ordered = sorted(keys, key=lambda key: key.created)
        self._signer = ordered[-1]
        self._secrets = [_secret(key) for key in ordered]
        self._public = {key.kid: key.private.public_key() for key in ordered}
        self._checks = {kid: key.verify for kid, key in self._public.items()}

    def seal(self, storage: str, head: Head) -> bytes:
        """What shows, to who has the key, that a journal ends with this line."""
        return hmac.digest(self._secrets[-1], _sealed(storage, head), "sha256")

    def has_sealed(self, storage: str, head: Head, seal: bytes | None) -> bool:
        text = _sealed(storage, head)
        return seal is not None and any(
            hmac.compare_digest(seal, hmac.digest(secret, text, "sha256"))
            for secret in self._secrets
        )

    def sign(self, root: Root) -> str:
        """A root as a compact JWS."""
        return self.attest({name: getattr(root, name) for name in Root.__slots__}, _TYPE)

    def attest(self, said: Mapping[str, Any], kind: str) -> str:
        """A JSON object as a compact JWS of a type, which keeps one kind of them from another."""
        key = self._signer
        header = {"jwk": _jwk(key.private.public_key()), "kid": key.kid, "typ": kind}
        return write(header, said, key.private.sign)

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The public keys of all that was ever signed (RFC 7517)."""
        named = {"alg": "EdDSA", "use": "sig"}
        return {"keys": [_jwk(key) | {"kid": kid} | named for kid, key in self._public.items()]}

    def read(self, jws: str) -> Root | None:
        """What a JWS says; None where none of these keys has signed it."""
        try:
            return Root(**verified(jws, _TYPE, self._checks))
        except (Untrue, TypeError):
            return None


def new_journal_key(random: bytes, created: datetime) -> JournalKey:
    """The key that these random bytes are: `RANDOM_BYTES` of them, from the system's source."""
    return _key(Ed25519PrivateKey.from_private_bytes(random), created)


def write_journal_key(key: JournalKey) -> str:
    """The key as a private JWK in JSON: for a file that only the server can read."""
    public = _jwk(key.private.public_key())
    return octets_of({**public, "d": encode(key.private.private_bytes_raw())}).decode()


def read_journal_key(text: str, created: datetime) -> JournalKey:
    """The key that `write_journal_key` wrote. Raises ValueError when it is none."""
    try:
        private = Ed25519PrivateKey.from_private_bytes(decode(json.loads(text)["d"]))
    except (AttributeError, ValueError, KeyError, TypeError) as error:
        raise ValueError("this is no key of a journal: a private JSON Web Key, Ed25519") from error
    return _key(private, created)


def _key(private: Ed25519PrivateKey, created: datetime) -> JournalKey:
    return JournalKey(_thumbprint(_jwk(private.public_key())), created, private)


def _secret(key: JournalKey) -> bytes:
    """A secret of its own for seals, that tells nothing of the key."""
    return sha256(_PURPOSE.encode() + key.private.private_bytes_raw()).digest()


def _jwk(public: Ed25519PublicKey) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": encode(public.public_bytes_raw())}


def _thumbprint(jwk: dict[str, str]) -> str:
    # RFC 8037 §A.3: the members "crv", "kty" and "x", in this order.
    return encode(sha256(octets_of(jwk)).digest())


def _sealed(storage: str, head: Head) -> bytes:
    return octets_of([_PURPOSE, storage, head.seq, head.hash.hex()])
