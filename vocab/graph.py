"""The one graph type that travels: a frozen set of triples, and the lookups that rules need."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal
Graph = frozenset[Triple]

__all__ = ["BlankNode", "Graph", "Literal", "NamedNode", "Term", "Triple", "objects", "subjects"]


def objects(graph: Graph, subject: Term, predicate: NamedNode) -> Iterator[Term]:
    return (t.object for t in graph if t.subject == subject and t.predicate == predicate)  # type: ignore[misc]


def subjects(graph: Graph, predicate: NamedNode, value: Term) -> Iterator[Term]:
    return (t.subject for t in graph if t.predicate == predicate and t.object == value)  # type: ignore[misc]
