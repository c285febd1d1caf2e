"""What SHACL shapes say, read from their triples: as much of SHACL Core as vocab/shapes/ uses.

A shape that says anything else is refused, so that no rule of it can go unheeded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from vocab.graph import Graph, Node, Nodes, Term, name_of, nodes_of, text_of
from vocab.names import DCTERMS, RDF, RDFS, SH

_TERM_STATUS = "http://www.w3.org/2003/06/sw-vocab-status/ns#term_status"
_OF_A_SHAPE = frozenset(
    {
        *(RDF.type, RDFS.label, DCTERMS.created, _TERM_STATUS),
        *(SH.targetClass, SH.nodeKind, SH.node, SH.property),
    }
)
_OF_A_PROPERTY = frozenset(
    {
        *(SH.path, SH.minCount, SH.maxCount, SH.datatype, SH.or_, SH.nodeKind),
        *(SH.pattern, SH.in_, SH.minInclusive, SH.maxInclusive),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """What the values of one property must be.

    `datatypes` are IRIs of which any will do, () where none is asked for; `values` are the IRIs
    of a closed list, () where there is none; `iri` is True where each value must be an IRI.
    """

    path: str
    at_least: int
    at_most: int | None
    datatypes: tuple[str, ...]
    iri: bool
    pattern: str | None
    values: tuple[str, ...]
    minimum: Decimal | None
    maximum: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One node shape, with the properties of the shapes it includes.

    `target` is the class it is for; `named` is True where its nodes must have an IRI.
    """

    iri: str
    target: str
    named: bool
    properties: tuple[Property, ...]


def read_shapes(graph: Graph) -> tuple[Shape, ...]:
    """The node shapes of a graph, by IRI. Raises ValueError for a rule that is not known here."""
    nodes = nodes_of(graph)
    found = [
        subject
        for subject, node in nodes.items()
        if not subject.startswith("_:") and SH.NodeShape in _texts(node, RDF.type)
    ]
    return tuple(sorted((_shape(nodes, subject) for subject in found), key=lambda shape: shape.iri))


def _shape(nodes: Nodes, subject: str) -> Shape:
    node = nodes[subject]
    _refuse_others(node, _OF_A_SHAPE)
    included = [_shape(nodes, name) for name in _texts(node, SH.node)]
    own = [_property(nodes, nodes[name_of(bnode)]) for bnode in node.get(SH.property, ())]
    inherited = (rule for shape in included for rule in shape.properties)
    return Shape(
        iri=subject,
        target=text_of(node, SH.targetClass),
        named=_only_iris(node) or any(shape.named for shape in included),
        properties=tuple(sorted({*own, *inherited}, key=_rank)),
    )


def _rank(rule: Property) -> tuple[bool, str, str]:
    return rule.at_least == 0, rule.path, repr(rule)


def _property(nodes: Nodes, node: Node) -> Property:
    _refuse_others(node, _OF_A_PROPERTY)
    count = {name: text_of(node, name) for name in (SH.minCount, SH.maxCount)}
    bound = {name: text_of(node, name) for name in (SH.minInclusive, SH.maxInclusive)}
    choices = (
        nodes[name_of(branch)] for head in node.get(SH.or_, ()) for branch in _list(nodes, head)
    )
    datatypes = _texts(node, SH.datatype) + [text_of(branch, SH.datatype) for branch in choices]
    return Property(
        path=text_of(node, SH.path),
        at_least=int(count[SH.minCount] or 0),
        at_most=int(count[SH.maxCount]) if count[SH.maxCount] else None,
        datatypes=tuple(datatypes),
        iri=_only_iris(node),
        pattern=text_of(node, SH.pattern) or None,
        values=tuple(term.value for head in node.get(SH.in_, ()) for term in _list(nodes, head)),
        minimum=Decimal(bound[SH.minInclusive]) if bound[SH.minInclusive] else None,
        maximum=Decimal(bound[SH.maxInclusive]) if bound[SH.maxInclusive] else None,
    )


def _refuse_others(node: Node, known: frozenset[str]) -> None:
    unknown = node.keys() - known
    if unknown:
        raise ValueError(f"leave {', '.join(sorted(unknown))} out of the shapes: it is not checked")


def _only_iris(node: Node) -> bool:
    kinds = _texts(node, SH.nodeKind)
    if kinds not in ([], [SH.IRI]):
        raise ValueError("ask for no node kind but sh:IRI in the shapes: no other is checked")
    return bool(kinds)


def _texts(node: Node, predicate: str) -> list[str]:
    return [term.value for term in node.get(predicate, ())]


def _list(nodes: Nodes, head: Term) -> Iterator[Term]:
    """The members of an RDF collection."""
    while (link := nodes.get(name_of(head))) is not None:
        yield link[RDF.first][0]
        head = link[RDF.rest][0]
