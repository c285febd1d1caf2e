"""A document after a patch: in its own format, and of its own text as much as can be kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import DefaultGraph

from pod.problems import Conflict, NotAcceptable
from pod.rdf.directed import is_directed
from pod.rdf.formats import RdfFormat
from pod.rdf.json_ld_words import in_words_of
from pod.rdf.parse import declared_prefixes, parse_dataset
from pod.rdf.patch import Difference, Patch, apply_patch
from pod.rdf.rewrite import Write, rewritten
from pod.rdf.serialise import prefixes_of, serialise, serialise_dataset
from pod.rdf.spelling import Spelling
from pod.rdf.statements import Declared, Document, read_document
from pod.rdf.turtle import Nodes, statements
from vocab.graph import Dataset, Graph, Quad, Triple

EMPTY: Graph = frozenset()
_DEFAULT = DefaultGraph()

# The formats whose statements stand one after the other, so that a patch leaves the others alone.
_KEPT = frozenset({RdfFormat.TURTLE, RdfFormat.N_TRIPLES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Patched:
    """What a document is after a patch, what it says then, and what made the difference."""

    text: bytes
    graph: Graph
    difference: Difference


def patched(
    text: bytes, syntax: RdfFormat, base: str, patch: Patch, given: Graph = EMPTY
) -> Patched:
    """The document at an address after a patch.

    `given` is what holds beside what the document says: the conditions of the patch may be about
    it. Raises Conflict where the document is not as the patch says or could not be written
    without loss, and Unprocessable for a patch that takes too much to apply.
    """
    if syntax not in _KEPT:
        return _written_anew(text, syntax, base, patch, given)
    document = read_document(text.decode("utf-8-sig"), base)
    graph = frozenset(triple for each in document.statements for triple in each.triples)
    nodes = Nodes(document.labels())
    difference = apply_patch(patch, graph | given, nodes.fresh)
    after = (graph - difference.removed) | difference.added
    nodes.count(after)
    write = _lines if syntax is RdfFormat.N_TRIPLES else _writer(document, nodes)
    written = rewritten(document, difference, nodes, write)
    return Patched(text=written.encode(), graph=after, difference=difference)


def created(base: str, patch: Patch) -> Patched:
    """The document in Turtle that a patch makes of nothing."""
    nodes = Nodes(frozenset())
    difference = apply_patch(patch, EMPTY, nodes.fresh)
    graph = difference.added
    prefixes = prefixes_of(graph)
    header = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())
    declared = Declared(base, prefixes)
    document = Document(text=header and f"{header}\n", statements=(), declared=declared)
    nodes.count(graph)
    written = rewritten(document, difference, nodes, _writer(document, nodes))
    return Patched(text=written.encode(), graph=graph, difference=difference)


def _written_anew(text: bytes, syntax: RdfFormat, base: str, patch: Patch, given: Graph) -> Patched:
    """A document whose text is not kept; its named graphs are."""
    dataset = parse_dataset(text, syntax, base)
    if any(map(is_directed, dataset)):
        raise Conflict("a patch would lose the direction of texts here; replace it by PUT")
    graph = frozenset(quad.triple for quad in dataset if quad.graph_name == _DEFAULT)
    difference = apply_patch(patch, graph | given, Nodes(frozenset()).fresh)
    after = (graph - difference.removed) | difference.added
    named = {quad for quad in dataset if quad.graph_name != _DEFAULT}
    said = frozenset({*named, *(Quad(*triple) for triple in after)})
    return Patched(text=_text(text, syntax, base, said), graph=after, difference=difference)


def _text(before: bytes, syntax: RdfFormat, base: str, dataset: Dataset) -> bytes:
    """What a dataset says, in the format and with the words of the document before."""
    if syntax is RdfFormat.JSON_LD:
        return in_words_of(before, dataset, base) or serialise_dataset(dataset, syntax)
    if syntax is RdfFormat.TRIG:
        declared = declared_prefixes(before, syntax)
        return serialise_dataset(dataset, syntax, {iri: prefix for prefix, iri in declared.items()})
    if syntax is RdfFormat.N_QUADS:
        return serialise_dataset(dataset, syntax)
    try:
        return serialise(frozenset(quad.triple for quad in dataset), syntax)
    except NotAcceptable as problem:
        raise Conflict("RDF/XML cannot say that; replace the document by PUT") from problem


def _writer(document: Document, nodes: Nodes) -> Write:
    used = document.references()

    def write(triples: Sequence[Triple], declared: Declared) -> str:
        return statements(triples, Spelling(declared, used), nodes)

    return write


def _lines(triples: Sequence[Triple], _declared: Declared) -> str:
    return "\n".join(f"{triple} ." for triple in triples)
