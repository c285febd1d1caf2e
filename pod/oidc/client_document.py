"""The document at the address that is a client's id (Solid-OIDC §5.1 #clientids-document)."""

import json
from typing import Any
from urllib.parse import urlsplit

from pod.oidc.app import App, AppFlaw, grant_types, is_landing, page, redirect_uris, scopes, words

ACCEPT = "application/ld+json, application/json;q=0.9"
CONTEXT = "https://www.w3.org/ns/solid/oidc-context.jsonld"


def is_document_address(client: str) -> bool:
    """Whether a client's id is the address of a document that says what the client is.

    Whether an http address of this machine may be asked is for who fetches it to know.
    """
    return urlsplit(client).scheme in {"https", "http"} and is_landing(client)


def read_client_document(address: str, body: bytes) -> App:
    """The app that a document describes which was found at `address`. Raises AppFlaw."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise AppFlaw("", "the document of this app is not in JSON") from error
    if not isinstance(document, dict):
        raise AppFlaw("", "the document of this app must be a JSON object")
    # Solid-OIDC §5.1: "The serialized JSON form of a Client ID Document MUST use the normative
    # JSON-LD context provided at https://www.w3.org/ns/solid/oidc-context.jsonld".
    if CONTEXT not in _listed(document.get("@context")):
        raise AppFlaw("@context", f"the document of this app must have the context {CONTEXT}")
    # "the client_id field [...] MUST match the Client ID": it speaks of itself and nobody else.
    if document.get("client_id") != address:
        raise AppFlaw(
            "client_id", "the `client_id` in the document of this app must be its address"
        )
    landings = redirect_uris(document)
    if not landings:
        raise AppFlaw("redirect_uris", "the document of this app must list its `redirect_uris`")
    return App(
        id=address,
        redirect_uris=landings,
        grant_types=grant_types(document),
        scopes=scopes(document),
        post_logout_redirect_uris=redirect_uris(document, "post_logout_redirect_uris"),
        name=words(document, "client_name"),
        uri=page(document, "client_uri"),
        logo=page(document, "logo_uri"),
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
