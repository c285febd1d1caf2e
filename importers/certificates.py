"""Whether a certificate is by an authority that is trusted (RFC 5280). Nothing is fetched."""

from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509 import (
    BasicConstraints,
    Certificate,
    ExtensionNotFound,
    InvalidVersion,
    load_der_x509_certificate,
)

_UNREADABLE = (ValueError, TypeError, InvalidVersion, UnsupportedAlgorithm)


def is_issued_by(content: bytes, authorities: Iterable[bytes]) -> bool:
    """Whether a certificate, in DER, is signed by one of these, which may sign certificates.

    Only by one itself: the certificates in between are given too, or it is not.
    """
    return any(_signs(authority, content) for authority in authorities)


def _signs(authority: bytes, content: bytes) -> bool:
    try:
        by, of = load_der_x509_certificate(authority), load_der_x509_certificate(content)
        of.verify_directly_issued_by(by)
    except (*_UNREADABLE, InvalidSignature):
        return False
    return _is_authority(by)


def _is_authority(certificate: Certificate) -> bool:
    # RFC 5280 §4.2.1.9: one without it, or that says no, must not be used to verify certificates.
    try:
        return certificate.extensions.get_extension_for_class(BasicConstraints).value.ca
    except (*_UNREADABLE, ExtensionNotFound):
        return False
