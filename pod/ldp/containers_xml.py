"""The listing of a container in RDF/XML."""

from collections.abc import Iterator
from html import escape

from pod.ldp.lines import Line, Members, line_of, seconds_of, some_of, time_of
from pod.ldp.links import CONTAINER_TYPES, types
from pod.model import Resource
from pod.rdf.formats import RdfFormat
from pod.rdf.serialise import serialise
from vocab.graph import Graph
from vocab.names import DCTERMS, LDP, RDF, STAT, XSD

_NAMESPACES = {
    f'xmlns:{prefix}="{iri}"'
    for prefix, iri in (
        ("dcterms", DCTERMS.NS),
        ("ldp", LDP.NS),
        ("rdf", RDF.NS),
        ("stat", STAT.NS),
    )
}
_NODE = '<rdf:Description rdf:about="%s">'
_NODE_END = "</rdf:Description>\n"
_TYPE = '<rdf:type rdf:resource="%s"/>'
_CONTAINS = '<ldp:contains rdf:resource="%s"/>'
_TIME = f'<dcterms:modified rdf:datatype="{XSD.dateTime}">%s</dcterms:modified>'
_MTIME = f'<stat:mtime rdf:datatype="{XSD.integer}">%d</stat:mtime>'
_SIZE = f'<stat:size rdf:datatype="{XSD.integer}">%d</stat:size>'
_CONTAINER = "".join(_TYPE % kind for kind in CONTAINER_TYPES)


def rdf_xml(container: Resource, members: Members, description: Graph) -> Iterator[str]:
    """The pieces of a listing; see `containers.pieces`."""
    written = serialise(description, RdfFormat.RDF_XML).decode()
    declaration, root, said = written.split("\n", 2)
    # The same prefix is the same namespace in both: they come from one table.
    namespaces = {*root.removesuffix(">").split(" ")[1:], *_NAMESPACES}
    kinds = "".join(_TYPE % kind for kind in types(container.iri))
    time = _TIME % time_of(seconds_of(container.modified))
    yield (
        f"{declaration}\n<rdf:RDF {' '.join(sorted(namespaces))}>\n"
        f"{_NODE % escape(str(container.iri))}{kinds}{time}"
    )
    for some in some_of(members()):
        yield "".join([_CONTAINS % escape(storage + path) for (storage, path), _, _, _ in some])
    yield _NODE_END
    for some in some_of(members()):
        yield "".join([_member(line) for line in map(line_of, some)])
    yield said


def _member(line: Line) -> str:
    # Of all characters that an IRI has here, XML has another use for the ampersand.
    kinds = _TYPE % LDP.Resource + _TYPE % escape(line.kind) if line.kind else _CONTAINER
    size = _SIZE % line.size if line.kind else ""
    facts = kinds + _TIME % line.time + _MTIME % line.seconds + size
    return _NODE % escape(line.iri) + facts + _NODE_END
