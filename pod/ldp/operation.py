"""A writing request read as an operation: everything about it that needs no store."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pod.http.fields import link_targets, media_type, slug
from pod.model import Blob, Content, Request
from pod.problems import (
    Conflict,
    Malformed,
    TooLarge,
    Unprocessable,
    UnsupportedMediaType,
)
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import LIMIT, has_named_graphs, parse
from pod.rdf.patch import NO_PATCH, Patch
from vocab.graph import Graph
from vocab.iri import ResourceIri
from vocab.names import LDP

EMPTY: Graph = frozenset()
PATCH_LIMIT = 2 * 1024 * 1024  # bytes; reading a patch costs more than reading a document

ReadPatch = Callable[[str, str], Patch]
"""From the text of a patch and the address it is about to the patch."""
Patches = Mapping[str, ReadPatch]
"""How the patches of each media type are read."""
_NONE: Patches = MappingProxyType({})

# RFC 9110 §8.3.1: media-type = type "/" subtype parameters; the two are tokens, and no wildcards.
_CHARACTERS = r"[!#$%&'+.^_`|~0-9A-Za-z-]+"
_MEDIA_TYPE = re.compile(rf"{_CHARACTERS}/{_CHARACTERS}\s*(?:;.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a PUT, POST, PATCH or DELETE asks for.

    `media_type` is as sent, and `syntax` is that of RDF: then `text` has the bytes of the body and
    `graph` its triples. `name` is what a POST proposes to call the new resource. `patch` is that of
    a PATCH.
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
    patch: Patch = NO_PATCH


def must_be_read(request: Request) -> bool:
    """Whether the bytes of a body that lies in a file have to be given to `read_operation`."""
    if not isinstance(request.body, Blob):
        return False
    if request.method == "PATCH":
        return request.body.size <= PATCH_LIMIT
    syntax = RdfFormat.of(request.headers.get("Content-Type", ""))
    return request.body.size <= LIMIT and syntax is not None


def read_operation(
    request: Request, text: bytes | None = None, patches: Patches = _NONE
) -> Operation:
    """What a request asks for; `text` is its body where that lies in a file and is to be read.

    Raises Malformed for a body without a type or against its syntax, UnsupportedMediaType where
    only RDF will do, TooLarge for RDF over the limit, Conflict for a kind of resource that does
    not go with the address, and what reading a patch raises.
    """
    if request.method == "DELETE":
        return Operation(method="DELETE", target=request.target)
    if request.method == "PATCH":
        return _patch(request, text, patches)
    kinds = link_targets(request.headers.get("Link", ""), "type")
    makes_container = _makes_container(request, kinds)
    sent_as = _media_type(request, makes_container=makes_container)
    syntax = RdfFormat.of(sent_as)
    # Solid Protocol §4.3 #auxiliary-resources-rdf-document: ACLs and descriptions are RDF.
    is_auxiliary = request.method == "PUT" and request.target.is_auxiliary
    if syntax is None and (makes_container or is_auxiliary):
        known = ", ".join(each.media_type for each in RdfFormat)
        raise UnsupportedMediaType(f"send RDF here, in one of {known}")
    text = b"" if syntax is None else _text(request, text)
    # A container may come without any description; another RDF document must be one.
    described = syntax if text or not makes_container else None
    if described is not None and (makes_container or request.target.is_acl):
        _check_one_graph(text, described, str(request.target))
    return Operation(
        method=request.method,
        target=request.target,
        media_type=sent_as,
        syntax=syntax,
        content=request.body,
        text=text,
        graph=EMPTY if described is None else parse(text, described, str(request.target)),
        makes_container=makes_container,
        name=slug(request.headers["Slug"]) if "Slug" in request.headers else None,
    )


def _check_one_graph(text: bytes, syntax: RdfFormat, base: str) -> None:
    """Raise Unprocessable for named graphs where what is said is read as one graph."""
    if has_named_graphs(text, syntax, base):
        raise Unprocessable(
            "what is said of a container, or of who may do what, stands in no named graph; put it"
            " into the default graph"
        )


def _patch(request: Request, text: bytes | None, patches: Patches) -> Operation:
    essence, _ = media_type(_media_type(request, makes_container=False))
    read_patch = patches.get(essence)
    if read_patch is None:
        # RFC 5789 §2.2 "Unsupported patch document".
        raise UnsupportedMediaType(f"send a patch as {' or '.join(patches)}", tuple(patches))
    sent = request.body if isinstance(request.body, bytes) else text
    if sent is None or len(sent) > PATCH_LIMIT:
        limit = PATCH_LIMIT // 2**20
        raise TooLarge(f"patches may have at most {limit} MiB here; split it, or use PUT")
    try:
        characters = sent.decode()
    except UnicodeDecodeError as error:
        raise Malformed("the patch is not in UTF-8; convert it") from error
    patch = read_patch(characters, str(request.target))
    return Operation(method="PATCH", target=request.target, patch=patch)


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
