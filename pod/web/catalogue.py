"""The catalogue of data that are given back: a page, DCAT, and CSV, for anyone."""

from aiohttp import web

from pod.catalogue.dcat import graph
from pod.catalogue.table import table
from pod.flows.context import Server
from pod.http.cors import PUBLIC
from pod.http.negotiate import negotiate
from pod.ldp.description import CATALOGUE
from pod.model import Reply
from pod.problems import NotAcceptable
from pod.rdf.formats import RdfFormat
from pod.rdf.serialise import serialise
from pod.web.catalogue_page import parts
from pod.web.look import look_of
from pod.web.page_fields import NOSNIFF
from pod.web.part import part, sent
from pod.web.ui.page import page

HTML, CSV = "text/html", "text/csv"
OFFERS = (HTML, RdfFormat.TURTLE.value, RdfFormat.JSON_LD.value, CSV)


async def answer_catalogue(incoming: web.BaseRequest, server: Server) -> Reply:
    """The catalogue in the form that is preferred, the page where any will do."""
    kind = negotiate(incoming.headers.get("Accept"), OFFERS, HTML)
    if kind is None:
        raise NotAcceptable(f"this document comes as {', '.join(OFFERS)}")
    if kind == HTML:
        return _page(incoming, server)
    if kind == CSV:
        return await answer_table(incoming, server)
    body = serialise(graph(server.base + CATALOGUE), RdfFormat(kind))
    return _sent(incoming, kind, body)


async def answer_table(incoming: web.BaseRequest, _server: Server) -> Reply:
    """The catalogue as CSV."""
    return _sent(incoming, "text/csv; charset=utf-8", table())


def _sent(incoming: web.BaseRequest, kind: str, body: bytes) -> Reply:
    found = part(kind, body, "public, max-age=3600")
    return sent(found, incoming, ("Vary", "Accept"), PUBLIC, NOSNIFF)


def _page(incoming: web.BaseRequest, server: Server) -> Reply:
    look = look_of(incoming, server)
    return page("catalogue", look, {"parts": parts(look.language)})
