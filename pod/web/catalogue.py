"""The catalogue of data that are given back: a page, DCAT, and CSV, for anyone."""

from collections.abc import Iterator, Mapping

from aiohttp import web

from pod.catalogue.dcat import graph
from pod.catalogue.lines import Line, lines
from pod.catalogue.table import table
from pod.flows.context import Server
from pod.http.cors import PUBLIC
from pod.http.language import language_of
from pod.http.negotiate import negotiate
from pod.ldp.description import CATALOGUE
from pod.model import Reply
from pod.problems import NotAcceptable
from pod.rdf.formats import RdfFormat
from pod.rdf.serialise import serialise
from pod.web.page_fields import NOSNIFF
from pod.web.part import part, sent
from pod.web.ui.page import Look, page
from vocab.glossary import Word, glossary
from vocab.names import SD

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
    language = language_of(incoming.headers.get("Accept-Language"))
    look = Look(base=server.base, language=language, notice=server.config.notice)
    shown = [_shown(line, language) for line in lines()]
    return page("catalogue", look, {"groups": list(_grouped(shown))})


def _grouped(shown: list[dict[str, object]]) -> Iterator[tuple[object, list[dict[str, object]]]]:
    """The lines by holder, "" for those of whoever it is, in their order."""
    for name in dict.fromkeys(line["holder"] for line in shown):
        yield name, [line for line in shown if line["holder"] == name]


def _shown(line: Line, language: str) -> dict[str, object]:
    known, offer = glossary(), line.offer
    return {
        "holder": line.holder.name if line.holder else "",
        "name": offer.name,
        "title": offer.title[language],
        "remark": offer.remark.get(language, ""),
        "sector": _label(known, offer.sector, language),
        "classes": [
            {
                "address": f"/ns/selfdata#{name.removeprefix(SD.NS)}",
                "label": _label(known, name, language),
            }
            for name in offer.classes
        ],
        "kind": _label(known, offer.kind, language),
        "status": _label(known, offer.status, language),
        "sensitivity": _label(known, offer.sensitivity, language),
        "every": offer.every,
        "by": line.by,
        "missing": [_label(known, name, language) for name in line.missing],
    }


def _label(known: Mapping[str, Word], iri: str, language: str) -> str:
    return known[iri].label[language]
