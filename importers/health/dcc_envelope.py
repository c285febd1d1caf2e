"""The envelope of an EU Digital COVID Certificate: from its text to what it claims, verified.

Format: eHealth Network, "Electronic Health Certificates" (HCERT) volumes 1 and 3: `HC1:`, base45
(RFC 9285), zlib, COSE_Sign1 (RFC 9052) around a CWT (RFC 8392). The library for CBOR is an extra:
where it is not installed there is one sentence that says how to have it.
"""

import zlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib import import_module
from typing import Any, Final

from importers.attestation import Attestation, Standing
from importers.signatures import COSE_ES256
from importers.trust import Trust, verified_by

PREFIX: Final = "HC1:"
SPECIFICATION: Final = "https://github.com/ehn-dcc-development/hcert-spec"
NOT_INSTALLED: Final = (
    "health passes are read with a library that is not installed: install selfdata-pod[formats]"
)

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_DIGIT: Final = {letter: value for value, letter in enumerate(_ALPHABET)}
_LONGEST = 1 << 14  # of a text: a QR code holds 4,296 letters
_LARGEST = 1 << 16
# RFC 9053 §2.1 and RFC 8230 §2; the two that HCERT volume 1 §3.3.2 allows.
_ALGORITHMS: Final = {-7: "ES256", -37: "PS256"}
_VERIFIED_AS: Final = {"ES256": COSE_ES256, "PS256": "PS256"}
_ALG, _KID = 1, 4
_ISS, _EXP, _IAT, _HCERT = 1, 4, 6, -260
_COSE_SIGN1, _CWT = 18, 61
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNREADABLE = "this is no health pass: scan its QR code anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """A health pass: what it claims, by the letters of its schema; {} where it does not hold."""

    attestation: Attestation
    claims: Mapping[str, Any]


def library() -> Any:
    """The library that reads CBOR, None where it is not installed."""
    try:
        return import_module("cbor2")
    except ImportError:
        return None


def open_pass(text: str, trust: Trust, cbor: Any) -> Pass:
    """Opens a pass with the library for CBOR. Raises ValueError, with a sentence, for another."""
    protected, unprotected, payload, signature = _sign1(_unpacked(text), cbor)
    header = _map(_read(protected, cbor)) if protected else {}
    number = header.get(_ALG, unprotected.get(_ALG))
    algorithm = _ALGORITHMS.get(number) if isinstance(number, int) else None
    if algorithm is None:
        raise ValueError("this pass is not signed as health passes are (ES256 or PS256)")
    kid = header.get(_KID, unprotected.get(_KID))
    said = _map(_read(payload, cbor))
    issuer = said.get(_ISS)
    issuer = issuer if isinstance(issuer, str) else ""
    keys = trust.of(b64encode(kid).decode(), issuer) if isinstance(kid, bytes) else ()
    # RFC 9052 §4.4: Sig_structure
    signed = cbor.dumps(["Signature1", protected, b"", payload])
    key = verified_by(keys, _VERIFIED_AS[algorithm], signature, signed)
    unverified = Standing.INVALID if keys else Standing.UNKNOWN_KEY
    attestation = Attestation(
        mechanism=SPECIFICATION,
        standing=Standing.VERIFIED if key else unverified,
        covered=sha256(signed).hexdigest(),
        algorithm=algorithm,
        key=key.fingerprint if key else "",
        issuer=issuer,
        at=_moment(said.get(_IAT)),
        until=_moment(said.get(_EXP)),
    )
    claims = _map(_map(said.get(_HCERT)).get(1))
    return Pass(
        attestation=attestation,
        claims={} if attestation.standing is Standing.INVALID else claims,
    )


def _unpacked(text: str) -> bytes:
    if len(text) > _LONGEST or not text.startswith(PREFIX):
        raise ValueError(_UNREADABLE)
    content = _base45(text.removeprefix(PREFIX))
    if content[:1] != b"\x78":
        return content
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(content, _LARGEST)
    except zlib.error as error:
        raise ValueError("this pass is damaged: scan its QR code anew") from error
    if unpacking.unconsumed_tail:
        raise ValueError("this pass unpacks to more than a pass holds, and is not read")
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("this pass is cut short, or something stands behind it")
    return plain


def _base45(text: str) -> bytes:
    """RFC 9285 §4: three letters are two octets, two at the end are one."""
    octets = bytearray()
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        if len(group) == 1 or any(letter not in _DIGIT for letter in group):
            raise ValueError(_UNREADABLE)
        value = sum(_DIGIT[letter] * 45**place for place, letter in enumerate(group))
        size = len(group) - 1
        if value >= 256**size:
            raise ValueError(_UNREADABLE)
        octets += value.to_bytes(size, "big")
    return bytes(octets)


def _read(content: bytes, cbor: Any) -> Any:
    try:
        return cbor.loads(content)
    except Exception as error:
        raise ValueError(_UNREADABLE) from error


def _sign1(content: bytes, cbor: Any) -> tuple[bytes, Mapping[Any, Any], bytes, bytes]:
    """RFC 9052 §4.2: COSE_Sign1, with its tag or without."""
    value = _read(content, cbor)
    while isinstance(value, cbor.CBORTag) and value.tag in {_COSE_SIGN1, _CWT}:
        value = value.value
    match value:
        case [bytes() as protected, unprotected, bytes() as payload, bytes() as signature]:
            return protected, _map(unprotected), payload, signature
        case _:
            raise ValueError(_UNREADABLE)


def _map(value: Any) -> Mapping[Any, Any]:
    """A map as it is read, which within a tag is one of the library's own that cannot change."""
    try:
        return dict(value.items())
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(_UNREADABLE) from error


def _moment(seconds: Any) -> datetime | None:
    """A NumericDate in whole seconds, None where none stands."""
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        return None
    try:
        return _EPOCH + timedelta(seconds=int(seconds))
    except (OverflowError, ValueError) as error:
        raise ValueError(_UNREADABLE) from error
