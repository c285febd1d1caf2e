"""JSON Web Signatures (RFC 7515): what is signed, by which header, and with which signature.

The payload may stand unencoded (RFC 7797). The key is looked for in what the signature brings with
it: a certificate (`x5c`), a key (`jwk`), or an identifier that is a key itself (`did:key`,
`did:jwk`). Any other key has to be given; nothing is fetched.
"""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from importers.did import key_of_did
from importers.signatures import VerifyingKey, base64url, key_of_der, key_of_jwk

# Extensions that change nothing in how the signature is verified: RFC 7797 §3, and those of
# ETSI TS 119 182-1 §5 that only say something. `sigD` puts other bytes in the place of the payload.
UNDERSTOOD: Final = frozenset(
    {"b64", "sigT", "iat", "adoTst", "x5t#o", "x5t#S256", "sigX5ts", "srCms", "sigPl", "sigPId"}
)
_NO_JWS: Final = "this is no signature in JSON (JWS)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Jws:
    """One signature: its protected header, the payload, the bytes signed, the signature itself."""

    header: Mapping[str, Any]
    payload: bytes
    signed: bytes
    signature: bytes

    @property
    def algorithm(self) -> str:
        return self.text("alg")

    @property
    def is_understood(self) -> bool:
        """Whether all that the header calls critical is known here.

        RFC 7515 §4.1.11: "If any of the listed extension Header Parameters are not understood and
        supported by the recipient, then the JWS is invalid."
        """
        critical = self.header.get("crit", [])
        return isinstance(critical, list) and UNDERSTOOD.issuperset(map(str, critical))

    def text(self, name: str) -> str:
        value = self.header.get(name)
        return value if isinstance(value, str) else ""

    @property
    def certificate(self) -> bytes:
        """The certificate of who signed, in DER; b"" where none came with the signature."""
        chain = self.header.get("x5c")
        if isinstance(chain, list) and chain and isinstance(chain[0], str):
            return b64decode(chain[0])
        return b""

    def own_key(self, issuer: str = "") -> VerifyingKey | None:
        """The key that the signature brings with it, or that its issuer is; None without one.

        Raises ValueError for one that cannot be read.
        """
        jwk = self.header.get("jwk")
        if self.certificate:
            return key_of_der(self.certificate)
        if isinstance(jwk, dict):
            return key_of_jwk(jwk)
        named = next((one for one in (self.text("kid"), issuer) if one.startswith("did:")), "")
        return key_of_did(named)


def compact(text: str) -> Jws:
    """A signature in compact serialization (RFC 7515 §3.1). Raises ValueError."""
    parts = text.strip().split(".")
    if len(parts) != 3:
        raise ValueError(_NO_JWS)
    protected, payload, signature = parts
    return _jws(protected, signature, base64url(payload), payload.encode())


def of_json(document: Mapping[str, Any], index: int = 0) -> Jws:
    """A signature of a document in JSON serialization (RFC 7515 §3.2). Raises ValueError."""
    several = document.get("signatures", [document])
    one = several[index] if isinstance(several, list) and len(several) > index else {}
    payload = _text(document, "payload")
    protected, signature = _text(one, "protected"), _text(one, "signature")
    # RFC 7797 §3: with `b64` false, what is signed has the payload itself behind the full stop.
    if _header(protected).get("b64", True) is False:
        return _jws(protected, signature, payload.encode(), payload.encode())
    return _jws(protected, signature, base64url(payload), payload.encode())


def _text(document: Any, name: str) -> str:
    value = document.get(name) if isinstance(document, dict) else None
    if not isinstance(value, str):
        raise ValueError(_NO_JWS)  # noqa: TRY004 - the file is wrong, not the call
    return value


def _jws(protected: str, signature: str, payload: bytes, encoded: bytes) -> Jws:
    return Jws(
        header=_header(protected),
        payload=payload,
        signed=protected.encode() + b"." + encoded,
        signature=base64url(signature),
    )


def _header(protected: str) -> Mapping[str, Any]:
    try:
        header = json.loads(base64url(protected))
    except (ValueError, RecursionError):
        raise ValueError(_NO_JWS) from None
    if not isinstance(header, dict):
        raise ValueError(_NO_JWS)  # noqa: TRY004 - the file is wrong, not the call
    return header
