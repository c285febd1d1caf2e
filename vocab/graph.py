"""The graph types that travel, and the lookups that rules need.

A Graph is a frozen set of triples; Nodes are the same by subject, which is what records are read
and written by: making and hashing a triple of a literal costs more than all else of it.
"""

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

Term = NamedNode | BlankNode | Literal
Graph = frozenset[Triple]
Dataset = frozenset[Quad]

Node = Mapping[str, Sequence[Term]]
"""What a graph says of one subject: the values of each property, by its IRI, each value once."""

Nodes = Mapping[str, Node]
"""A graph by subject: the IRI of one, or the label of a blank node behind `_:`."""

__all__ = [
    "BlankNode",
    "Dataset",
    "Graph",
    "Literal",
    "NamedNode",
    "Node",
    "Nodes",
    "Quad",
    "Term",
    "Triple",
    "name_of",
    "named_in",
    "nodes_of",
    "objects",
    "subjects",
    "text_of",
]


def objects(graph: Graph, subject: Term, predicate: NamedNode) -> Iterator[Term]:
    return (t.object for t in graph if t.subject == subject and t.predicate == predicate)  # type: ignore[misc]


def named_in(graph: Graph) -> frozenset[str]:
    """The IRIs of the subjects of a graph."""
    return frozenset(t.subject.value for t in graph if isinstance(t.subject, NamedNode))


def subjects(graph: Graph, predicate: NamedNode, value: Term) -> Iterator[Term]:
    return (t.subject for t in graph if t.predicate == predicate and t.object == value)  # type: ignore[misc]


def nodes_of(graph: Graph) -> dict[str, dict[str, list[Term]]]:
    """A graph by subject and then by property."""
    nodes: dict[str, dict[str, list[Term]]] = {}
    for triple in graph:
        subject = name_of(triple.subject)  # type: ignore[arg-type]  # a Graph quotes no triples
        value: Term = triple.object  # type: ignore[assignment]  # a Graph quotes no triples
        predicate = triple.predicate.value
        node = nodes.get(subject)
        if node is None:
            nodes[subject] = {predicate: [value]}
        elif predicate in node:
            node[predicate].append(value)
        else:
            node[predicate] = [value]
    return nodes


def name_of(subject: Term) -> str:
    """What a subject is called among Nodes."""
    return subject.value if isinstance(subject, NamedNode) else str(subject)


def text_of(node: Node, predicate: str) -> str:
    """The text of a value of a property, "" where there is none."""
    return next((value.value for value in node.get(predicate, ())), "")
