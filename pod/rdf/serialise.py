"""Graph to text: the same graph gives the same bytes."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby

import pyoxigraph as ox

from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.graph import Graph, Literal, NamedNode, Term, Triple
from vocab.names import ACL, LDP, NOTIFY, PIM, RDF, SOLID, STAT, VOID, XSD
from vocab.prefixes import PREFIXES

_PREFIX_OF = {
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
    """A graph in a format, with absolute IRIs, in UTF-8."""
    triples = sorted(graph, key=order)
    if syntax is RdfFormat.TURTLE:
        return _turtle(triples)
    if syntax is RdfFormat.JSON_LD:
        return json.dumps(list(_nodes(triples)), ensure_ascii=False).encode()
    return _written(triples, ox.RdfFormat.N_TRIPLES, {})


def convert(text: bytes, stored: RdfFormat, wanted: RdfFormat, base: str) -> bytes:
    """A document in another format; the default graph of it (JSON-LD may hold named graphs too).

    Raises Malformed when the text is not in its format.
    """
    return serialise(parse(text, stored, base), wanted)


def order(triple: Triple) -> tuple[str, bool, str, str]:
    """What triples are sorted by: subject, and of a subject its types first."""
    named = triple.predicate.value
    return str(triple.subject), named != RDF.type, named, str(triple.object)


def prefixes_of(graph: Iterable[Triple]) -> dict[str, str]:
    """The prefixes that we know and that a graph has use for, in alphabetical order."""
    return dict(sorted(_used(graph)))


def _turtle(triples: list[Triple]) -> bytes:
    prefixes = prefixes_of(triples)
    text = _written(triples, ox.RdfFormat.TURTLE, prefixes)
    # The library writes the prefixes in no fixed order, one a line, before everything else.
    lines = text.split(b"\n", len(prefixes))
    return b"\n".join([*sorted(lines[:-1]), lines[-1]])


def _written(triples: list[Triple], syntax: ox.RdfFormat, prefixes: dict[str, str]) -> bytes:
    output = BytesIO()
    ox.serialize(triples, output, syntax, prefixes=prefixes)
    return output.getvalue()


def _used(triples: Iterable[Triple]) -> Iterator[tuple[str, str]]:
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            iri = _id(term.datatype if isinstance(term, Literal) else term)
            namespace = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
            if namespace in _PREFIX_OF and iri not in _UNNAMED:
                yield _PREFIX_OF[namespace], namespace


def _nodes(triples: list[Triple]) -> Iterator[dict[str, object]]:
    """Node objects in expanded form (JSON-LD 1.1 §9.2), one a subject."""
    for subject, about in groupby(triples, key=lambda triple: triple.subject):
        node: defaultdict[str, list[object]] = defaultdict(list)
        for triple in about:
            value = triple.object
            if triple.predicate.value == RDF.type and isinstance(value, NamedNode):
                node["@type"].append(value.value)
            else:
                node[triple.predicate.value].append(_value(value))
        yield {"@id": _id(subject), **node}


def _value(term: Term | Triple) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": _id(term)}
    if term.language is None:
        typed = {} if term.datatype.value == XSD.string else {"@type": term.datatype.value}
        return {**typed, "@value": term.value}
    directed = {} if term.direction is None else {"@direction": term.direction.value}
    return {"@language": term.language, **directed, "@value": term.value}


def _id(term: Term | Triple) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
