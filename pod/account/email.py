"""What people sign in with beside a secret: an e-mail address, or a name for who gives none."""

import re
from unicodedata import normalize

from pod.problems import Malformed

_NAME = re.compile(r"\w[\w.\-]{0,62}\w")
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


def canonical_name(text: str) -> str:
    """The one spelling of an e-mail address or of a name. Raises Malformed for what can be neither.

    No name has an @, so that none is taken for an address.
    """
    if "@" in text:
        return canonical_email(text)
    name = normalize("NFC", text).strip().lower()
    if not _NAME.fullmatch(name):
        raise Malformed(
            "a name has 2 to 64 letters, digits, dots, hyphens or underscores; check it"
        )
    return name
