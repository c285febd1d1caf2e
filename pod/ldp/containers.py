"""The listing of a container in each RDF format, written without an RDF library.

The same state gives the same bytes. IRIs are canonical, so they need no escapes in any format.
Members are passed through twice, so that a listing of any length is written with room for a few.
"""

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from pod.ldp.containers_xml import rdf_xml
from pod.ldp.lines import Line, Members, line_of, seconds_of, some_of, time_of
from pod.ldp.links import CONTAINER_TYPES, types
from pod.model import Member, Resource
from pod.rdf.formats import Form, Profile, RdfFormat
from pod.rdf.serialise import serialise
from vocab.graph import Graph
from vocab.names import DCTERMS, LDP, RDF, STAT, XSD

# Solid Protocol §4.2.1 #contained-resource-metadata-statements. Each is filled with a Line, of
# one that is a container without the size.
_TURTLE_DOCUMENT = (
    '<%s> a ldp:Resource, <%s> ; dcterms:modified "%s"^^xsd:dateTime'
    " ; stat:mtime %d ; stat:size %d .\n"
)
_TURTLE_CONTAINER = (
    "<%s> a ldp:Resource, ldp:Container, ldp:BasicContainer"
    ' %s; dcterms:modified "%s"^^xsd:dateTime ; stat:mtime %d .\n'
)
_TURTLE_PREFIXES = (
    f"@prefix dcterms: <{DCTERMS.NS}> .\n@prefix ldp: <{LDP.NS}> .\n"
    f"@prefix stat: <{STAT.NS}> .\n@prefix xsd: <{XSD.NS}> .\n\n"
)

_JSON_TIME = f'"{DCTERMS.modified}":[{{"@type":"{XSD.dateTime}","@value":"%s"}}]'
_JSON_MTIME = f'"{STAT.mtime}":[{{"@type":"{XSD.integer}","@value":"%d"}}]'
_JSON_SIZE = f'"{STAT.size}":[{{"@type":"{XSD.integer}","@value":"%d"}}]'
_SHORT_TIME = '"dcterms:modified":{"@type":"xsd:dateTime","@value":"%s"}'


class _Words(NamedTuple):
    """How JSON-LD says things: what comes before all, and what is filled in for each thing."""

    opening: str
    contains: str
    time: str
    document: str
    container: str


_IN_FULL = _Words(
    opening="[",
    contains=LDP.contains,
    time=_JSON_TIME,
    document=(
        f'{{"@id":"%s","@type":["{LDP.Resource}","%s"],{_JSON_TIME},{_JSON_MTIME},{_JSON_SIZE}}}'
    ),
    container=(
        f'{{"@id":"%s","@type":["{LDP.Resource}","{LDP.Container}","{LDP.BasicContainer}"]%s,'
        f"{_JSON_TIME},{_JSON_MTIME}}}"
    ),
)
_BY_CONTEXT = _Words(
    opening=(
        f'{{"@context":{{"dcterms":"{DCTERMS.NS}","ldp":"{LDP.NS}","stat":"{STAT.NS}",'
        f'"xsd":"{XSD.NS}"}},"@graph":['
    ),
    contains="ldp:contains",
    time=_SHORT_TIME,
    document=(
        f'{{"@id":"%s","@type":["ldp:Resource","%s"],{_SHORT_TIME},"stat:mtime":%d,"stat:size":%d}}'
    ),
    container=(
        '{"@id":"%s","@type":["ldp:Resource","ldp:Container","ldp:BasicContainer"]%s,'
        f'{_SHORT_TIME},"stat:mtime":%d}}'
    ),
)


def listing(
    container: Resource,
    members: Iterable[Member],
    form: Form,
    description: Graph = frozenset(),
) -> bytes:
    """The whole of `pieces`, of the members in the order given."""
    found = tuple(members)
    return b"".join(pieces(container, lambda: found, form, description))


def pieces(
    container: Resource, members: Members, form: Form, description: Graph = frozenset()
) -> Generator[bytes, None, None]:
    """What the server says of a container and its members, and what its client said of it.

    Each piece is written when it is asked for, and tells of AT_ONCE members at most. Raises
    NotAcceptable, before the first, for a description that RDF/XML cannot say.
    """
    if form.syntax is RdfFormat.RDF_XML:
        for text in rdf_xml(container, members, description):
            yield text.encode()
        return
    compacted = form.profile is Profile.COMPACTED
    writer = _COMPACTED if compacted else _WRITERS[form.syntax]
    for text in writer(container, members):
        yield text.encode()
    yield _end(form, description)


