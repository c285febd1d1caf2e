"""E-mail addresses, as far as they are names that people sign in with."""

from unicodedata import normalize

from pod.problems import Malformed

_LONGEST = 254  # RFC 5321 §4.5.3.1.3, less its brackets


def canonical_email(text: str) -> str:
    """The one spelling of an address. Raises Malformed for what cannot be one."""
    email = normalize("NFC", text).strip().lower()
    name, at, host = email.rpartition("@")
    if not (name and at and host) or len(email) > _LONGEST or not email.isprintable():
        raise Malformed("an e-mail address has an @ between a name and a host; check it")
    if " " in email:
        raise Malformed("an e-mail address has no space in it; check it")
    return email
