"""The listing of a container in each RDF format, written without an RDF library.

The same state gives the same bytes. IRIs are canonical, so they need no escapes in any format.
Members are passed through twice, so that a listing of any length is written with room for a few.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from pod.ldp.links import CONTAINER_TYPES, types
from pod.ldp.managed import MEDIA_TYPES
from pod.model import Member, Resource
from pod.rdf.formats import RdfFormat
from pod.rdf.serialise import serialise
from vocab.graph import Graph
from vocab.names import DCTERMS, LDP, RDF, STAT, XSD

AT_ONCE = 256
"""Members that are written at once, which takes about a millisecond."""

Members = Callable[[], Iterable[Member]]
"""The members of a container in their order: the same ones however often they are asked for."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))

# Solid Protocol §4.2.1 #contained-resource-metadata-statements. Each is filled with a _Line, of
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
_JSON_DOCUMENT = (
    f'{{"@id":"%s","@type":["{LDP.Resource}","%s"],{_JSON_TIME},{_JSON_MTIME},{_JSON_SIZE}}}'
)
_JSON_CONTAINER = (
    f'{{"@id":"%s","@type":["{LDP.Resource}","{LDP.Container}","{LDP.BasicContainer}"]%s,'
    f"{_JSON_TIME},{_JSON_MTIME}}}"
)


class _Line(NamedTuple):
    """A member. `kind` is the class of its media type, "" for a container; seconds since 1970."""

    iri: str
    kind: str
    time: str
    seconds: int
    size: int


def listing(
    container: Resource,
    members: Iterable[Member],
    syntax: RdfFormat,
    description: Graph = frozenset(),
) -> bytes:
    """The whole of `pieces`, of the members in the order given."""
    found = tuple(members)
    return b"".join(pieces(container, lambda: found, syntax, description))


def pieces(
    container: Resource, members: Members, syntax: RdfFormat, description: Graph = frozenset()
) -> Generator[bytes, None, None]:
    """What the server says of a container and its members, and what its client said of it.

    Each piece is written when it is asked for, and tells of AT_ONCE members at most.
    """
    for text in _WRITERS[syntax](container, members):
        yield text.encode()
    if syntax is RdfFormat.JSON_LD:
        yield b",\n" + serialise(description, syntax)[1:] if description else b"]"
    elif description:
        yield serialise(description, RdfFormat.N_TRIPLES)  # N-Triples are Turtle


def _turtle(container: Resource, members: Members) -> Iterator[str]:
    kinds = ", ".join(f"<{kind}>" for kind in types(container.iri))
    yield (
        f"{_TURTLE_PREFIXES}<{container.iri}> a {kinds} ;\n"
        f'\tdcterms:modified "{_time(_seconds(container.modified))}"^^xsd:dateTime'
    )
    before = " ;\n\tldp:contains "
    for some in _some(members()):
        yield before + ", ".join([f"<{storage}{path}>" for (storage, path), _, _, _ in some])
        before = ", "
    yield " .\n"
    for some in _some(members()):
        yield "".join(
            [
                _TURTLE_DOCUMENT % line if line.kind else _TURTLE_CONTAINER % line[:4]
                for line in map(_line, some)
            ]
        )


def _json_ld(container: Resource, members: Members) -> Iterator[str]:
    """All but the bracket that closes the array."""
    kinds = ",".join(f'"{kind}"' for kind in types(container.iri))
    time = _JSON_TIME % _time(_seconds(container.modified))
    yield f'[{{"@id":"{container.iri}","@type":[{kinds}],{time},"{LDP.contains}":['
    before = ""
    for some in _some(members()):
        yield before + ",".join([f'{{"@id":"{storage}{path}"}}' for (storage, path), _, _, _ in some])
        before = ","
    yield "]}"
    for some in _some(members()):
        yield "".join(
            [
                ",\n" + (_JSON_DOCUMENT % line if line.kind else _JSON_CONTAINER % line[:4])
                for line in map(_line, some)
            ]
        )


def _n_triples(container: Resource, members: Members) -> Iterator[str]:
    own = f"<{container.iri}>"
    kinds = "".join(f"{own} <{RDF.type}> <{kind}> .\n" for kind in types(container.iri))
    time = _time(_seconds(container.modified))
    yield f'{kinds}{own} <{DCTERMS.modified}> "{time}"^^<{XSD.dateTime}> .\n'
    for some in _some(members()):
        yield "".join([_triples(own, line) for line in map(_line, some)])


def _triples(own: str, line: _Line) -> str:
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


_WRITERS: dict[RdfFormat, Callable[[Resource, Members], Iterator[str]]] = {
    RdfFormat.TURTLE: _turtle,
    RdfFormat.JSON_LD: _json_ld,
    RdfFormat.N_TRIPLES: _n_triples,
}


def _some(members: Iterable[Member]) -> Iterator[list[Member]]:
    left = iter(members)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _line(member: Member) -> _Line:
    (storage, path), media_type, size, modified = member
    kind = "" if path.endswith("/") else _class(media_type)
    seconds = _seconds(modified)
    return _Line(storage + path, kind, _time(seconds), seconds, size)


@lru_cache(maxsize=1024)
def _class(media_type: str) -> str:
    """The class of all that has a media type, parameters left out."""
    # Solid Protocol §4.2.1 #contained-resource-metadata-rdf-type
    essence = media_type.partition(";")[0].strip().lower()
    return f"{MEDIA_TYPES}{quote(essence, safe='/+-._')}#Resource"


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _time(seconds: int) -> str:
    # §4.2.1 #dcterms-modified-corresponds-last-modified: whole seconds, as Last-Modified has them.
    minutes, second = divmod(seconds, 60)
    return f"{_minute(minutes)}:{_TWO_DIGITS[second]}Z"


@lru_cache(maxsize=4096)
def _minute(minutes: int) -> str:
    return (_EPOCH + timedelta(minutes=minutes)).isoformat()[:16]
