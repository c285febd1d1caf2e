"""What a document says that the pod holds, by subject: for imports, which read many of them."""

import pyoxigraph as ox

from pod.rdf.formats import RdfFormat
from pod.rdf.parse import as_it_stands, parse
from vocab.graph import BlankNode, Nodes, Term, nodes_of


def held_nodes(text: bytes, syntax: RdfFormat, base: str) -> Nodes:
    """The triples of a document, by subject, as `parse` has them; for texts that it read before.

    Raises what `parse` raises.
    """
    plain = as_it_stands(text, syntax)
    nodes = None if plain is None else _without_blanks(text, plain, base)
    return nodes_of(parse(text, syntax, base)) if nodes is None else nodes


def _without_blanks(text: bytes, syntax: ox.RdfFormat, base: str) -> Nodes | None:
    """The same at once, without a set of triples; None where `parse` has to name blank nodes."""
    nodes: dict[str, dict[str, list[Term]]] = {}
    try:
        for subject, predicate, value, _ in ox.parse(text, syntax, base_iri=base):
            if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
                return None
            node = nodes.setdefault(subject.value, {})
            node.setdefault(predicate.value, []).append(value)
    except SyntaxError:
        return None
    for node in nodes.values():
        for name, values in node.items():
            if len(values) > 1:  # a text may say a thing twice, and a graph does not
                node[name] = list(dict.fromkeys(values))
    return nodes
