"""What was left open, as a document of annotations has it, and as it is read back."""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256

from pod.matching.match import Open
from pod.matching.rules import RULES
from vocab.graph import Graph, Literal, NamedNode, Node, Triple, nodes_of, text_of
from vocab.names import PROV, RDF, SD, XSD

_BY = "urn:sd:matching:"


def open_graph(left: Iterable[Open], document: str) -> Graph:
    """Each of what was left open, with its records and what they could belong to."""
    return frozenset(triple for one in left for triple in _triples(one, document))


def open_in(document: Graph) -> tuple[Open, ...]:
    """What a document says was left open, by its days; what is none is left out."""
    found = (_open(node) for node in nodes_of(document).values())
    return tuple(sorted((one for one in found if one), key=lambda one: (one.day, one.sources)))


def _triples(one: Open, document: str) -> Iterator[Triple]:
    said = "\n".join((one.rule, *one.sources))
    about = NamedNode(f"{document}#o-{sha256(said.encode()).hexdigest()[:16]}")
    day = Literal(one.day.isoformat(), datatype=NamedNode(XSD.date))
    yield Triple(about, NamedNode(SD.date), day)
    yield Triple(about, NamedNode(PROV.wasGeneratedBy), NamedNode(_BY + one.rule))
    yield from (Triple(about, NamedNode(RDF.subject), NamedNode(iri)) for iri in one.sources)
    yield from (Triple(about, NamedNode(RDF.object), NamedNode(iri)) for iri in one.alternatives)


def _open(node: Node) -> Open | None:
    rule = text_of(node, PROV.wasGeneratedBy).removeprefix(_BY)
    sources = tuple(sorted(one.value for one in node.get(RDF.subject, ())))
    try:
        day = date.fromisoformat(text_of(node, SD.date))
    except ValueError:
        return None
    alternatives = tuple(sorted(one.value for one in node.get(RDF.object, ())))
    if rule not in RULES or not sources or not alternatives:
        return None
    return Open(rule=rule, sources=sources, alternatives=alternatives, day=day)
