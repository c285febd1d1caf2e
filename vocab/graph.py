"""The graph types that travel: frozen sets of triples or quads, and the lookups that rules need."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

Term = NamedNode | BlankNode | Literal
Graph = frozenset[Triple]
Dataset = frozenset[Quad]

__all__ = [
    "BlankNode",
    "Dataset",
    "Graph",
    "Literal",
    "NamedNode",
    "Quad",
    "Term",
    "Triple",
    "named_in",
    "objects",
    "subjects",
]


def objects(graph: Graph, subject: Term, predicate: NamedNode) -> Iterator[Term]:
    return (t.object for t in graph if t.subject == subject and t.predicate == predicate)  # type: ignore[misc]


def named_in(graph: Graph) -> frozenset[str]:
    """The IRIs of the subjects of a graph."""
    return frozenset(t.subject.value for t in graph if isinstance(t.subject, NamedNode))


def subjects(graph: Graph, predicate: NamedNode, value: Term) -> Iterator[Term]:
    return (t.subject for t in graph if t.predicate == predicate and t.object == value)  # type: ignore[misc]
