"""Proof Key for Code Exchange (RFC 7636), by SHA-256 alone."""

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest

# RFC 7636 §4.1: 43 to 128 unreserved characters; §4.2: a SHA-256 in base64url has 43.
_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}")
_CHALLENGE = re.compile(r"[A-Za-z0-9\-_]{43}")


def is_challenge(text: str) -> bool:
    return _CHALLENGE.fullmatch(text) is not None


def fits(verifier: str, challenge: str) -> bool:
    """Whether a verifier is the one that a challenge was made from."""
    if _VERIFIER.fullmatch(verifier) is None:
        return False
    digest = urlsafe_b64encode(sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode()
    return compare_digest(digest, challenge)
