"""The server's own addresses: its issuer, the shared vocabulary, and the page that says what it is.

Everything here is public and the same for everyone.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from html import escape

from aiohttp import web

from pod.account.controls import Registration
from pod.flows.context import Server
from pod.http.cors import PUBLIC
from pod.http.negotiate import negotiate
from pod.ldp.allow import DESCRIPTION
from pod.ldp.constraints import CONSTRAINTS, MEDIA_TYPES, constraints
from pod.ldp.description import CATALOGUE, server_graph
from pod.model import Reply
from pod.oidc.discovery import openid_configuration
from pod.problems import NotAcceptable, NotFound
from pod.rdf.formats import RdfFormat
from pod.rdf.serialise import serialise
from pod.web.about import answer_about, answer_patterns
from pod.web.catalogue import answer_catalogue, answer_table
from pod.web.incoming import path_of
from pod.web.look import look_of
from pod.web.methods import chosen, options
from pod.web.page_fields import NOSNIFF, page_fields
from pod.web.part import part, sent
from pod.web.places import ABOUT, PATTERNS, SIGN_IN, SIGN_UP, VISIT
from pod.web.ui.page import page
from vocab.documents import document, media_types
from vocab.profile import MEDIA_TYPES as OF_PROFILES

HTML = "text/html"
EXTENSIONS = "/ns/ext/"

Answer = Callable[[web.BaseRequest, Server], Awaitable[Reply]]


async def answer_own(incoming: web.BaseRequest, server: Server) -> Reply:
    """The answer at an address outside every pod. Raises NotFound and MethodNotAllowed."""
    path = path_of(incoming).partition("?")[0]
    methods = ROUTES.get(path) or _of_profile(path, server)
    if methods is None and wants_page(incoming):
        return nothing_here(incoming, server)
    if methods is None:
        there = server.addresses.storage_of("NAME")
        raise NotFound(f"nothing is at this address; a pod's address is {there} to its last slash")
    if incoming.method == "OPTIONS":
        return options(methods)
    return await chosen(incoming.method, methods)(incoming, server)


def nothing_here(incoming: web.BaseRequest, server: Server) -> Reply:
    """What a person is told at an address of the server that nothing is at."""
    values = {"message": "gone", "detail": ""}
    return page("message", look_of(incoming, server), values, status=404)


def wants_page(incoming: web.BaseRequest) -> bool:
    """Whether who asks reads pages rather than what programs do: a web browser."""
    offered = ("application/json", HTML)
    return negotiate(incoming.headers.get("Accept"), offered, offered[0]) == HTML


async def _configuration(_incoming: web.BaseRequest, server: Server) -> Reply:
    return _json(openid_configuration(server.base))


async def _record_keys(_incoming: web.BaseRequest, server: Server) -> Reply:
    """The keys that journals, consent records and agreements are signed with: every one ever."""
    return _json(server.pods.notary.jwks())


async def _front(incoming: web.BaseRequest, server: Server) -> Reply:
    values = {
        "storage": server.addresses.storage_of("NAME"),
        "open": server.config.registration_mode is not Registration.CLOSED,
        "visited": bool(server.config.visited),
        "to": {"sign_in": SIGN_IN, "sign_up": SIGN_UP, "visit": VISIT},
    }
    return page("front", look_of(incoming, server), values)


def _vocabulary(name: str) -> Answer:
    return _offered(media_types(name), lambda kind, _: document(name, kind))


def _of_profile(path: str, server: Server) -> dict[str, Answer] | None:
    """What may be done at the address of an extension profile."""
    if not path.startswith(EXTENSIONS):
        return None
    found = server.profiles.get(path.removeprefix(EXTENSIONS))
    if found is None:
        return None
    return {"GET": _offered(OF_PROFILES, lambda kind, _: found.document(kind))}


def _offered(offers: Sequence[str], make: Callable[[str, Server], bytes]) -> Answer:
    """A document in several media types, the first where any will do."""

    async def answer(incoming: web.BaseRequest, server: Server) -> Reply:
        kind = negotiate(incoming.headers.get("Accept"), offers, offers[0])
        if kind is None:
            raise NotAcceptable(f"this document comes as {', '.join(offers)}")
        body = make(kind, server)
        if kind == HTML:
            body = noticed(body, server)
        fields = page_fields(body) if kind == HTML else (NOSNIFF,)
        found = part(kind, body, "public, max-age=3600")
        return sent(found, incoming, ("Vary", "Accept"), PUBLIC, *fields)

    return answer


def _description(kind: str, server: Server) -> bytes:
    return serialise(server_graph(server.base), RdfFormat(kind))


def noticed(page: bytes, server: Server) -> bytes:
    """A page with the notice that this server shows on every page, in both languages where they
    differ.
    """
    said = server.config.notice
    if not said.en:
        return page
    french = "" if said.fr == said.en else f'<span lang="fr">{escape(said.fr)}</span> '
    notice = f'<p role="note"><strong>{french}<span lang="en">{escape(said.en)}</span></strong></p>'
    return page.replace(b"<body>", b"<body>" + notice.encode(), 1)


def _json(value: object) -> Reply:
    headers = (("Content-Type", "application/json"), NOSNIFF, PUBLIC)
    return Reply(status=200, headers=headers, body=json.dumps(value).encode())


ROUTES: dict[str, dict[str, Answer]] = {
    "/": {"GET": _front},
    ABOUT: {"GET": answer_about},
    PATTERNS: {"GET": answer_patterns},
    "/.well-known/openid-configuration": {"GET": _configuration},
    # RFC 8414 §3.1: the same for those who ask by the newer name.
    "/.well-known/oauth-authorization-server": {"GET": _configuration},
    "/.well-known/record-keys": {"GET": _record_keys},
    f"/{DESCRIPTION}": {"GET": _offered([one.value for one in RdfFormat], _description)},
    f"/{CONSTRAINTS}": {
        "GET": _offered(MEDIA_TYPES, lambda kind, server: constraints(server.base, kind))
    },
    f"/{CATALOGUE}": {"GET": answer_catalogue},
    f"/{CATALOGUE}.csv": {"GET": answer_table},
    "/ns/selfdata": {"GET": _vocabulary("")},
    "/ns/selfdata/codes": {"GET": _vocabulary("codes")},
    "/ns/selfdata/shapes": {"GET": _vocabulary("shapes")},
    "/ns/selfdata/context.jsonld": {"GET": _vocabulary("context.jsonld")},
    "/ns/selfdata/app.jsonld": {"GET": _vocabulary("app.jsonld")},
}
