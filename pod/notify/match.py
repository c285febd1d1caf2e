"""Which topics a change concerns, and what each of them is told."""

from typing import NamedTuple

from vocab.iri import ResourceIri

CREATE, UPDATE, DELETE, ADD, REMOVE = "Create", "Update", "Delete", "Add", "Remove"

# What happened to a resource (as the outbox has it) -> what it is told, what its container is.
_TOLD = {
    "created": (CREATE, ADD),
    "updated": (UPDATE, UPDATE),
    "deleted": (DELETE, REMOVE),
}


class Told(NamedTuple):
    """What those who follow `topic` are told: an activity on `object`, in a container `target`."""

    topic: ResourceIri
    activity: str
    object: ResourceIri
    target: ResourceIri | None = None


def told_of(resource: ResourceIri, happened: str) -> tuple[Told, ...]:
    """What is told of a change: of the resource itself, and of the container that lists it.

    `happened` is "created", "updated" or "deleted".
    """
    own, above = _TOLD[happened]
    told = Told(resource, own, resource)
    # NTF-18: a container is told of what it holds directly; what lies deeper it does not list.
    container = resource.parent
    # NTF-19: rules and descriptions are listed nowhere, and their subject is shown as before.
    if container is None or resource.is_auxiliary:
        return (told,)
    if above == UPDATE:  # the listing has the size and the date of the member
        return told, Told(container, UPDATE, container)
    return told, Told(container, above, resource, container)