def _end(form: Form, description: Graph) -> bytes:
    """What comes after the members."""
    if form.profile is Profile.COMPACTED:
        nodes = json.loads(serialise(description, RdfFormat.JSON_LD))
        # The context of the document is not for what is written in full.
        return (
            "".join([",\n" + json.dumps({"@context": None, **n}) for n in nodes]).encode() + b"]}"
        )
    if form.syntax is RdfFormat.JSON_LD:
        return b",\n" + serialise(description, RdfFormat.JSON_LD)[1:] if description else b"]"
    return serialise(description, RdfFormat.N_TRIPLES)  # N-Triples are Turtle


def _turtle(container: Resource, members: Members) -> Iterator[str]:
    kinds = ", ".join(f"<{kind}>" for kind in types(container.iri))
    yield (
        f"{_TURTLE_PREFIXES}<{container.iri}> a {kinds} ;\n"
        f'\tdcterms:modified "{time_of(seconds_of(container.modified))}"^^xsd:dateTime'
    )
    before = " ;\n\tldp:contains "
    for some in some_of(members()):
        yield before + ", ".join([f"<{storage}{path}>" for (storage, path), _, _, _ in some])
        before = ", "
    yield " .\n"
    for some in some_of(members()):
        yield "".join(
            [
                _TURTLE_DOCUMENT % line if line.kind else _TURTLE_CONTAINER % line[:4]
                for line in map(line_of, some)
            ]
        )


def _json_ld(container: Resource, members: Members, words: _Words = _IN_FULL) -> Iterator[str]:
    """All but the brackets that close the document."""
    kinds = ",".join(f'"{kind}"' for kind in types(container.iri))
    time = words.time % time_of(seconds_of(container.modified))
    yield (
        f'{words.opening}{{"@id":"{container.iri}","@type":[{kinds}],{time},"{words.contains}":['
    )
    before = ""
    for some in some_of(members()):
        yield before + ",".join(
            [f'{{"@id":"{storage}{path}"}}' for (storage, path), _, _, _ in some]
        )
        before = ","
    yield "]}"
    for some in some_of(members()):
        yield "".join(
            [
                ",\n" + (words.document % line if line.kind else words.container % line[:4])
                for line in map(line_of, some)
            ]
        )


def _n_triples(container: Resource, members: Members) -> Iterator[str]:
    own = f"<{container.iri}>"
    kinds = "".join(f"{own} <{RDF.type}> <{kind}> .\n" for kind in types(container.iri))
    time = time_of(seconds_of(container.modified))
    yield f'{kinds}{own} <{DCTERMS.modified}> "{time}"^^<{XSD.dateTime}> .\n'
    for some in some_of(members()):
        yield "".join([_triples(own, line) for line in map(line_of, some)])


def _triples(own: str, line: Line) -> str:
    iri, kind, time, seconds, size = line
    kinds = "".join(
        [
            f"<{iri}> <{RDF.type}> <{each}> .\n"
            for each in ((LDP.Resource, kind) if kind else CONTAINER_TYPES)
        ]
    )
    return (
        f"{own} <{LDP.contains}> <{iri}> .\n{kinds}"
        f'<{iri}> <{DCTERMS.modified}> "{time}"^^<{XSD.dateTime}> .\n'
        f'<{iri}> <{STAT.mtime}> "{seconds}"^^<{XSD.integer}> .\n'
    ) + (f'<{iri}> <{STAT.size}> "{size}"^^<{XSD.integer}> .\n' if kind else "")


_COMPACTED = partial(_json_ld, words=_BY_CONTEXT)
_WRITERS: dict[RdfFormat, Callable[[Resource, Members], Iterator[str]]] = {
    RdfFormat.TURTLE: _turtle,
    RdfFormat.JSON_LD: _json_ld,
    RdfFormat.N_TRIPLES: _n_triples,
    RdfFormat.N_QUADS: _n_triples,
    RdfFormat.TRIG: _turtle,
}
