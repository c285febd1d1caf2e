"""A DPoP proof (RFC 9449 §4.3), checked against the request it came with.

This stands in the way of every authenticated request, so nothing is done twice: a client sends
the same header with each proof, and the key in it is read once and kept by that header's text.
"""

import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlsplit

from cryptography.exceptions import InvalidSignature

from pod.jws import decode
from pod.oidc.jws import PublicKey, Unsound, public_key
from pod.problems import Unauthenticated

# RFC 9449 §11.1: "the server MUST limit the acceptance of DPoP proofs"; seconds around our clock.
OLDEST = 300
NEWEST = 60

# RFC 3986 §3.3: what stands in a path segment beside unreserved characters and escapes.
_KEPT = "!$&'()*+,;=:@"
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a proof must have been made for: the request's method and address as the client sees
    them, and the SHA-256 of the access token in base64url, None where no token is sent yet.
    """

    method: str
    url: str
    token_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that holds: the thumbprint of its key, its identifier, good for one use, and when it
    says that it was made, in seconds since 1970-01-01 UTC.
    """

    jkt: str
    jti: str
    issued: float


class ProofKeys:
    """The keys of proofs by the text of their header, the least recently used dropped first."""

    def __init__(self, limit: int = 4096) -> None:
        self._limit = limit
        self._keys: OrderedDict[str, PublicKey] = OrderedDict()

    def of(self, header: str) -> PublicKey:
        """The key of a proof's first segment; raises ValueError when it is not sound."""
        key = self._keys.get(header)
        if key is None:
            key = self._keys[header] = _read_header(header)
            if len(self._keys) > self._limit:
                self._keys.popitem(last=False)
        else:
            self._keys.move_to_end(header)
        return key


def check_proof(proof: str, purpose: Purpose, now: datetime, keys: ProofKeys) -> Proof:
    """The proof, when every check of RFC 9449 §4.3 but the one use holds; `now` is in UTC.

    Whether it was used before is asked once all else is known to hold: `pod.oidc.replay`.
    Raises Unauthenticated.
    """
    signed, _, signature = proof.rpartition(".")
    header, _, payload = signed.partition(".")
    try:
        key = keys.of(header)
        key.verify(decode(signature), signed.encode("ascii"))
        claims = json.loads(str(decode(payload), "utf-8"))
        jti, issued = _checked(claims, purpose, now.timestamp())
    except InvalidSignature as error:
        raise _refusal("its signature does not fit its key") from error
    except Unsound as error:
        raise _refusal(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise _refusal("it cannot be read") from error
    return Proof(key.kid, jti, issued)


def _refusal(flaw: str) -> Unauthenticated:
    return Unauthenticated(f"send a valid DPoP proof: {flaw}", "invalid_dpop_proof")


def _read_header(segment: str) -> PublicKey:
    header = json.loads(decode(segment))
    # RFC 9449 §4.3 (4): "The typ JOSE Header Parameter has the value dpop+jwt."
    if not isinstance(header, dict) or header.get("typ") != "dpop+jwt":
        raise Unsound("its `typ` must be `dpop+jwt`")
    jwk, algorithm = header.get("jwk"), header.get("alg")
    if not isinstance(jwk, dict) or not isinstance(algorithm, str):
        raise Unsound("its header must have `alg` and `jwk`")
    # RFC 7515 §4.1.11: what is critical and not understood makes the whole invalid.
    if "crit" in header:
        raise Unsound("its header must not have `crit`")
    return public_key(jwk, algorithm)


def _checked(claims: Any, purpose: Purpose, now: float) -> tuple[str, float]:
    if not isinstance(claims, dict):
        raise Unsound("its payload must be a JSON object")
    # RFC 9449 §4.3 (8): "The htm claim matches the HTTP method of the current request."
    if claims.get("htm") != purpose.method:
        raise Unsound("its `htm` must be the method of the request")
    if not _same_address(claims.get("htu"), purpose.url):
        raise Unsound("its `htu` must be the address of the request")
    issued = claims.get("iat")
    if not isinstance(issued, int | float) or not now - OLDEST <= issued <= now + NEWEST:
        raise Unsound("its `iat` must be the time now, in seconds")
    # RFC 9449 §4.3 (12) wants `ath` beside every token; the most used client sends none.
    wanted = purpose.token_hash
    if wanted is not None and claims.get("ath", wanted) != wanted:
        raise Unsound("its `ath` must be the hash of the access token")
    jti = claims.get("jti")
    if not isinstance(jti, str) or not jti:
        raise Unsound("its `jti` must be a text")
    return jti, issued


def _same_address(claimed: object, url: str) -> bool:
    # RFC 9449 §4.3 (9): "ignoring any query and fragment parts"
    plain = url.partition("?")[0]
    return claimed == plain or (isinstance(claimed, str) and _normal(claimed) == _normal(plain))


def _normal(url: str) -> tuple[str, str, int | None, str]:
    # RFC 9449 §4.3: "SHOULD employ syntax-based normalization (Section 6.2.2 of RFC 3986)"
    parts = urlsplit(url)
    path = "/".join(quote(unquote_to_bytes(text), safe=_KEPT) for text in parts.path.split("/"))
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    return parts.scheme, parts.hostname or "", port, path or "/"
