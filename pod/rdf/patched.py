"""A document after a patch: in its own format, and of its own text as much as can be kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from pod.problems import Conflict
from pod.rdf.formats import RdfFormat
from pod.rdf.json_ld import in_words_of
from pod.rdf.parse import has_named_graphs, parse
from pod.rdf.patch import Difference, Patch, apply_patch
from pod.rdf.rewrite import Write, rewritten
from pod.rdf.serialise import prefixes_of
from pod.rdf.spelling import Spelling
from pod.rdf.statements import Declared, Document, read_document
from pod.rdf.turtle import Nodes, statements
from vocab.graph import Graph, Triple

EMPTY: Graph = frozenset()


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
    if syntax is RdfFormat.JSON_LD:
        return _patched_json_ld(text, base, patch, given)
    document = read_document(text.decode(), base)
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


def _patched_json_ld(text: bytes, base: str, patch: Patch, given: Graph) -> Patched:
    syntax = RdfFormat.JSON_LD
    if has_named_graphs(text, syntax, base):
        # NEG-04: "triple-only stores lose the graphs"; so does a patch, which knows only triples.
        raise Conflict("the document has named graphs, which a patch would lose; replace it by PUT")
    graph = parse(text, syntax, base)
    difference = apply_patch(patch, graph | given, Nodes(frozenset()).fresh)
    after = (graph - difference.removed) | difference.added
    return Patched(text=in_words_of(text, after, base), graph=after, difference=difference)


def _writer(document: Document, nodes: Nodes) -> Write:
    used = document.references()

    def write(triples: Sequence[Triple], declared: Declared) -> str:
        return statements(triples, Spelling(declared, used), nodes)

    return write


def _lines(triples: Sequence[Triple], _declared: Declared) -> str:
    return "\n".join(f"{triple} ." for triple in triples)
