"""JSON Web Signatures in the compact form (RFC 7515 §3.1) that this server gives and checks itself.

All are by Ed25519 (RFC 8037). Their type, in the header, keeps one kind of document from another.
"""

import json
from base64 import urlsafe_b64encode
from binascii import a2b_base64
from collections.abc import Callable, Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidSignature

ALGORITHM: Final = "EdDSA"
_NONE = "this is nothing in the compact form of JWS"

Sign = Callable[[bytes], bytes]
Check = Callable[[bytes, bytes], None]
"""Takes a signature and what was signed; raises InvalidSignature where they do not fit."""


class Untrue(ValueError):
    """A document that is not as it was signed, or not by whom it should be."""


def encode(octets: bytes) -> str:
    """Base64url without padding (RFC 7515 §2)."""
    return urlsafe_b64encode(octets).decode().rstrip("=")


def decode(segment: str) -> bytes:
    """The bytes of a base64url segment without padding; raises ValueError."""
    padded = segment.replace("-", "+").replace("_", "/") + "=" * (-len(segment) % 4)
    return a2b_base64(padded, strict_mode=True)


def octets_of(value: Any) -> bytes:
    """JSON as it is signed, without blanks."""
    return json.dumps(value, separators=(",", ":")).encode()


def write(header: Mapping[str, Any], said: Mapping[str, Any], sign: Sign) -> str:
    """A JSON object, signed."""
    signed = f"{encode(octets_of({'alg': ALGORITHM, **header}))}.{encode(octets_of(said))}"
    return f"{signed}.{encode(sign(signed.encode()))}"


def payload_of(jws: str) -> Mapping[str, Any]:
    """What a JWS says, whoever signed it. Raises Untrue for what is none."""
    try:
        _, payload, _ = jws.split(".")
        said = json.loads(decode(payload))
    except (ValueError, RecursionError) as error:
        raise Untrue(_NONE) from error
    if not isinstance(said, dict):
        raise Untrue(_NONE)
    return said


def verified(jws: str, kind: str, keys: Mapping[str, Check]) -> Mapping[str, Any]:
    """What a JWS of a type says, signed by one of the keys, which are known by their ids.

    Raises Untrue where it was altered, or signed by somebody else, or is of another type.
    """
    said = payload_of(jws)
    signed, _, signature = jws.rpartition(".")
    try:
        header = json.loads(decode(signed.partition(".")[0]))
        # RFC 7515 §4.1.11: what is critical and not understood makes the whole invalid.
        is_meant = (header["alg"], header["typ"], "crit" in header) == (ALGORITHM, kind, False)
        octets = decode(signature)
        keys[header["kid"]](octets, signed.encode())
    except (ValueError, KeyError, TypeError, RecursionError, InvalidSignature) as error:
        raise Untrue("the signature is not that of this server over these very bytes") from error
    # The last letter of a signature may be written in several ways, of which one was signed.
    if not is_meant or encode(octets) != signature:
        raise Untrue("the signature is for something else")
    return said
