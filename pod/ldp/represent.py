"""The representation of a resource that a reader gets: its form, its headers, its bytes.

What is the same for every reader is a `Shown`, which may be kept for as long as the resource has
this version; `answer` adds what depends on the asker.
"""

from collections.abc import Generator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice

from acl import Access, wac_allow
from pod.http.fields import http_date
from pod.http.inert import is_inert
from pod.http.negotiate import negotiate
from pod.http.preconditions import Validators, check_preconditions
from pod.http.ranges import requested_range
from pod.ldp.allow import Headers, allow_headers
from pod.ldp.containers import listing, pieces
from pod.ldp.facts import State, profile_of
from pod.ldp.inbox import is_inbox
from pod.ldp.lines import AT_ONCE
from pod.ldp.links import discovery_links, inbox_links, links, updates_via
from pod.ldp.listed import Listed
from pod.ldp.profile_links import profile_links
from pod.model import Blob, Content, Reply, Request, Resource, Said, Unmade
from pod.problems import Malformed, NotAcceptable, NotModified, TooLarge
from pod.rdf.formats import FORMS, Form, RdfFormat
from pod.rdf.parse import LIMIT, parse
from pod.rdf.rdf_xml import check_sayable
from pod.rdf.said import FILE, said_by
from pod.rdf.serialise import convert
from vocab.graph import Graph
from vocab.iri import ResourceIri

# What any answer in a pod may depend on, refusals included; on Origin that of any server.
VARY = ("Vary", "Accept, Authorization, Origin")

# A page that a browser opens as if it came from nowhere: it can act neither as the server that the
# pod is on, nor as another pod there.
_SANDBOX: Headers = (("Content-Security-Policy", "sandbox"),)


AT_HAND = 1024
"""Members of a long listing that are read once; of a longer one they are read twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One representation of one state of a resource, the same for all who may read it."""

    validators: Validators
    headers: Headers
    body: Content | Unmade
    said: Said | None  # None where the body is not made yet


def choose(found: Resource, accept: str | None) -> Form | None:
    """The form to convert to, by an Accept header; None for the bytes as they are stored.

    A container is always written anew. Raises NotAcceptable.
    """
    if found.iri.is_container:
        return _choose(RdfFormat.TURTLE.media_type, accept) or Form(RdfFormat.TURTLE)
    return _choose(found.media_type, accept)


@lru_cache(maxsize=1024)
def _choose(stored: str, accept: str | None) -> Form | None:
    # NEG-03: what is stored is preferred, and for a container Turtle.
    own = RdfFormat.of(stored)
    others = {form.media_type: form for form in FORMS if own and form != Form(own)}
    chosen = negotiate(accept, tuple(others), stored)
    if chosen is None:
        known = [each.media_type for each in RdfFormat if own and each is not own]
        raise NotAcceptable(f"ask for one of {', '.join([stored, *known])}")
    return None if chosen == stored else others[chosen]


def validators(found: Resource, form: Form | None) -> Validators:
    """The entity tag and date of a resource in a form."""
    # RFC 9110 §8.8.3: one tag for each representation; a version never comes back, so it is strong.
    form_of_it = "" if form is None else f"-{form.suffix}"
    return Validators(f'"{found.version}{form_of_it}"', found.modified)


def show(
    found: Resource, form: Form | None, state: State, made: tuple[Content, Said] | None = None
) -> Shown:
    """A resource in the form that was chosen; of a long listing `pieces_of` has the body.

    `made` is what `converted` came to, where that was called before. Raises NotAcceptable for a
    form it does not have.
    """
    empty, inbox = True, False
    body: Content | Unmade
    said: Said | None
    if form is None or not found.iri.is_container:
        if made is None and is_read(found, form):
            made = converted(found, form, state.read(found.content))
        body, said = made or (found.content, FILE)
    else:
        some = tuple(islice(state.members(found.iri), AT_ONCE + 1))
        empty = not some
        inbox = is_inbox(found.iri, profile_of(found.iri.storage, state))
        if len(some) > AT_ONCE:
            if form.syntax is RdfFormat.RDF_XML:
                check_sayable(description_of(found, state))
            body, said = Unmade((str(found.iri), validators(found, form).etag)), None
        else:
            description = description_of(found, state)
            body = listing(found, some, form, description)
            said = Listed(found.iri, description).all(some)
    return Shown(
        validators=validators(found, form),
        headers=(
            *static_headers(found, form, empty=empty, inbox=inbox),
            *profile_links(found, state),
        ),
        body=body,
        said=said,
    )


def is_read(found: Resource, form: Form | None) -> bool:
    """Whether the text of a document is read, to be represented in a form."""
    return form is not None or (found.size <= LIMIT and RdfFormat.of(found.media_type) is not None)


def converted(found: Resource, form: Form | None, text: bytes) -> tuple[Content, Said]:
    """A document in a form, and what it says, which may take long. Raises NotAcceptable."""
    stored, base = RdfFormat.of(found.media_type), str(found.iri)
    if stored is None:
        raise NotAcceptable(f"this is not RDF; ask for {found.media_type}")
    if form is None:
        return found.content, said_by(text, stored, base, graphs=True)
    try:
        made = convert(text, stored, form, base)
    except (Malformed, TooLarge) as problem:
        # NEG-13: stored when this format was taken as it came, or by another program.
        raise NotAcceptable(
            f"what is stored cannot be read as RDF; ask for {found.media_type}"
        ) from problem
    return made, said_by(text, stored, base, graphs=form.syntax.has_graphs)


