"""Sessions: how long they last, how they are shown, and when a cookie speaks for somebody."""

from collections.abc import Mapping
from datetime import datetime, timedelta

TOKEN_BYTES = 32
PENDING = timedelta(minutes=30)
"""How long an account without a login is kept."""
REMEMBERED = timedelta(days=14)
BRIEF = timedelta(days=1)
LONGEST = timedelta(days=180)
FRESH = timedelta(minutes=10)
"""For how long after signing in somebody may do what cannot be undone, or what lets others in."""
_STEP = timedelta(minutes=5)

_SCHEME = "css-account-token"
SESSION = "css-account"
INTERACTION = "css-interaction"
"""The cookies: of who is signed in, and of the app's request that she is answering."""


def expiry(created: datetime, now: datetime, *, remembered: bool) -> datetime:
    """When a session that is used now ends, unless it is used again."""
    return min(now + (REMEMBERED if remembered else BRIEF), created + LONGEST)


def is_fresh(created: datetime, now: datetime) -> bool:
    """Whether somebody has shown lately who she is, by when her session was made."""
    return now < created + FRESH


def slid(expires: datetime, wanted: datetime) -> bool:
    """Whether an end is to be moved: not for each request, which would be a write for each."""
    return wanted - expires >= _STEP


def shown_token(headers: Mapping[str, str]) -> str | None:
    """What `Authorization: CSS-Account-Token …` holds; None for every other scheme."""
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == _SCHEME else None


def shown_cookie(
    headers: Mapping[str, str], method: str, base: str, kind: str = SESSION
) -> str | None:
    """What a cookie holds, where it may speak for who asks; else None.

    A browser sends it along whatever page makes it ask. It counts for the server's own pages
    alone, and never for those of another origin: not to change anything, and not to read.
    """
    if not is_own_page(headers, method, base):
        return None
    wanted = cookie_name(base, kind)
    # RFC 6265 §4.2.1: "cookie-string = cookie-pair *( ";" SP cookie-pair )"
    for pair in headers.get("Cookie", "").split(";"):
        name, _, value = pair.strip().partition("=")
        if name == wanted:
            return value
    return None


def cookie_name(base: str, kind: str = SESSION) -> str:
    """With TLS the prefix keeps other hosts of the domain from setting it (RFC 6265bis §4.1.3)."""
    return f"__Host-{kind}" if base.startswith("https:") else kind


def cookie(token: str, base: str, seconds: int | None, kind: str = SESSION) -> str:
    """The Set-Cookie that keeps a token for so long; with None, until the browser is closed.

    No script can read it, and no other site's request has it but for links that are followed.
    """
    secure = "; Secure" if base.startswith("https:") else ""
    kept = "" if seconds is None else f"; Max-Age={seconds}"
    return f"{cookie_name(base, kind)}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{kept}"


def is_own_page(headers: Mapping[str, str], method: str, base: str) -> bool:
    """Whether a request is from a page of the server's own, or from no page at all."""
    # Fetch Metadata §2.3: browsers say what page a request is from, and no page can write it.
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if origin is not None and origin + "/" != base:
        return False
    if method in {"GET", "HEAD"} or site is None:
        # Without these fields it is no browser, or one that sends Origin where it matters.
        return True
    return site in {"same-origin", "none"}
