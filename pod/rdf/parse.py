"""Text to graph. Never touches the network; keeps every literal as it was written.

Only of a language tag the case is not kept: RDF 1.1 §3.3 has tags in lower case.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from pod.problems import Malformed, TooLarge
from pod.rdf.bounds import check_depth
from pod.rdf.contexts import written_out
from pod.rdf.directed import is_directed, may_be_directed, undirected
from pod.rdf.formats import RdfFormat
from pod.rdf.rdf_xml import check_xml
from pod.rdf.reading import Room, opened, read
from vocab.graph import BlankNode, Dataset, Graph, NamedNode, Quad, Triple

LIMIT = 10 * 1024 * 1024  # bytes of one document that are read as RDF
MAX_QUOTED = 500  # marks of quoted triples

_SYNTAX = {
    RdfFormat.TURTLE: ox.RdfFormat.TURTLE,
    RdfFormat.JSON_LD: ox.RdfFormat.JSON_LD,
    RdfFormat.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    RdfFormat.N_QUADS: ox.RdfFormat.N_QUADS,
    RdfFormat.TRIG: ox.RdfFormat.TRIG,
    RdfFormat.RDF_XML: ox.RdfFormat.RDF_XML,
}
_ALONE = {RdfFormat.TURTLE, RdfFormat.N_TRIPLES}
_NOT_ALONE = (b"<<", b"--", "\ufeff".encode())  # quoted triples, directions of texts, a mark
_DEFAULT_GRAPH = ox.DefaultGraph()
_MARK = "\ufeff".encode()  # the byte order mark that some editors put before a text
QUOTED = "triples within triples (RDF 1.2) are not supported; use RDF 1.1"

_Node = NamedNode | BlankNode


def parse(text: bytes, syntax: RdfFormat, base: str) -> Graph:
    """The triples of a document's default graph; relative IRIs are resolved against `base`.

    The blank nodes are the document's own: no other document has them, and the same text at the
    same address has the same ones. Raises Malformed for a text that is not in the syntax, and
    TooLarge for one over LIMIT, or that says too much.
    """
    quads = _quads(text, syntax, base)
    if may_be_directed(text, syntax):
        quads = [undirected(quad) for quad in quads]
    triples = [quad.triple for quad in quads if quad.graph_name == _DEFAULT_GRAPH]
    return frozenset(_owned(triples, _Names(text, base)))


def as_it_stands(text: bytes, syntax: RdfFormat) -> ox.RdfFormat | None:
    """The library's name for the syntax of a text that it reads by itself as `parse` does, or None.

    Only that it names blank nodes by chance, and knows no bounds but LIMIT: this is for texts that
    `parse` has read before.
    """
    if syntax not in _ALONE or len(text) > LIMIT or any(sign in text for sign in _NOT_ALONE):
        return None
    return _SYNTAX[syntax]


def parse_dataset(text: bytes, syntax: RdfFormat, base: str) -> Dataset:
    """All that a document says, in its default graph and in named ones; see `parse`.

    Texts of JSON-LD with a base direction keep it here.
    """
    names = _Names(text, base)
    return frozenset(names.quad(quad) for quad in _quads(text, syntax, base))


def has_named_graphs(text: bytes, syntax: RdfFormat, base: str) -> bool:
    """Whether a document says more than is in its default graph. Raises as `parse` does."""
    if not syntax.has_graphs:
        return False
    return any(quad.graph_name != _DEFAULT_GRAPH for quad in _quads(text, syntax, base))


def declared_prefixes(text: bytes, syntax: RdfFormat) -> dict[str, str]:
    """The prefixes that a document of Turtle or TriG declares, by name. Raises as `parse` does."""
    parser = opened(_checked(text, syntax), _SYNTAX[syntax], "urn:x:")
    for _ in parser:
        pass
    return parser.prefixes


def _quads(text: bytes, syntax: RdfFormat, base: str) -> list[Quad]:
    readable = _checked(text, syntax)
    try:
        quads = read(opened(readable, _SYNTAX[syntax], base), Room())
    except SyntaxError as error:
        raise Malformed(_sentence(error, syntax)) from error
    if any(isinstance(quad.object, Triple) for quad in quads):
        raise Malformed(QUOTED)
    # JSON-LD 1.1 has directions, and no RDF 1.1 for them (JSON-LD 1.1 API §9: "rdfDirection").
    refused = syntax is not RdfFormat.JSON_LD and may_be_directed(text, syntax)
    if refused and any(map(is_directed, quads)):
        raise Malformed("texts with a base direction (RDF 1.2) are not supported; leave it out")
    return quads


def _checked(text: bytes, syntax: RdfFormat) -> bytes:
    """The text that is safe to give to the parser, which recurses without a bound."""
    if len(text) > LIMIT:
        raise TooLarge(f"documents of more than {LIMIT // 2**20} MiB cannot be read as RDF")
    text = text.removeprefix(_MARK)
    try:
        characters = text.decode()
    except UnicodeDecodeError as error:
        raise Malformed("the document is not in UTF-8; convert it") from error
    if syntax is RdfFormat.JSON_LD:
        return _checked_json(text, characters)
    if syntax is RdfFormat.RDF_XML:
        check_xml(text)
    elif text.count(b"<<(") > MAX_QUOTED:
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


class _Names:
    """The blank nodes of a document, named after it and their order in it."""

    def __init__(self, text: bytes, base: str) -> None:
        self._document = hashlib.sha256(base.encode() + b"\n" + text).hexdigest()[:16]
        self._names: dict[BlankNode, BlankNode] = {}

    def own(self, node: BlankNode) -> BlankNode:
        number = len(self._names)
        return self._names.setdefault(node, BlankNode(f"n{self._document}x{number}"))

    def quad(self, quad: Quad) -> Quad:
        subject, predicate, value, name = quad
        return Quad(
            self.own(subject) if isinstance(subject, BlankNode) else subject,
            predicate,
            self.own(value) if isinstance(value, BlankNode) else value,
            self.own(name) if isinstance(name, BlankNode) else name,
        )


def _owned(triples: Iterable[Triple], names: _Names) -> Iterator[Triple]:
    """The triples with the blank nodes of a document."""
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
            subject = names.own(subject) if isinstance(subject, BlankNode) else subject
            value = names.own(value) if isinstance(value, BlankNode) else value
            yield Triple(subject, triple.predicate, value)
        else:
            yield triple


def _sentence(error: SyntaxError, syntax: RdfFormat) -> str:
    """What is wrong and where, from the parser's own words."""
    if error.lineno is None:
        return f"the {syntax.title} is broken: {error.msg}"
    what = " ".join(error.msg.partition(": ")[2].split())[:200]
    return f"the {syntax.title} is broken in line {error.lineno}, column {error.offset}: {what}"