def pieces_of(container: Resource, form: Form, state: State) -> Generator[bytes, None, Said]:
    """The listing of a container, each piece of it made when it is asked for; then what it said.

    Holds the state until it has ended.
    """
    description = description_of(container, state)
    listed = Listed(container.iri, description)
    some = tuple(islice(state.members(container.iri), AT_HAND + 1))
    passes = (lambda: some) if len(some) <= AT_HAND else partial(state.members, container.iri)
    yield from pieces(container, lambda: listed.passing(passes()), form, description)
    return listed.said


def static_headers(
    found: Resource, form: Form | None, *, empty: bool = True, inbox: bool = False
) -> Headers:
    """The headers that do not depend on who asks.

    `empty` and `inbox` tell of a container whether it is.
    """
    what = validators(found, form)
    return (
        ("Content-Type", found.media_type if form is None else form.media_type),
        ("ETag", what.etag),
        # Solid Protocol §2.1 #server-last-modified-includes
        ("Last-Modified", http_date(what.modified)),
        # RFC 9111 §4.2.2: a cache without this would take an old document for good for days, and
        # show it to somebody whose access was taken back.
        ("Cache-Control", "no-cache"),
        VARY,
        ("X-Content-Type-Options", "nosniff"),
        *(_SANDBOX if _shares_origin(found, form) else ()),
        *((("Accept-Ranges", "bytes"),) if not found.iri.is_container else ()),
        # Solid Protocol §5.2 #server-allow-methods: "generating an Allow header field in
        # successful responses".
        *allow_headers(
            found.iri,
            empty=empty,
            rdf=RdfFormat.of(found.media_type) is not None,
            inbox=inbox,
        ),
        *links(found.iri),
        *inbox_links(found.inbox),
        updates_via(found.iri.storage),
    )


def answer(request: Request, shown: Shown, access: Access) -> Reply:
    """The reply to a GET or HEAD by somebody who may read. For HEAD the body is to be left out.

    Raises PreconditionFailed and RangeNotSatisfiable.
    """
    # WAC §5.3.5 #server-wac-allow: "including the WAC-Allow HTTP header (WAC-Allow) in the
    # response of HTTP GET and HEAD requests". Access changes without the bytes: on a 304 too.
    headers = (*shown.headers, ("WAC-Allow", wac_allow(access)))
    try:
        check_preconditions(request.method, request.headers, shown.validators)
    except NotModified:
        return Reply(status=304, headers=tuple(h for h in headers if h[0] != "Content-Type"))
    body, span, size = shown.body, None, 0
    # RFC 9110 §14.2: "A server MUST ignore a Range header field received with a request method
    # that is unrecognized or for which range handling is not defined": it is for GET.
    if request.method == "GET" and not request.target.is_container and isinstance(body, Content):
        size = body.size if isinstance(body, Blob) else len(body)
        span = requested_range(request.headers, shown.validators, size)
    if span is None:
        return Reply(status=200, headers=headers, body=body)
    part = ("Content-Range", f"bytes {span[0]}-{span[1]}/{size}")
    return Reply(status=206, headers=(*headers, part), body=body, span=span)


def represent(request: Request, found: Resource, access: Access, state: State) -> Reply:
    """The reply to a GET or HEAD, with nothing kept from an earlier one."""
    form = choose(found, request.headers.get("Accept"))
    return answer(request, show(found, form, state), access)


def options(target: ResourceIri, state: State) -> Reply:
    """The reply to an OPTIONS, which anyone may ask: it does not tell whether anything is there."""
    # Solid Protocol §5.2 #server-safe-methods: "to determine communication options".
    inbox = target.is_container and is_inbox(target, profile_of(target.storage, state))
    allowing = allow_headers(target, inbox=inbox)
    headers = (*allowing, *discovery_links(target), updates_via(target.storage))
    return Reply(status=204, headers=headers)


def moved(request: Request, twin: ResourceIri) -> Reply:
    """The reply to a GET, HEAD or DELETE of an address where nothing is, but at its twin."""
    # Solid Protocol §3.1 #server-uri-redirect-differing: "the server MAY respond to requests for
    # the latter URI with a 301 redirect to the former". The query stays (HTTP-23).
    _, mark, query = request.url.partition("?")
    location = ("Location", f"{twin}{mark}{query}")
    # RFC 9110 §15.4.9: after a 308 "the user agent MUST NOT change the request method".
    status = 308 if request.method == "DELETE" else 301
    return Reply(status=status, headers=(location, VARY, *discovery_links(request.target)))


def description_of(container: Resource, state: State) -> Graph:
    """What a client said of a container when it created or replaced it."""
    syntax = RdfFormat.of(container.media_type)
    if syntax is None or not container.size:
        return frozenset()
    return parse(state.read(container.content), syntax, str(container.iri))


def _shares_origin(found: Resource, form: Form | None) -> bool:
    """Whether a browser would run this in the origin of the server's own pages."""
    # STO-11: a storage that has a host name of its own is an origin of its own.
    shown_as = found.media_type if form is None else form.media_type
    return found.iri.storage.count("/") > 3 and not is_inert(shown_as)
