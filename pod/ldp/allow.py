"""Which methods a target supports, what bodies they take, and which addresses are nobody's."""

from pod.agreements import ERASURES, GRANTS, MYTERMS, REQUESTS
from pod.problems import Conflict
from pod.rdf.formats import RdfFormat
from vocab.iri import AUXILIARY_SUFFIXES, ResourceIri

Headers = tuple[tuple[str, str], ...]

WELL_KNOWN = ".well-known"  # directly below the root of a storage: the server's own
DESCRIPTION = WELL_KNOWN + "/solid"
SPARQL = WELL_KNOWN + "/sparql"
DEPOSIT = WELL_KNOWN + "/deposit"
JOURNAL = WELL_KNOWN + "/journal"
NOTIFICATIONS = WELL_KNOWN + "/notifications/"
SENDER = NOTIFICATIONS + "sender"
CHANNELS = NOTIFICATIONS + "channels/"  # and the id of a channel
RECEIVE = NOTIFICATIONS + "receive/"  # and what only its subscriber knows
UPDATES = WELL_KNOWN + "/updates"
ALL_GRANTS = GRANTS.removesuffix("/")
ACCEPTED_TERMS = MYTERMS + "/"  # and the id of an agreement
ONE_REQUEST = REQUESTS + "/"  # and the id of a request for access
SERVICES = {
    f"{NOTIFICATIONS}{kind}Channel2023": f"{kind}Channel2023"
    for kind in ("WebSocket", "EventSource", "StreamingHTTP", "Webhook", "LDN")
}
"""The subscription services: the channel type of each, by its address."""

# Solid Protocol §5.3.1 #server-patch-n3-advertise: "listing text/n3 as a field value of the
# Accept-Patch header field"; the others are what clients have sent since before there was N3 Patch.
PATCHES = ("text/n3", "application/sparql-update", "application/sparql-update-single-match")

_READ = ("GET", "HEAD", "OPTIONS")
_ANYTHING = "*/*"
_RDF = ", ".join(syntax.media_type for syntax in RdfFormat)
# LDN §3.3.1 #receiving-notifications: "Receivers MUST accept notifications where the request
# body is JSON-LD": the others are the server's own wish.
_NOTIFICATIONS = ", ".join(sorted(_RDF.split(", "), key=RdfFormat.JSON_LD.value.__ne__))

_OWN = {
    SPARQL: (*_READ, "POST"),
    DEPOSIT: ("OPTIONS", "POST"),
    UPDATES: ("GET", "OPTIONS"),
    MYTERMS: (*_READ, "POST"),
    REQUESTS: (*_READ, "POST"),
    # Notifications §2.2 #subscription-server-subscription-request-methods: "MUST support the GET,
    # HEAD, OPTIONS, and POST methods".
    **dict.fromkeys(SERVICES, (*_READ, "POST")),
}
_OWN_BELOW = {
    CHANNELS: (*_READ, "POST", "DELETE"),
    RECEIVE: ("GET", "OPTIONS"),
    ERASURES: (*_READ, "POST"),
    ONE_REQUEST: (*_READ, "POST", "DELETE"),
}
_POSTED = {
    SPARQL: "application/sparql-query, application/x-www-form-urlencoded",
    MYTERMS: "application/json",
    **dict.fromkeys(
        (REQUESTS, ONE_REQUEST), "application/json, application/ld+json, application/lws+json"
    ),
}


def is_own(target: ResourceIri) -> bool:
    """Whether an address is kept for what the server says of the storage."""
    return target.path.partition("/")[0] == WELL_KNOWN


def family(target: ResourceIri) -> str:
    """Where addresses that are alike but for their last part lie."""
    return target.path[: target.path.rfind("/") + 1]


def allowed(target: ResourceIri, *, empty: bool = True, rdf: bool = True) -> tuple[str, ...]:
    """The methods that a target supports.

    `empty` tells of a container whether it is, `rdf` of what is there whether it is RDF.
    """
    if is_own(target) or _is_kept(target):
        return _OWN.get(target.path) or _OWN_BELOW.get(family(target), _READ)
    methods = (
        *_READ,
        *(("POST",) if target.is_container else ()),
        "PUT",
        # Solid Protocol §5.3.1: N3 Patch is for "when the target of the request is an RDF
        # document", and SPARQL Update likewise.
        *(("PATCH",) if rdf else ()),
    )
    # Solid Protocol §5.4 #server-disallow-delete: "Server MUST exclude the DELETE method in the
    # field value of the Allow header field" of the root container and its ACL.
    protected = target.is_root or (target.is_acl and target.subject.is_root)
    return methods if protected or not empty else (*methods, "DELETE")


def allow_headers(
    target: ResourceIri, *, empty: bool = True, rdf: bool = True, inbox: bool = False
) -> Headers:
    """Allow, and what the bodies of POST, PUT and PATCH may be; see `allowed`.

    `inbox` tells of a container whether it takes notifications.
    """
    methods = allowed(target, empty=empty, rdf=rdf)
    bodies = _RDF if target.is_container or target.is_auxiliary else _ANYTHING
    # LDN §3.3.1 #receiving-notifications: "SHOULD advertise the content types they accept with an
    # Accept-Post header".
    posted = _NOTIFICATIONS if inbox else _posted(target)
    # Solid Protocol §5.2 #server-accept-headers: headers "that correspond to acceptable HTTP
    # methods listed in Allow header field value".
    return (
        ("Allow", ", ".join(methods)),
        *((("Accept-Post", posted),) if "POST" in methods else ()),
        *((("Accept-Put", bodies),) if "PUT" in methods else ()),
        *((("Accept-Patch", ", ".join(PATCHES)),) if "PATCH" in methods else ()),
    )


def _posted(target: ResourceIri) -> str:
    if target.path.startswith(NOTIFICATIONS):
        return _RDF
    return _POSTED.get(target.path) or _POSTED.get(family(target), _ANYTHING)


def check_address(target: ResourceIri) -> None:
    """Refuse an address where no client can put anything.

    Raises Conflict for the server's own addresses and for names that are kept for auxiliary
    resources.
    """
    if is_own(target):
        raise Conflict(f"addresses below {WELL_KNOWN} are the server's own; choose another")
    if _is_kept(target):
        # AUX-10: `x.acl` is the ACL of `x` and nothing else, and has no auxiliary resources; nor
        # has `x.meta`.
        raise Conflict("names ending in .acl or .meta are kept; choose another name")


def _is_kept(target: ResourceIri) -> bool:
    """Whether an address would make something of an auxiliary resource that it is not."""
    containers = target.path.split("/")[:-1]
    of_auxiliary = target.is_auxiliary and target.subject.is_auxiliary
    return of_auxiliary or any(name.endswith(AUXILIARY_SUFFIXES) for name in containers)
