"""Whether a credential is by who it says: from its signature to what is kept of it.

A signature that does not hold costs the credential; one that cannot be verified here is kept as
not verified, and said. A key that came with its signature and is not among those that were given
says only that it signed, which is said too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from cryptography.x509 import InvalidVersion, load_der_x509_certificate

from importers.attestation import Attestation, Standing, attested, attested_by
from importers.certificates import is_issued_by
from importers.clock import instant
from importers.contract import Item, Problem, Value
from importers.jws import Jws
from importers.signatures import VerifyingKey, holds
from importers.trust import Trust, verified_by

VC_JOSE: Final = "https://www.w3.org/TR/vc-jose-cose/"
JADES: Final = "https://www.etsi.org/deliver/etsi_ts/119100_119199/11918201/"
UNKNOWN: Final = (
    "the key of this signature is not in the credential and would have to be fetched, so it is kept"
    " as not verified: put the keys of who signed into the folder `trust`,"
    " or give the option `keys`"
)
_CRITICAL: Final = (
    "the signature has critical parts that are not known here, so it is kept as not verified"
)
_CERTIFICATE: Final = (
    "the signature holds; its certificate is by none of the folder `trust`, and was not checked"
    " against a trusted list, which is on the network"
)
_OUTSIDE: Final = (
    "the signature holds; by its own word it was made when its certificate was not good, which was"
    " not checked against a trusted list, as that is on the network"
)
OWN_KEY: Final = (
    "the signature holds for the key that came with it; whose key that is, is not known here"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A signature, what is missing of its verification, and what else there is to say of it."""

    attestation: Attestation
    why: str = UNKNOWN
    remark: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether it does not hold, so that nothing of what it covers is kept."""
        return self.attestation.standing is Standing.INVALID

    @property
    def field(self) -> tuple[str, Value]:
        return attested_by(self.attestation)

    def items(self, scope: str, locator: str) -> Iterator[Item]:
        """What is given out of it, before what it covers."""
        yield from attested(self.attestation, scope, locator, why=self.why)
        if self.remark:
            yield Problem(locator, self.remark, row=False)


def of_jws(jws: Jws, trust: Trust, *, mechanism: str, issuer: str, key_id: str = "") -> Proof:
    """What becomes of a JSON Web Signature.

    `issuer` is who the credential says issued it, `key_id` which key it says to be signed with
    where the header does not.
    """
    try:
        own = jws.own_key(issuer)
    except ValueError:
        own = None
    named = jws.text("kid") or key_id
    known = trust.of(named, issuer) if named else ()
    key = verified_by(known, jws.algorithm, jws.signature, jws.signed) or own
    standing, why = _standing(jws, key, own if key is own else None)
    attestation = Attestation(
        mechanism=mechanism,
        standing=standing,
        covered=sha256(jws.signed).hexdigest(),
        algorithm=jws.algorithm,
        key=key.fingerprint if key else "",
        issuer=issuer,
        at=_signed_at(jws),
        until=_good_for(jws, own)[1],
    )
    if key is None or key is not own or standing is not Standing.VERIFIED:
        return Proof(attestation, why)
    is_known = trust.has(key, issuer) or is_issued_by(jws.certificate, trust.authorities)
    return Proof(attestation, why, _remark(jws, issuer, own, is_known=is_known))


def time_said(value: object) -> datetime | None:
    """The time that a member says, None where it says none that can be read."""
    try:
        return instant(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _standing(jws: Jws, key: VerifyingKey | None, own: VerifyingKey | None) -> tuple[Standing, str]:
    if key is None:
        return Standing.UNKNOWN_KEY, UNKNOWN
    if own is not None and not holds(own, jws.algorithm, jws.signature, jws.signed):
        return Standing.INVALID, ""
    if not jws.is_understood:
        return Standing.UNKNOWN_KEY, _CRITICAL
    return Standing.VERIFIED, ""


def _remark(jws: Jws, issuer: str, own: VerifyingKey, *, is_known: bool) -> str:
    if "x5c" in jws.header:
        at, (begin, end) = _signed_at(jws), _good_for(jws, own)
        if at and begin and end and not begin <= at <= end:
            return _OUTSIDE
        return "" if is_known else _CERTIFICATE
    if is_known:
        return ""
    # An issuer that is a key has said so itself; any other key was only laid beside.
    named = jws.text("kid").partition("#")[0]
    is_issuer = issuer.startswith(("did:key:", "did:jwk:")) and named in {"", issuer}
    return "" if is_issuer and "jwk" not in jws.header else OWN_KEY


def _good_for(jws: Jws, own: VerifyingKey | None) -> tuple[datetime | None, datetime | None]:
    """From when to when the certificate that came along is good. None, None without one."""
    if own is None or not jws.certificate:
        return None, None
    try:
        certificate = load_der_x509_certificate(jws.certificate)
    except (ValueError, InvalidVersion):  # a bare public key in the place of a certificate
        return None, None
    return certificate.not_valid_before_utc, certificate.not_valid_after_utc


def _signed_at(jws: Jws) -> datetime | None:
    """When it says that it was made: `sigT` of JAdES, or `iat` in seconds."""
    seconds = jws.header.get("iat")
    try:
        if isinstance(seconds, int) and not isinstance(seconds, bool):
            return datetime.fromtimestamp(seconds, UTC)
        return instant(jws.text("sigT")) if "sigT" in jws.header else None
    except (ValueError, OverflowError, OSError):
        return None
