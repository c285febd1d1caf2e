"""Clients that people make for their scripts, which act for them (RFC 6749 §4.4)."""

import re
from unicodedata import normalize

_SCOPES = ("openid", "webid")


def new_client_id(label: str, random: str) -> str:
    """A client's identifier. It is no IRI: libraries take one for the address of a document about
    the client (Solid-OIDC §5), and leave the secret away.

    `label` is what the person calls it; `random` is a short unguessable text of letters and digits.
    """
    plain = normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{slug}-{random}" if slug else random


def mark_of(client: str) -> str:
    """What stands for a client in an address: the last part of its identifier."""
    return client.rpartition("/")[2]


def scopes_of(text: str) -> tuple[str, ...]:
    """What a script is given of the scopes that it asks for."""
    # RFC 6749 §3.3: what is not known is left out, and the answer says what was given. A token
    # without a WebID would be good for nothing here, so `webid` is always given.
    asked = {*text.split(), "webid"}
    return tuple(scope for scope in _SCOPES if scope in asked)
