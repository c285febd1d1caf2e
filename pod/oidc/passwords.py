"""Secrets at rest: passwords of accounts, and the secrets of clients.

A password is chosen by a person and can be guessed, so guessing is made dear: argon2id with two
passes over 19 MiB (RFC 9106 §4, OWASP), about 30 ms each, never on the event loop. A client's
secret is 256 random bits that nobody can guess, so one SHA-256 is enough and costs nothing.
"""

from hashlib import sha256
from hmac import compare_digest
from typing import Final
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SALT_BYTES = 16
SECRET_BYTES = 32

HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# The hash of a password that nobody has, so that an unknown account takes as long as a known one.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$Cx+LYHsYMFLprhC2f6cPmQ$YArf3zPP282ZHicEW5A/WDJ0FhcMiyuiDP3o8llOyjk"
)


def hash_password(password: str, salt: bytes, hasher: PasswordHasher = HASHER) -> str:
    """The hash to keep, with its parameters and its salt (`SALT_BYTES` random bytes) in it."""
    return hasher.hash(_canonical(password), salt=salt)


def verify_password(password: str, kept: str | None) -> bool:
    """Whether the password is the one whose hash was kept. With None (no such account) the answer
    is no, and takes as long.
    """
    try:
        HASHER.verify(kept or _NOBODY, _canonical(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def hash_secret(secret: str) -> str:
    """The hash of a client's secret to keep, in hex."""
    return sha256(secret.encode()).hexdigest()


def verify_secret(secret: str, kept: str | None) -> bool:
    """Whether the secret is the one whose hash was kept; None where there is no such client."""
    return compare_digest(hash_secret(secret), kept or "")


def _canonical(password: str) -> bytes:
    # RFC 8265 §4.2.2 (4): the same letters typed on another keyboard are the same password.
    return normalize("NFC", password).encode(errors="surrogatepass")
