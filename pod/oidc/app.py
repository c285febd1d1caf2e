"""An app that asks people to sign in: what it says of itself, all of it unproven but its id.

An app is known by a document at its own address (`client_document`) or by what it registered
(`registration`); from there on the two are the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

AUTHORIZATION_CODE = "authorization_code"
REFRESH_TOKEN = "refresh_token"  # noqa: S105 - the name of a grant type

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# RFC 3986 §3.2: a host of letters and digits, or an address, and a port. No more is let in: the
# origin of an address is written into headers of pages.
_AUTHORITY = re.compile(r"(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE)
# RFC 8252 §7.1: "apps MUST use a URI scheme based on a domain name under their control".
_PRIVATE_USE = re.compile(r"[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+", re.IGNORECASE)
_LONGEST_NAME = 100
_MOST_ADDRESSES = 50
_LONGEST_ADDRESS = 2000


class AppFlaw(ValueError):
    """What is wrong with what an app says of itself: the member, and a sentence for its maker."""

    def __init__(self, member: str, sentence: str) -> None:
        super().__init__(sentence)
        self.member = member


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """An app. `secret_hash` is None for a public client: it proves itself by PKCE and DPoP alone.

    `scopes` is what it may ask for at most, None where it set no bound. The name and the addresses
    are its own words, shown to people as such.
    """

    id: str
    redirect_uris: tuple[str, ...]
    grant_types: frozenset[str] = frozenset({AUTHORIZATION_CODE})
    scopes: frozenset[str] | None = None
    secret_hash: str | None = field(default=None, repr=False)
    post_logout_redirect_uris: tuple[str, ...] = ()
    signing_algorithm: str | None = None
    name: str = ""
    uri: str = ""
    logo: str = ""

    @property
    def may_refresh(self) -> bool:
        return REFRESH_TOKEN in self.grant_types


def redirect_uris(metadata: Mapping[str, Any], member: str = "redirect_uris") -> tuple[str, ...]:
    """The addresses of a member that people may be sent to, in their order. Raises AppFlaw."""
    listed = metadata.get(member, [])
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise AppFlaw(member, f"`{member}` must be a list of addresses")
    if len(listed) > _MOST_ADDRESSES:
        raise AppFlaw(member, f"`{member}` may have at most {_MOST_ADDRESSES} addresses")
    for each in listed:
        if not is_landing(each):
            raise AppFlaw(
                member,
                f"each of `{member}` must be an https address without a fragment, an http address "
                "of this machine, or one of a scheme like com.example.app",
            )
    return tuple(listed)


def is_landing(uri: str) -> bool:
    """Whether people may be sent to an address with what only the app there shall see."""
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    # RFC 6749 §3.1.2: "The redirection endpoint URI MUST be an absolute URI [...] The endpoint URI
    # MUST NOT include a fragment component."
    if len(uri) > _LONGEST_ADDRESS or "#" in uri or not uri.isascii() or not uri.isprintable():
        return False
    if " " in uri or "\\" in uri or (parts.netloc and not _AUTHORITY.fullmatch(parts.netloc)):
        return False
    if parts.scheme in {"https", "http"}:
        return bool(host) and (parts.scheme == "https" or host in _LOOPBACK)
    return _PRIVATE_USE.fullmatch(parts.scheme) is not None


def origin(address: str) -> str:
    """What an address of an app is of: an origin, or the scheme of an app's own."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:"


def grant_types(metadata: Mapping[str, Any]) -> frozenset[str]:
    """The grants an app will use, of those there are. Raises AppFlaw."""
    # RFC 7591 §2: "If omitted, the default behavior is that the client will use only the
    # "authorization_code" Grant Type."
    listed = metadata.get("grant_types", [AUTHORIZATION_CODE])
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise AppFlaw("grant_types", "`grant_types` must be a list of names")
    known = frozenset(listed) & {AUTHORIZATION_CODE, REFRESH_TOKEN}
    if AUTHORIZATION_CODE not in known:
        raise AppFlaw("grant_types", "`grant_types` must include authorization_code")
    return known


def scopes(metadata: Mapping[str, Any]) -> frozenset[str] | None:
    """What an app may ask for at most. Raises AppFlaw."""
    text = metadata.get("scope")
    if text is None:
        return None
    if not isinstance(text, str):
        raise AppFlaw("scope", "`scope` must be names divided by spaces")
    # OP-10: clients in use leave `webid` out, or `scope` altogether, and ask for it later.
    return frozenset(text.split()) | {"openid", "webid"}


def words(metadata: Mapping[str, Any], member: str) -> str:
    """A short text an app says of itself; "" where it says none, or none that can be shown."""
    text = metadata.get(member)
    return text.strip()[:_LONGEST_NAME] if isinstance(text, str) and text.isprintable() else ""


def page(metadata: Mapping[str, Any], member: str) -> str:
    """The address of a page or picture an app names; "" where it is none of https or loopback."""
    uri = metadata.get(member)
    return uri if isinstance(uri, str) and uri.startswith("http") and is_landing(uri) else ""
