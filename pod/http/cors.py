"""CORS (Fetch §3.3): what lets an app in a web page of another origin ask, and read the answer.

Every origin may: who gets what is decided by tokens and access rules, and blocking is done with
401, 403 and 404. Nothing here depends on what is asked for, nor on whether it is there.
"""

import re
from collections.abc import Mapping
from typing import Final

from pod.model import Reply

Headers = tuple[tuple[str, str], ...]

_ALLOW_ORIGIN: Final = "Access-Control-Allow-Origin"
# COR-09: for documents that are the same for everyone, when no origin asks.
PUBLIC: Final = (_ALLOW_ORIGIN, "*")

# Solid Protocol §8.1 #server-cors-aceh: "make all used response headers readable for the Solid app
# through Access-Control-Expose-Headers (with the possible exception of the Access-Control-*
# headers themselves)". And those of Solid that this server has no use for yet (COR-03).
EXPOSED: Final = (
    "Accept-Encoding",
    "Accept-Patch",
    "Accept-Post",
    "Accept-Put",
    "Accept-Ranges",
    "Allow",
    "Cache-Control",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Length",
    "Content-Location",
    "Content-Range",
    "Content-Security-Policy",
    "Content-Type",
    "DPoP-Nonce",
    "Date",
    "ETag",
    "Last-Modified",
    "Link",
    "Location",
    "Preference-Applied",
    "Referrer-Policy",
    "Retry-After",
    "Server",
    "Updates-Via",
    "Vary",
    "WAC-Allow",
    "WWW-Authenticate",
    "X-Content-Type-Options",
)

# What is allowed when no names are asked for: all that this server reads. COR-05: Accept is listed
# where it is asked for and nowhere else, since clients' tests fail on it otherwise.
_REQUEST_FIELDS: Final = (
    "Authorization",
    "Content-Digest",
    "Content-Disposition",
    "Content-Type",
    "DPoP",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Link",
    "Range",
    "Selfdata-Holder",
    "Selfdata-Purpose",
    "Signature",
    "Signature-Input",
    "Slug",
)
_EXPOSED: Final = ", ".join(EXPOSED)
_ALLOWED: Final = ", ".join(_REQUEST_FIELDS)
_METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
_MAX_AGE: Final = 24 * 60 * 60  # seconds; the answer to a preflight is the same at all times

# RFC 6454 §7: "null", or one serialised origin as of §6.2: a scheme, a host of RFC 3986 (which may
# be empty, as of files) and a port. "null" is a page in a sandbox or a file: it gains nothing by
# being let in, since no origin does, and a cookie speaks for nobody but the server's own pages.
_ORIGIN: Final = re.compile(
    r"null|[A-Za-z][A-Za-z0-9+.-]*://"
    r"(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]{1,5})?"
)
# RFC 9110 §5.6.2: token, but for `*`, which is in no name in use and is never to be echoed.
_WORD: Final = r"[A-Za-z0-9!#$%&'+.^_`|~-]+"
_METHOD: Final = re.compile(_WORD)
_NAMES: Final = re.compile(rf"{_WORD}(?:[ \t]*,[ \t]*{_WORD})*")


def cross_origin(origin: str, names: str | None) -> Headers:
    """What every answer to a request of an origin has; nothing when that is no valid Origin.

    `names` is its Access-Control-Request-Headers.
    """
    if not _ORIGIN.fullmatch(origin):
        return ()
    allowed = names if names and _NAMES.fullmatch(names) else _ALLOWED
    return (
        # Solid Protocol §8.1 #server-cors-acao-vary: "set the Access-Control-Allow-Origin header
        # to the valid Origin value from the request".
        (_ALLOW_ORIGIN, origin),
        # COR-06: libraries in use ask with "credentials: include"; wildcards are illegal with it.
        ("Access-Control-Allow-Credentials", "true"),
        # WAC §5.3.3 #server-cors-acao-acah: with each answer, not with those to preflights alone.
        ("Access-Control-Allow-Headers", allowed),
        # Solid Protocol §8.1 #server-cors-enumerate: "explicitly enumerate all used response
        # headers [...] rather than resorting to *".
        ("Access-Control-Expose-Headers", _EXPOSED),
    )


def without_public(headers: Headers) -> Headers:
    """The headers of an answer that gets those of `cross_origin` beside them."""
    if PUBLIC not in headers:
        return headers
    return tuple(header for header in headers if header != PUBLIC)


def varied(headers: Headers) -> Headers:
    """The headers with Origin in Vary: whether it was sent or not makes a difference to all."""
    # Solid Protocol §8.1 #server-cors-acao-vary: "and list Origin in the Vary header value".
    return with_vary(headers, "Origin")


def with_vary(headers: Headers, name: str) -> Headers:
    """The headers with a request field in Vary."""
    listed = dict(headers).get("Vary")
    if listed is None:
        return (*headers, ("Vary", name))
    if name in listed.split(", "):
        return headers
    return tuple((n, f"{listed}, {name}" if n == "Vary" else value) for n, value in headers)


def is_preflight(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a browser asks if it may send another request (Fetch §3.3.2)."""
    return (
        method == "OPTIONS"
        and _ORIGIN.fullmatch(headers.get("Origin", "")) is not None
        and _METHOD.fullmatch(headers.get("Access-Control-Request-Method", "")) is not None
    )


def preflight(reply: Reply, method: str) -> Reply:
    """The answer to a preflight that asks for a method, made of the one to any OPTIONS.

    An address where OPTIONS is refused has it too, or the app could not read that refusal.
    """
    # Solid Protocol §8.1 #cors-server: blocking "MUST NOT happen via CORS".
    methods = _METHODS if method in _METHODS else (*_METHODS, method)
    return Reply(
        status=204,
        headers=(
            *(reply.headers if reply.status == 204 else ()),
            ("Access-Control-Allow-Methods", ", ".join(methods)),
            ("Access-Control-Max-Age", str(_MAX_AGE)),
        ),
    )
