"""What holders give or are asked to give, and what services use: the catalogue as values.

vocab/catalogue/ is its source: asked.ttl whoever the holder is, given.ttl holder by holder,
holders.ttl, services.ttl.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from vocab import turtle
from vocab.graph import Graph, Literal, Node, nodes_of
from vocab.names import DCAT, DCTERMS, RDF, RDFS, SCHEMA, SD

FREQUENCIES: Final = "http://publications.europa.eu/resource/authority/frequency/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One line of the catalogue.

    `classes`, `kind`, `sector`, `status`, `sensitivity` and `origin` are IRIs, the last "" where
    the classes tell it. `answers` are the needs it answers ("DAT-15"). `every` and `depth` are
    durations ("P1D"), "" where they are not known. `rhythm` says how often where no duration does:
    "CONT", "IRREG" or "UNKNOWN", of the frequencies of the EU. `publisher` is the IRI of the
    holder, "" for an offer of whoever is in the sector. `formats` are formats that it is given in
    beside those that are its holder's own.
    """

    iri: str
    title: Mapping[str, str]
    remark: Mapping[str, str]
    answers: tuple[str, ...]
    classes: tuple[str, ...]
    kind: str
    sector: str
    status: str
    sensitivity: str
    origin: str
    every: str
    rhythm: str
    depth: str
    publisher: str
    formats: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.iri.rpartition("#")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderEntry:
    """A holder that the catalogue names; `sector` is an IRI."""

    iri: str
    name: str
    sector: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that people had the idea of, and the classes that it needs."""

    iri: str
    title: Mapping[str, str]
    classes: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.iri.rpartition("#")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The whole of it: holders by IRI, and the rest in alphabetical order of IRI."""

    offers: tuple[Offer, ...]
    holders: Mapping[str, HolderEntry]
    services: tuple[Service, ...]
    titles: Mapping[str, Mapping[str, str]]
    """The titles of the catalogues it is made of, by their IRI."""


@cache
def catalogue() -> Catalogue:
    """The catalogue of this package."""
    return read_catalogue(turtle.read("catalogue"))


def read_catalogue(graph: Graph) -> Catalogue:
    """The catalogue that a graph says."""
    nodes = sorted(nodes_of(graph).items())
    holders = (_holder(iri, node) for iri, node in _typed(nodes, SD.Holder))
    return Catalogue(
        offers=tuple(_offer(iri, node) for iri, node in _typed(nodes, SD.DataOffer)),
        holders={holder.iri: holder for holder in holders},
        services=tuple(
            Service(
                iri=iri,
                title=_by_language(node, DCTERMS.title),
                classes=_texts(node, DCTERMS.requires),
            )
            for iri, node in _typed(nodes, SCHEMA.Service)
        ),
        titles={
            iri: _by_language(node, DCTERMS.title) for iri, node in _typed(nodes, DCAT.Catalog)
        },
    )


def _typed(nodes: Iterable[tuple[str, Node]], kind: str) -> Iterable[tuple[str, Node]]:
    return ((iri, node) for iri, node in nodes if kind in _texts(node, RDF.type))


def _offer(iri: str, node: Node) -> Offer:
    return Offer(
        iri=iri,
        title=_by_language(node, DCTERMS.title),
        remark=_by_language(node, RDFS.comment),
        answers=_texts(node, DCTERMS.identifier),
        classes=_texts(node, SD.recordClass),
        kind=_one(node, SD.dataKind),
        sector=_one(node, SD.sector),
        status=_one(node, SD.status),
        sensitivity=_one(node, SD.sensitivity),
        origin=_one(node, SD.dataOrigin),
        every=_one(node, SD.updateEvery),
        rhythm=_one(node, DCTERMS.accrualPeriodicity).removeprefix(FREQUENCIES),
        depth=_one(node, SD.historyDepth),
        publisher=_one(node, DCTERMS.publisher),
        formats=_texts(node, DCTERMS.format),
    )


def _holder(iri: str, node: Node) -> HolderEntry:
    return HolderEntry(iri=iri, name=_one(node, SCHEMA.name), sector=_one(node, SD.sector))


def _texts(node: Node, predicate: str) -> tuple[str, ...]:
    return tuple(sorted(term.value for term in node.get(predicate, ())))


def _one(node: Node, predicate: str) -> str:
    return next(iter(_texts(node, predicate)), "")


def _by_language(node: Node, predicate: str) -> dict[str, str]:
    return {
        term.language: term.value
        for term in node.get(predicate, ())
        if isinstance(term, Literal) and term.language is not None
    }
