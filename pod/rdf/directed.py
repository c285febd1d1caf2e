"""Texts with a base direction: JSON-LD 1.1 can say them, and RDF 1.1 cannot."""

from pod.rdf.formats import RdfFormat
from vocab.graph import Literal, Quad

# What stands in a document that has some, whatever else it holds. A key of JSON may be escaped.
_SIGNS = {RdfFormat.JSON_LD: (b"direction", b"\\u"), RdfFormat.RDF_XML: (b"dir",)}


def may_be_directed(text: bytes, syntax: RdfFormat) -> bool:
    """Whether a document has to be looked through for such texts."""
    return any(sign in text for sign in _SIGNS.get(syntax, (b"--",)))


def is_directed(quad: Quad) -> bool:
    value = quad.object
    return isinstance(value, Literal) and value.direction is not None


def undirected(quad: Quad) -> Quad:
    """What RDF 1.1 can say of it: the text in its language."""
    # JSON-LD 1.1 API §8.2.2: without a choice of "rdfDirection", directions are passed over.
    value = quad.object
    if not isinstance(value, Literal) or value.direction is None:
        return quad
    said = Literal(value.value, language=value.language)
    return Quad(quad.subject, quad.predicate, said, quad.graph_name)
