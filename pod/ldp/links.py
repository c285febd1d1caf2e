"""The Link headers of a resource: what it is, and where its rules and its storage are described."""

from acl import ConditionKind
from pod.ldp.allow import DESCRIPTION, Headers, is_own
from vocab.iri import ResourceIri
from vocab.names import ACL, LDP, PIM, SOLID

CONTAINER_TYPES = (LDP.Resource, LDP.Container, LDP.BasicContainer)


def discovery_links(target: ResourceIri) -> Headers:
    """For every answer about an address, refused or not: its ACL, and what says of its storage."""
    # Solid Protocol §4.1 #server-storage-description: "in the response of HTTP GET, HEAD and
    # OPTIONS requests targeting a resource in a storage".
    description = _link(target.storage + DESCRIPTION, SOLID.storageDescription)
    if target.is_auxiliary or is_own(target):
        return (description,)
    # WAC §3.1 #server-link-acl: "a Link header with the rel value of acl". One, never two.
    return (_link(str(target.acl), "acl"), description)


def links(target: ResourceIri) -> Headers:
    """For an answer with a representation: its types too, and the conditions that ACLs may have."""
    # WAC §3.2 #server-link-condition: "the server MUST advertise each supported condition type".
    kinds = ConditionKind if target.is_acl else ()
    return (
        *(_link(kind, "type") for kind in types(target)),
        *discovery_links(target),
        *(_link(ACL.NS + kind.value, ACL.condition) for kind in kinds),
    )


def types(target: ResourceIri) -> tuple[str, ...]:
    """The classes that a resource is in by what it is, whatever it says."""
    if not target.is_container:
        return (LDP.Resource,)
    # Solid Protocol §4.1 #server-link-storage: the storage is its root container, and clients
    # look upwards until they meet this type, so no other container has it.
    return (*CONTAINER_TYPES, PIM.Storage) if target.is_root else CONTAINER_TYPES


def _link(where: str, relation: str) -> tuple[str, str]:
    return ("Link", f'<{where}>; rel="{relation}"')
