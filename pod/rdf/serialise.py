"""Graph to text: the same graph gives the same bytes."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO

import pyoxigraph as ox

from pod.rdf import rdf_xml
from pod.rdf.directed import undirected
from pod.rdf.formats import Form, Profile, RdfFormat
from pod.rdf.json_ld import Node, expanded
from pod.rdf.json_ld_prefixes import compacted
from pod.rdf.json_ld_words import in_words_of
from pod.rdf.order import graphs_of, order, order_of_quad
from pod.rdf.parse import declared_prefixes, parse, parse_dataset
from vocab.graph import Dataset, Graph, Literal, NamedNode, Quad, Term, Triple
from vocab.names import ACL, LDP, NOTIFY, PIM, RDF, SOLID, STAT, VOID, XSD
from vocab.prefixes import PREFIXES

MAX_PREFIXES = 200  # of one text

PREFIX_OF = {
    iri: prefix
    for prefix, iri in {
        **PREFIXES,
        "acl": ACL.NS,
        "ldp": LDP.NS,
        "notify": NOTIFY.NS,
        "pim": PIM.NS,
        "solid": SOLID.NS,
        "stat": STAT.NS,
        "void": VOID.NS,
    }.items()
}

# Written without their names: as `a`, as a number, as a plain text.
_UNNAMED = {
    *(RDF.type, RDF.langString, RDF.NS + "dirLangString"),
    *(XSD.string, XSD.boolean, XSD.integer, XSD.decimal, XSD.NS + "double"),
}


def serialise(graph: Graph, syntax: RdfFormat) -> bytes:
    """A graph in a format, with absolute IRIs, in UTF-8.

    Raises NotAcceptable for a graph that RDF/XML cannot say.
    """
    triples = sorted(graph, key=order)
    if syntax is RdfFormat.JSON_LD:
        return dumped(expanded({None: triples}))
    if syntax is RdfFormat.RDF_XML:
        return rdf_xml.written(triples, PREFIX_OF).encode()
    if syntax in {RdfFormat.N_TRIPLES, RdfFormat.N_QUADS}:
        return _written(triples, ox.RdfFormat.N_TRIPLES, {})
    return _with_prefixes(triples, ox.RdfFormat.TURTLE, prefixes_of(triples))  # TriG too


def serialise_dataset(
    dataset: Dataset, syntax: RdfFormat, prefix_of: Mapping[str, str] = PREFIX_OF
) -> bytes:
    """All graphs of a dataset, in a format that has graphs; see `serialise` and `prefixes_of`."""
    if syntax is RdfFormat.JSON_LD:
        return dumped(expanded(graphs_of(dataset)))
    quads = sorted(map(undirected, dataset), key=order_of_quad)
    if syntax is RdfFormat.N_QUADS:
        return _written(quads, ox.RdfFormat.N_QUADS, {})
    prefixes = prefixes_of((quad.triple for quad in quads), prefix_of)
    # To find the prefix of a name takes the library the longer the more there are.
    return _with_prefixes(
        quads, ox.RdfFormat.TRIG, prefixes if len(prefixes) <= MAX_PREFIXES else {}
    )


def convert(text: bytes, stored: RdfFormat, form: Form, base: str) -> bytes:
    """A document in another form; of named graphs, what the format can hold.

    Raises Malformed when the text is not in its format, and NotAcceptable where what it says
    cannot be written in the other.
    """
    syntax = form.syntax
    if not (stored.has_graphs and syntax.has_graphs):
        # NEG-04: in a syntax of triples, a dataset is its default graph.
        graph = parse(text, stored, base)
        if form.profile is not Profile.COMPACTED:
            return serialise(graph, syntax)
        triples = sorted(graph, key=order)
        prefixes = prefixes_of(triples, _prefixes_in(text, stored))
        return dumped(compacted(expanded({None: triples}), prefixes))
    dataset = parse_dataset(text, stored, base)
    if form.profile is not Profile.COMPACTED:
        return serialise_dataset(dataset, syntax)
    own = in_words_of(text, dataset, base) if stored is RdfFormat.JSON_LD else None
    prefixes = prefixes_of((quad.triple for quad in dataset), _prefixes_in(text, stored))
    return own or dumped(compacted(expanded(graphs_of(dataset)), prefixes))


def _prefixes_in(text: bytes, stored: RdfFormat) -> Mapping[str, str]:
    """The prefixes that we know, and those of a document where it declares some, by namespace."""
    if stored not in {RdfFormat.TURTLE, RdfFormat.TRIG}:
        return PREFIX_OF
    declared = declared_prefixes(text, stored)
    return {**PREFIX_OF, **{iri: prefix for prefix, iri in declared.items() if prefix}}


def dumped(document: Node | Sequence[Node]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def prefixes_of(
    graph: Iterable[Triple], prefix_of: Mapping[str, str] = PREFIX_OF
) -> dict[str, str]:
    """The prefixes that a graph has use for, in alphabetical order; those that we know, or these.

    `prefix_of` gives the prefix of a namespace.
    """
    return dict(sorted(_used(graph, prefix_of)))


def _with_prefixes(
    said: Sequence[Triple] | Sequence[Quad], syntax: ox.RdfFormat, prefixes: Mapping[str, str]
) -> bytes:
    text = _written(said, syntax, prefixes)
    # The library writes the prefixes in no fixed order, one a line, before everything else.
    lines = text.split(b"\n", len(prefixes))
    return b"\n".join([*sorted(lines[:-1]), lines[-1]])


def _written(
    said: Sequence[Triple] | Sequence[Quad], syntax: ox.RdfFormat, prefixes: Mapping[str, str]
) -> bytes:
    output = BytesIO()
    ox.serialize(said, output, syntax, prefixes=dict(prefixes))
    return output.getvalue()


def _used(triples: Iterable[Triple], prefix_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            iri = _id(term.datatype if isinstance(term, Literal) else term)
            namespace = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
            if namespace in prefix_of and iri not in _UNNAMED:
                yield prefix_of[namespace], namespace


def _id(term: Term | Triple) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
