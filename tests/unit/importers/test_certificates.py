"""Certificates by an authority that is trusted."""

import json
from base64 import b64encode, urlsafe_b64encode
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from importers.certificates import is_issued_by
from importers.contract import Options
from importers.education.proof import JADES, of_jws
from importers.jws import compact
from importers.trust import trust_of
from tests.unit.importers.proving import signature

AUTHORITY, OTHER, SEAL = (ec.derive_private_key(2**200 + n, ec.SECP256R1()) for n in (2, 3, 4))


def certificate(of, by, *, subject, issuer, ca=None):
    named = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, n)]) for n in (subject, issuer)]
    made = (
        x509.CertificateBuilder()
        .subject_name(named[0])
        .issuer_name(named[1])
        .public_key(of.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2026, 1, 1, tzinfo=UTC))
    )
    if ca is not None:
        made = made.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    return made.sign(by, hashes.SHA256())


ROOT = certificate(AUTHORITY, AUTHORITY, subject="Authority", issuer="Authority", ca=True)
LEAF = certificate(SEAL, AUTHORITY, subject="University", issuer="Authority")


def der(made):
    return made.public_bytes(Encoding.DER)


@pytest.mark.spec("RFC 5280 §4.2.1.9")
@pytest.mark.parametrize(
    ("authority", "found"),
    [
        (der(ROOT), True),
        (der(certificate(OTHER, OTHER, subject="Authority", issuer="Authority", ca=True)), False),
        (der(certificate(AUTHORITY, OTHER, subject="Elsewhere", issuer="x", ca=True)), False),
        (der(certificate(AUTHORITY, OTHER, subject="Authority", issuer="x", ca=False)), False),
        (der(certificate(AUTHORITY, OTHER, subject="Authority", issuer="x")), False),
        (b"no certificate", False),
    ],
)
def test_only_an_authority_that_signed_it_vouches_for_a_certificate(authority, found):
    assert is_issued_by(der(LEAF), [authority]) is found
    assert not is_issued_by(b"", [authority])


def part(content):
    return urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("at", "remark"),
    [("2025-03-01T00:00:00Z", ""), ("2027-03-01T00:00:00Z", "when its certificate was not good")],
)
def test_a_seal_under_a_trusted_authority_needs_no_remark(at, remark):
    header = {"alg": "ES256", "sigT": at, "x5c": [b64encode(der(LEAF)).decode()]}
    signed = f"{part(json.dumps(header).encode())}.{part(b'{}')}"
    jws = compact(f"{signed}.{part(signature(SEAL, signed.encode()))}")
    trusted = {"trust/authority.pem": ROOT.public_bytes(Encoding.PEM).decode()}
    known = of_jws(jws, trust_of(Options(trusted=trusted)), mechanism=JADES, issuer="University")
    unknown = of_jws(jws, trust_of(Options()), mechanism=JADES, issuer="University")
    assert (remark in known.remark, bool(known.remark)) == (True, bool(remark))
    assert unknown.remark
    assert known.attestation == unknown.attestation
