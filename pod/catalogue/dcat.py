"""The catalogue as DCAT: each offer a dataset, each format that imports it a distribution."""

from collections.abc import Iterator
from typing import Final

from pod.catalogue.lines import Line, lines
from vocab import turtle
from vocab.graph import Graph, Literal, NamedNode, Triple
from vocab.names import DCAT, DCTERMS, DPV, RDF
from vocab.offers import FREQUENCIES, catalogue
from vocab.shapes import shape_of


def graph(address: str) -> Graph:
    """The statements of the catalogue, as it is served at an address."""
    return frozenset(_said(address)) | turtle.read("catalogue")


def _said(address: str) -> Iterator[Triple]:
    whole, parts = NamedNode(address), catalogue().titles
    yield Triple(whole, NamedNode(RDF.type), NamedNode(DCAT.Catalog))
    for language, title in _TITLE.items():
        yield Triple(whole, NamedNode(DCTERMS.title), Literal(title, language=language))
    for iri in parts:
        yield Triple(whole, NamedNode(DCAT.catalog), NamedNode(iri))
    for line in lines():
        yield Triple(whole, NamedNode(DCAT.dataset), NamedNode(line.offer.iri))
        yield from _of(line, address)


def _of(line: Line, address: str) -> Iterator[Triple]:
    offer = NamedNode(line.offer.iri)
    for iri in line.personal:
        yield Triple(offer, NamedNode(DPV.hasPersonalData), NamedNode(iri))
    for name in line.offer.classes:
        yield Triple(offer, NamedNode(DCTERMS.conformsTo), NamedNode(shape_of(name).iri))
    if rhythm := _RHYTHMS.get(line.offer.every):
        yield Triple(offer, NamedNode(DCTERMS.accrualPeriodicity), NamedNode(FREQUENCIES + rhythm))
    for name in line.by:
        way = NamedNode(f"{address}#{line.offer.name}-{name}")
        yield Triple(offer, NamedNode(DCAT.distribution), way)
        yield Triple(way, NamedNode(RDF.type), NamedNode(DCAT.Distribution))
        yield Triple(way, NamedNode(DCTERMS.format), Literal(name))


# The frequencies of the EU that DCAT-AP asks for, by the durations that we write.
_RHYTHMS: Final = {
    "PT1H": "HOURLY",
    "P1D": "DAILY",
    "P7D": "WEEKLY",
    "P1M": "MONTHLY",
    "P6M": "ANNUAL_2",
    "P1Y": "ANNUAL",
}
_TITLE: Final = {"fr": "Catalogue des données restituées", "en": "Catalogue of data given back"}
