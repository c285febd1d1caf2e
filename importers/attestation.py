"""Who vouches for records: a signature that came with them, and whether it was verified.

A format that is signed makes an `Attestation` of each signature and gives out `attested(…)`; the
records that the signature covers say `attested_by(…)`. Of a signature that does not hold nothing
is kept: its importer gives out no record. One whose key is not known is kept and says so: what it
covers is as good as a file without a signature, and when the key becomes known the next import of
the same file changes the attestation alone and none of the records.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from importers.contract import Check, Code, Iri, Item, Key, Problem, Record, Ref, Stated, Value

KIND: Final = "Attestation"

_SIGNATURE: Final = "signature"
_INVALID: Final = "the signature does not hold: what it covers was changed or is not by who it says"
_UNKNOWN: Final = (
    "the key of this signature is in no list of keys that was given, so it is kept as not verified:"
    " put the keys of who signed into the folder `trust`, or give the option `keys`"
)


class Standing(StrEnum):
    """What became of a signature when it was verified."""

    VERIFIED = "verified"
    INVALID = "invalid"
    UNKNOWN_KEY = "unknown key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A signature as it was found.

    `mechanism` is the IRI of the specification that says how it was made. `covered` is the SHA-256
    in hex of the bytes that were signed. `algorithm` is its name by IANA ("ES256"). `key` is the
    SHA-256 in hex of the public key as SubjectPublicKeyInfo in DER, "" where it is not known.
    `issuer` is who signs as it says of itself, an IRI or a name, "" where it does not; `at` is
    when it says that it was made, and `until` until when it says that it is good: one that is
    over is verified all the same.
    """

    mechanism: str
    standing: Standing
    covered: str
    algorithm: str
    key: str = ""
    issuer: str = ""
    at: datetime | None = None
    until: datetime | None = None


def attested_by(attestation: Attestation) -> tuple[str, Value]:
    """The field of a record that says which signature covers it."""
    return "sd:attestedBy", Ref(KIND, _key(attestation))


def attested(
    attestation: Attestation, scope: str, locator: str, *, why: str = _UNKNOWN
) -> Iterator[Item]:
    """What to give out of a signature: its record, and what there is to say where it has none.

    `scope` is what it is the signature of, as a check names it ("card 1"). `why` says of one that
    was not verified what was missing, and what to do.
    """
    if attestation.standing is Standing.INVALID:
        yield Problem(locator, _INVALID)
    else:
        yield _record(attestation, locator)
    if attestation.standing is Standing.UNKNOWN_KEY:
        yield Problem(locator, why, row=False)
    else:
        holds = Decimal(attestation.standing is Standing.VERIFIED)
        yield Stated(name=_SIGNATURE, scope=scope, value=holds, locator=locator)


def signature_checks(items: Iterable[Item]) -> tuple[Check, ...]:
    """A check of each signature whose key is known: whether it holds."""
    return tuple(
        Check(
            name=f"signature of {item.scope}",
            expected="valid",
            got="valid" if item.value else "invalid",
            ok=bool(item.value),
        )
        for item in items
        if isinstance(item, Stated) and item.name == _SIGNATURE
    )


def standing_of(item: Item) -> Standing | None:
    """What became of the signature that an item tells of, None of one that tells of none."""
    if isinstance(item, Record):
        is_unknown = item.kind == KIND and _UNVERIFIED in item.fields
        return Standing.UNKNOWN_KEY if is_unknown else None
    if isinstance(item, Stated) and item.name == _SIGNATURE:
        return Standing.VERIFIED if item.value else Standing.INVALID
    return None


_VERIFIED: Final = ("sd:assurance", Code("signatureVerified"))
_UNVERIFIED: Final = ("sd:assurance", Code("userUploaded"))


def _key(attestation: Attestation) -> Key:
    return Key(natural=(attestation.mechanism, attestation.covered))


def _record(attestation: Attestation, locator: str) -> Record:
    is_verified = attestation.standing is Standing.VERIFIED
    fields: list[tuple[str, Value]] = [
        _VERIFIED if is_verified else _UNVERIFIED,
        ("dcterms:conformsTo", Iri(attestation.mechanism)),
        ("sd:algorithm", attestation.algorithm),
        ("schema:sha256", attestation.covered),
    ]
    if attestation.key:
        fields.append(("sd:keyFingerprint", attestation.key))
    if attestation.issuer:
        fields.append(("schema:creator", attestation.issuer))
    if attestation.at is not None:
        fields.append(("dcterms:issued", attestation.at))
    if attestation.until is not None:
        fields.append(("schema:expires", attestation.until))
    return Record(
        kind=KIND, key=_key(attestation), fields=tuple(fields), locator=locator, counted=False
    )
