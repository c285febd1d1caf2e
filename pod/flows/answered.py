"""The answer of the server's own addresses: made for who asks, and kept by nobody on the way."""

from pod.ldp.allow import Headers, allow_headers
from pod.ldp.links import discovery_links
from pod.ldp.represent import VARY
from pod.model import Reply, Request

JSON = "application/json"


def answered(
    request: Request,
    media_type: str,
    body: bytes,
    *more: tuple[str, str],
    status: int = 200,
    vary: tuple[str, str] = VARY,
) -> Reply:
    """A reply with a body and what every answer here has."""
    headers: Headers = (
        ("Content-Type", media_type),
        *more,
        vary,
        ("Cache-Control", "no-store"),
        *allow_headers(request.target),
        *discovery_links(request.target),
    )
    return Reply(status=status, headers=headers, body=body)
