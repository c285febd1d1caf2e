"""One SMART Health Card: a compact JWS around a FHIR bundle, verified and opened.

Format: https://spec.smarthealth.cards/ (cards as JWS, revision of 2023). A card that is well signed
and does not keep to the profile is refused all the same: it is no card.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from importers.attestation import Attestation, Standing
from importers.document import Element, elements
from importers.signatures import base64url
from importers.trust import Trust, verified_by

ALGORITHM: Final = "ES256"
SPECIFICATION: Final = "https://spec.smarthealth.cards/"

_TYPE: Final = "https://smarthealth.cards#health-card"
_LARGEST = 1 << 20  # of what a card unpacks to: QR codes hold some kilobytes
_SIGNATURE = 64
_NO_CARD = "this is no SMART Health Card: a card is three parts in base64url with dots between"
_REVOCABLE = "this card can be revoked; whether it was, only its issuer knows"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card holds: its resources with their addresses, and what there is to say of it."""

    attestation: Attestation
    resources: tuple[tuple[str, Any], ...]
    remarks: tuple[str, ...] = ()


def open_card(token: str, trust: Trust) -> Card:
    """Opens a card. Raises ValueError with a sentence where it keeps not to the profile.

    Of a card whose signature does not hold there are no resources.
    """
    signing_input, _, _ = token.rpartition(".")
    header_text, payload, signature = _parts(token)
    kid = _kid(header_text)
    # RFC 7518 §3.4: "The JWS Signature value MUST be a 64-octet sequence": one in DER is longer.
    if len(signature) != _SIGNATURE:
        raise ValueError("the signature of this card is not as ES256 makes it, so it is not kept")
    said = _payload(payload)
    issuer = said.text("iss")
    keys = trust.of(kid, issuer)
    covered = signing_input.encode()
    key = verified_by(keys, ALGORITHM, signature, covered)
    if key is not None:
        standing = Standing.VERIFIED
    else:
        standing = Standing.INVALID if keys else Standing.UNKNOWN_KEY
    attestation = Attestation(
        mechanism=SPECIFICATION,
        standing=standing,
        covered=sha256(covered).hexdigest(),
        algorithm=ALGORITHM,
        key=key.fingerprint if key else "",
        issuer=issuer,
        at=_moment(said, "nbf"),
        until=_moment(said, "exp") if said.get("exp") is not None else None,
    )
    if standing is Standing.INVALID:
        return Card(attestation=attestation, resources=())
    remarks = (_REVOCABLE,) if said.get("vc/rid") is not None else ()
    return Card(attestation=attestation, resources=tuple(_resources(said)), remarks=remarks)


def issuer_of(token: str) -> str:
    """Who issued a card as it says, without asking whether that is so; "" where it says nothing."""
    try:
        return _payload(_parts(token)[1]).text("iss")
    except ValueError:
        return ""


def is_card(token: str) -> bool:
    """Whether a compact JWS, which may be cut short, is a card, or means to be one."""
    head, _, rest = token.partition(".")
    try:
        header = base64url(head)
        beginning = rest.partition(".")[0][:4096]
        body = base64url(beginning[: len(beginning) // 4 * 4])
    except ValueError:
        return False
    return b'"zip"' in header or b'"fhirBundle"' in body


def _parts(token: str) -> tuple[str, bytes, bytes]:
    """The header as text, and the payload and the signature as they are."""
    parts = token.split(".")
    if len(parts) != 3:
        raise ValueError(_NO_CARD)
    try:
        header, payload, signature = map(base64url, parts)
        return header.decode(), payload, signature
    except ValueError as error:
        raise ValueError(_NO_CARD) from error


def _kid(header_text: str) -> str:
    header = _json(header_text)
    # "Header includes alg: ES256", "Header includes zip: DEF", "Header includes kid".
    if header.get("alg") != ALGORITHM:
        raise ValueError("this card is not signed as health cards are (ES256), so it is not kept")
    if header.get("zip") != "DEF":
        raise ValueError("this card is not packed as health cards are (DEF), so it is not kept")
    if header.get("crit") is not None:
        raise ValueError("this card demands what no health card demands, so it is not kept")
    return header.text("kid")


def _payload(packed: bytes) -> Element:
    unpacking = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        content = unpacking.decompress(packed, _LARGEST)
    except zlib.error as error:
        raise ValueError("what this card holds is not packed as it says: it is damaged") from error
    if unpacking.unconsumed_tail:
        raise ValueError("this card unpacks to more than a card holds, and is not read")
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("what this card holds is cut short, or something stands behind it")
    try:
        said = _json(content.decode())
    except ValueError as error:
        raise ValueError("what this card holds is not JSON") from error
    _check_profile(said)
    return said


def _check_profile(said: Element) -> None:
    types = said.get("vc/type")
    if not isinstance(types, list) or _TYPE not in types:
        raise ValueError("this credential does not say that it is a health card")
    if not said.text("iss").startswith("https://"):
        raise ValueError("this card does not say who issued it")
    bundle = said.get("vc/credentialSubject/fhirBundle")
    if not isinstance(bundle, dict) or not isinstance(bundle.get("entry"), list):
        raise ValueError("this card has no FHIR bundle")  # noqa: TRY004 - the card is wrong


def _resources(said: Element) -> Iterator[tuple[str, Any]]:
    for entry in said.get("vc/credentialSubject/fhirBundle/entry"):
        found = Element(said.locator, entry)
        yield str(found.get("fullUrl") or ""), found.get("resource")


def _json(text: str) -> Element:
    """A JSON object. Raises ValueError for anything else."""
    found = tuple(elements(text, ""))
    if len(found) != 1 or not isinstance(found[0], Element) or not isinstance(found[0].value, dict):
        raise ValueError("this is no JSON object")
    return found[0]


def _moment(said: Element, name: str) -> datetime:
    """A NumericDate (RFC 7519 §2): seconds, which may have a fraction."""
    seconds = said.number(name)
    try:
        return _EPOCH + timedelta(microseconds=int(seconds * Decimal(1_000_000)))
    except OverflowError as error:
        raise ValueError(f"`{name}` is no moment that there is") from error
