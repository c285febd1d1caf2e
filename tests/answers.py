"""What an answer says, read as a client would read it."""

import re
from collections.abc import Iterable

import pyoxigraph as ox
from client import Answer

_LINK = re.compile(r'<([^>]*)>\s*;\s*rel="([^"]*)"')
_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
Said = tuple[str, str, str]

LDP = "http://www.w3.org/ns/ldp#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CONTAINS = LDP + "contains"
SOLID = "http://www.w3.org/ns/solid/terms#"
PIM = "http://www.w3.org/ns/pim/space#"
STAT = "http://www.w3.org/ns/posix/stat#"
MODIFIED = "http://purl.org/dc/terms/modified"


def links(answer: Answer, relation: str) -> list[str]:
    """The targets of the links of a relation."""
    found = (_LINK.findall(value) for value in answer.all("Link"))
    return [target for pairs in found for target, rel in pairs if rel == relation]


def listed(answer: Answer, name: str) -> set[str]:
    """The elements of a field that is a list; none where it is not sent."""
    values = ",".join(answer.all(name)).split(",")
    return {value.strip() for value in values} - {""}


def said(answer: Answer, base: str) -> set[Said]:
    """The triples of a document, their terms as plain text, all blank nodes as `_:`.

    `base` is where it was found.
    """
    kind = answer.headers["Content-Type"].partition(";")[0]
    quads = ox.parse(answer.body, format=_FORMATS[kind], base_iri=base)
    default = ox.DefaultGraph()
    return {
        (_text(q.subject), _text(q.predicate), _text(q.object))
        for q in quads
        if q.graph_name == default
    }


def values(triples: Iterable[Said], subject: str, predicate: str) -> set[str]:
    return {o for s, p, o in triples if (s, p) == (subject, predicate)}


def members(answer: Answer, container: str) -> set[str]:
    """What a container's representation says that it holds."""
    return values(said(answer, container), container, CONTAINS)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    return "_:" if isinstance(term, ox.BlankNode) else term.value
