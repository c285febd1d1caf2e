"""The Link headers of a resource: what it is, and where more is said of it and of its storage."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from acl import CONDITIONS
from pod.agreements import REQUESTS
from pod.ldp.allow import DESCRIPTION, UPDATES, Headers, is_own
from pod.ldp.profile import document_of
from vocab.iri import ResourceIri
from vocab.names import ACL, LDP, PIM, SD, SOLID

# RFC 3986 §2.2 and §2.1; quote keeps what is unreserved.
_OF_URIS = ":/?#[]@!$&'()*+,;=%"

CONTAINER_TYPES = (LDP.Resource, LDP.Container, LDP.BasicContainer)


@lru_cache(maxsize=1024)
def discovery_links(target: ResourceIri) -> Headers:
    """For every answer about an address, refused or not: what follows from the address alone.

    That is its auxiliary resources, or what it is auxiliary to, and what says of its storage.
    """
    # Solid Protocol §4.1 #server-storage-description: "in the response of HTTP GET, HEAD and
    # OPTIONS requests targeting a resource in a storage".
    storage = _link(target.storage + DESCRIPTION, SOLID.storageDescription)
    subject = target.subject
    if target.is_acl or subject.is_auxiliary or is_own(target):
        return (storage,)
    # WAC §3.1 #server-link-acl: "a Link header with the rel value of acl". One, never two. A
    # description has no ACL of its own: that of its subject is in force for both.
    acl = _link(str(subject.acl), "acl")
    if target.is_description:
        # Solid Protocol §4.3.2 #client-link-describes
        return (acl, _link(str(subject), "describes"), storage)
    # Solid Protocol §4.3 #server-link-auxiliary-type: "Servers MUST advertise auxiliary resources
    # associated with a subject resource".
    return (acl, _link(str(target.description), "describedby"), storage)


def links(target: ResourceIri) -> Headers:
    """For an answer with a representation: its types too, and the conditions that ACLs may have."""
    # WAC §3.2 #server-link-condition: "the server MUST advertise each supported condition type".
    kinds = CONDITIONS if target.is_acl else ()
    return (
        *(_link(kind, "type") for kind in types(target)),
        *discovery_links(target),
        *(_link(kind, ACL.condition) for kind in kinds),
    )


@lru_cache(maxsize=1024)
def asking_links(target: ResourceIri) -> Headers:
    """For who was refused something that can be asked for: where to ask."""
    # Nobody can ask for the right to give rights, nor for what the server says itself.
    if target.is_acl or target.subject.is_auxiliary or is_own(target):
        return ()
    return (_link(target.storage + REQUESTS, SD.accessRequestEndpoint),)


@lru_cache(maxsize=1024)
def updates_via(storage: str) -> tuple[str, str]:
    """Where clients of the older protocol are told of changes in a storage (LEG-01)."""
    return ("Updates-Via", "ws" + (storage + UPDATES).removeprefix("http"))


def inbox_links(inbox: str | None) -> Headers:
    """For those who may read a resource: where to send what is about it, an IRI."""
    # LDN §3.1 #discovery: "use the Link header with a rel value of
    # http://www.w3.org/ns/ldp#inbox". A header has URIs (RFC 3987 §3.1).
    return () if inbox is None else (_link(quote(inbox, safe=_OF_URIS), LDP.inbox),)


def issuer_links(webid: str, issuers: Iterable[str]) -> Headers:
    """For the WebID document of a WebID: who signs it in, IRIs."""
    fragment = webid.removeprefix(document_of(webid))
    # Solid-OIDC §4.1 #oidc-issuer-discovery-link-headers: "MUST be the same as in the RDF
    # representation".
    links_ = (_link(quote(issuer, safe=_OF_URIS), SOLID.oidcIssuer) for issuer in issuers)
    return tuple((name, f'{value}; anchor="{fragment}"') for name, value in links_)


def owner_links(target: ResourceIri, shown: Iterable[str]) -> Headers:
    """For an answer about the root of a storage: its owners who let everybody know it."""
    # Solid Protocol §4.1 #server-storage-link-owner: "the server MUST include the Link HTTP header
    # with rel="http://www.w3.org/ns/solid/terms#owner" targeting the URI of the owner".
    return tuple(_link(webid, SOLID.owner) for webid in shown) if target.is_root else ()


def types(target: ResourceIri) -> tuple[str, ...]:
    """The classes that a resource is in by what it is, whatever it says."""
    if not target.is_container:
        return (LDP.Resource,)
    # Solid Protocol §4.1 #server-link-storage: the storage is its root container, and clients
    # look upwards until they meet this type, so no other container has it.
    return (*CONTAINER_TYPES, PIM.Storage) if target.is_root else CONTAINER_TYPES


def _link(where: str, relation: str) -> tuple[str, str]:
    return ("Link", f'<{where}>; rel="{relation}"')
