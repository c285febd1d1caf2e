"""A writing request read as an operation: everything about it that needs no store."""

import re
from dataclasses import dataclass

from pod.http.fields import link_targets, slug
from pod.model import Blob, Content, Request
from pod.problems import Conflict, Malformed, TooLarge, UnsupportedMediaType
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import LIMIT, parse
from vocab.graph import Graph
from vocab.iri import ResourceIri
from vocab.names import LDP

EMPTY: Graph = frozenset()

# RFC 9110 §8.3.1: media-type = type "/" subtype parameters; the two are tokens, and no wildcards.
_CHARACTERS = r"[!#$%&'+.^_`|~0-9A-Za-z-]+"
_MEDIA_TYPE = re.compile(rf"{_CHARACTERS}/{_CHARACTERS}\s*(?:;.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a PUT, POST or DELETE asks for.

    `media_type` is as sent, and `syntax` is that of RDF: then `text` has the bytes of the body and
    `graph` its triples. `name` is what a POST proposes to call the new resource.
    """

    method: str
    target: ResourceIri
    media_type: str = ""
    syntax: RdfFormat | None = None
    content: Content = b""
    text: bytes = b""
    graph: Graph = EMPTY
    makes_container: bool = False
    name: str | None = None


def must_be_read(request: Request) -> bool:
    """Whether the bytes of a body that lies in a file have to be given to `read_operation`."""
    syntax = RdfFormat.of(request.headers.get("Content-Type", ""))
    return isinstance(request.body, Blob) and request.body.size <= LIMIT and syntax is not None


def read_operation(request: Request, text: bytes | None = None) -> Operation:
    """What a request asks for; `text` is its body where that lies in a file and is to be read.

    Raises Malformed for a body without a type or against its syntax, UnsupportedMediaType where
    only RDF will do, TooLarge for RDF over the limit, Conflict for a kind of resource that does
    not go with the address.
    """
    if request.method == "DELETE":
        return Operation(method="DELETE", target=request.target)
    kinds = link_targets(request.headers.get("Link", ""), "type")
    makes_container = _makes_container(request, kinds)
    media_type = _media_type(request, makes_container=makes_container)
    syntax = RdfFormat.of(media_type)
    replaces_acl = request.method == "PUT" and request.target.is_acl
    if syntax is None and (makes_container or replaces_acl):
        known = ", ".join(each.media_type for each in RdfFormat)
        raise UnsupportedMediaType(f"send RDF here, in one of {known}")
    text = b"" if syntax is None else _text(request, text)
    # A container may come without any description; another RDF document must be one.
    described = syntax if text or not makes_container else None
    return Operation(
        method=request.method,
        target=request.target,
        media_type=media_type,
        syntax=syntax,
        content=request.body,
        text=text,
        graph=EMPTY if described is None else parse(text, described, str(request.target)),
        makes_container=makes_container,
        name=slug(request.headers["Slug"]) if "Slug" in request.headers else None,
    )


def _makes_container(request: Request, kinds: tuple[str, ...]) -> bool:
    # LDP §5.2.3.4: the type link says which kind of resource a POST creates.
    asked = LDP.BasicContainer in kinds or LDP.Container in kinds
    posted = request.method == "POST"
    makes_container = asked if posted else request.target.is_container
    if makes_container and LDP.NonRDFSource in kinds:
        raise Conflict("a container is no ldp:NonRDFSource; leave out that Link header")
    if asked and not makes_container:
        raise Conflict("the address of a container ends in a slash; add it")
    return makes_container


def _media_type(request: Request, *, makes_container: bool) -> str:
    sent = request.headers.get("Content-Type")
    if sent is None:
        # Solid Protocol §2.1 #server-content-type-missing: "MUST reject PUT, POST, and PATCH
        # requests that contain content but lack the Content-Type header field".
        if _size(request.body):
            raise Malformed("say what the body is with a Content-Type header")
        return RdfFormat.TURTLE.media_type if makes_container else "application/octet-stream"
    if not _MEDIA_TYPE.fullmatch(sent.strip()):
        raise Malformed("the Content-Type is no media type; write it like text/turtle")
    return sent.strip()


def _text(request: Request, read: bytes | None) -> bytes:
    if isinstance(request.body, bytes):
        return request.body
    if read is None:
        raise TooLarge(f"RDF documents may have at most {LIMIT // 2**20} MiB here; split it")
    return read


def _size(content: Content) -> int:
    return content.size if isinstance(content, Blob) else len(content)
