"""How somebody is reached: addresses and numbers as they stand in records."""

from importers.contract import Iri
from importers.phone import e164
from importers.text import mailto


def mail(text: str) -> Iri:
    """An e-mail address."""
    if text.count("@") != 1 or text.startswith("@") or text.endswith("@"):
        raise ValueError("this is not an e-mail address")
    return Iri(mailto(text))


def telephone(text: str) -> Iri:
    """A telephone number (RFC 3966)."""
    return Iri(f"tel:{e164(text)}")
