"""Text to graph. Never touches the network; keeps every literal as it was written."""

import hashlib
import json
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from pod.problems import Malformed, TooLarge
from pod.rdf.bounds import check_depth
from pod.rdf.contexts import written_out
from pod.rdf.formats import RdfFormat
from vocab.graph import BlankNode, Graph, Triple

LIMIT = 10 * 1024 * 1024  # bytes of one document that are read as RDF
MAX_QUOTED = 500  # marks of quoted triples

_SYNTAX = {
    RdfFormat.TURTLE: ox.RdfFormat.TURTLE,
    RdfFormat.JSON_LD: ox.RdfFormat.JSON_LD,
    RdfFormat.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
}
_NAMES = {
    RdfFormat.TURTLE: "Turtle",
    RdfFormat.JSON_LD: "JSON-LD",
    RdfFormat.N_TRIPLES: "N-Triples",
}
_DEFAULT_GRAPH = ox.DefaultGraph()
QUOTED = "triples within triples (RDF 1.2) are not supported; use RDF 1.1"


def parse(text: bytes, syntax: RdfFormat, base: str) -> Graph:
    """The triples of a document's default graph; relative IRIs are resolved against `base`.

    The blank nodes are the document's own: no other document has them, and the same text at the
    same address has the same ones. Raises Malformed for a text that is not in the syntax, and
    TooLarge for one over LIMIT.
    """
    if len(text) > LIMIT:
        raise TooLarge(f"documents of more than {LIMIT // 2**20} MiB cannot be read as RDF")
    quads = _quads(text, syntax, base)
    triples = [quad.triple for quad in quads if quad.graph_name == _DEFAULT_GRAPH]
    if any(isinstance(triple.object, Triple) for triple in triples):
        raise Malformed(QUOTED)
    return frozenset(_owned(triples, text, base))


def has_named_graphs(text: bytes, syntax: RdfFormat, base: str) -> bool:
    """Whether a document says more than is in its default graph. Raises as `parse` does."""
    return any(quad.graph_name != _DEFAULT_GRAPH for quad in _quads(text, syntax, base))


def _quads(text: bytes, syntax: RdfFormat, base: str) -> list[ox.Quad]:
    readable = _checked(text, syntax)
    try:
        return list(ox.parse(readable, format=_SYNTAX[syntax], base_iri=base))
    except SyntaxError as error:
        raise Malformed(_sentence(error, syntax)) from error


def _checked(text: bytes, syntax: RdfFormat) -> bytes:
    """The text that is safe to give to the parser, which recurses without a bound."""
    try:
        characters = text.decode()
    except UnicodeDecodeError as error:
        raise Malformed("the document is not in UTF-8; convert it") from error
    if syntax is RdfFormat.JSON_LD:
        return _checked_json(text, characters)
    if text.count(b"<<(") > MAX_QUOTED:
        raise Malformed(QUOTED)
    return text


def _checked_json(text: bytes, characters: str) -> bytes:
    check_depth(characters)
    try:
        document = json.loads(characters)
    except ValueError as error:
        raise Malformed(f"the JSON is broken: {error}") from error
    if not isinstance(document, dict | list):
        raise Malformed("a JSON-LD document must be an object or a list")
    written = written_out(document)
    return text if written is document else json.dumps(written).encode()


def _owned(triples: Iterable[Triple], text: bytes, base: str) -> Iterator[Triple]:
    """The triples with blank nodes named after the document and their order in it."""
    document = hashlib.sha256(base.encode() + b"\n" + text).hexdigest()[:16]
    names: dict[BlankNode, BlankNode] = {}

    def own(node: BlankNode) -> BlankNode:
        return names.setdefault(node, BlankNode(f"n{document}x{len(names)}"))

    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
            subject = own(subject) if isinstance(subject, BlankNode) else subject
            value = own(value) if isinstance(value, BlankNode) else value
            yield Triple(subject, triple.predicate, value)
        else:
            yield triple


def _sentence(error: SyntaxError, syntax: RdfFormat) -> str:
    """What is wrong and where, from the parser's own words."""
    if error.lineno is None:
        return f"the {_NAMES[syntax]} is broken: {error.msg}"
    what = " ".join(error.msg.partition(": ")[2].split())[:200]
    return f"the {_NAMES[syntax]} is broken in line {error.lineno}, column {error.offset}: {what}"
