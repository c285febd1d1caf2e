"""Somebody opens an address in a web browser: when that is so, and where a page shows it.

No address of a pod is ever a page of the server; the page has an address of its own (NEG-10).
"""

from urllib.parse import quote

from pod.http.negotiate import negotiate
from pod.ldp.links import discovery_links
from pod.ldp.represent import VARY
from pod.model import Reply, Request, Resource
from pod.rdf.formats import RdfFormat

_HTML = "text/html"
_OFFERS = (*(each.media_type for each in RdfFormat if each is not RdfFormat.TURTLE), _HTML)


def is_navigation(request: Request) -> bool:
    """Whether a web browser opens the address: it asks for HTML by name, and rather than for RDF.

    Who sends credentials is an app: a browser that opens an address has none to send.
    """
    headers = request.headers
    accept = headers.get("Accept")
    if accept is None or request.method not in {"GET", "HEAD"} or "Authorization" in headers:
        return False
    return negotiate(accept, _OFFERS, RdfFormat.TURTLE.media_type) == _HTML


def is_for_browsers(found: Resource) -> bool:
    """Whether a web browser is given the bytes that are stored: pages, pictures, files, not RDF."""
    return not found.iri.is_container and RdfFormat.of(found.media_type) is None


def to_page(request: Request, page: str) -> Reply:
    """The answer that leads to the page: the same for what is there, what is not, what is private.

    `page` is its absolute address, which takes what to show in a query.
    """
    # RFC 9110 §15.4.4: "a representation that might be useful to the recipient without implying
    # that it represents the original target resource".
    headers = (
        ("Location", f"{page}?uri={quote(str(request.target), safe='')}"),
        ("Cache-Control", "no-store"),
        VARY,
        *discovery_links(request.target),
    )
    return Reply(status=303, headers=headers)
