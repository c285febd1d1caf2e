"""What a run has looked at: of each document its version, and the days of its records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vocab.graph import Graph, Literal, NamedNode, Node, Triple, nodes_of, text_of
from vocab.names import SCHEMA, XSD

_VERSION: Final = SCHEMA.NS + "version"

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Looked:
    """The version of a document, and the first and last day of what it has to be matched."""

    version: str
    days: Days | None


def looked_graph(looked: Mapping[str, Looked]) -> Graph:
    """What was looked at, by the IRIs of documents, as a graph about them."""
    return frozenset(triple for iri, one in looked.items() for triple in _triples(iri, one))


def looked_at(graph: Graph) -> dict[str, Looked]:
    """What a graph says was looked at."""
    return {
        iri: Looked(text_of(node, _VERSION), _days(node)) for iri, node in nodes_of(graph).items()
    }


def _triples(iri: str, one: Looked) -> Iterator[Triple]:
    about = NamedNode(iri)
    yield Triple(about, NamedNode(_VERSION), Literal(one.version))
    for name, day in zip((SCHEMA.startDate, SCHEMA.endDate), one.days or (), strict=False):
        value = Literal(day.isoformat(), datatype=NamedNode(XSD.date))
        yield Triple(about, NamedNode(name), value)


def _days(node: Node) -> Days | None:
    first, last = text_of(node, SCHEMA.startDate), text_of(node, SCHEMA.endDate)
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None
