"""What the rules of writing have to know of the pod, gathered before they decide."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import Protocol

from acl import AclIndex
from pod.model import Content, Member, Resource
from vocab.iri import ResourceIri

_NOTHING: frozenset[ResourceIri] = frozenset()


class State(Protocol):
    """One consistent view of a pod."""

    def load(self, iri: ResourceIri) -> Resource | None: ...

    def acls(self) -> AclIndex: ...

    def members(self, container: ResourceIri) -> Iterator[Member]: ...

    def read(self, content: Content) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is there, as far as one request is concerned.

    `twin` is what differs from the target only in the final slash. `missing` are the containers
    above the target that are not there, nearest first; `blocking` is a document in the place of
    one of them. `subject` is what an auxiliary resource is about, and `owners` are the WebIDs of
    the storage's. `empty` tells of a container whether it is, `taken` of an address whether
    something is there. `fresh` is random text that makes a name nobody has. `text` gives the bytes
    of what is there, and `members` those of a container, to whom they matter.
    """

    before: Resource | None = None
    twin: Resource | None = None
    missing: tuple[ResourceIri, ...] = ()
    blocking: Resource | None = None
    subject: Resource | None = None
    owners: frozenset[str] = frozenset()
    empty: bool = True
    taken: Callable[[ResourceIri], bool] = _NOTHING.__contains__
    fresh: str = ""
    text: Callable[[], bytes] = bytes
    members: Callable[[], Iterable[Member]] = tuple


def facts_about(method: str, target: ResourceIri, state: State, fresh: str = "") -> Facts:
    """The facts that a PUT, POST, PATCH or DELETE is decided on, and nothing beyond."""
    before = state.load(target)
    if method == "POST":
        return Facts(before=before, taken=lambda iri: state.load(iri) is not None, fresh=fresh)
    if method == "DELETE":
        return Facts(before=before, empty=_is_empty(target, state))
    if before is None and not target.is_auxiliary:
        return _facts_of_creation(target, state)
    return Facts(
        before=before,
        subject=state.load(target.subject) if target.is_auxiliary else None,
        owners=state.acls().owners if target.is_auxiliary else frozenset(),
        empty=_is_empty(target, state),
        text=bytes if before is None else partial(state.read, before.content),
        members=partial(state.members, target),
    )


def _is_empty(target: ResourceIri, state: State) -> bool:
    return not target.is_container or next(iter(state.members(target)), None) is None


def _facts_of_creation(target: ResourceIri, state: State) -> Facts:
    above = [container for container in target.ancestry() if container != target]
    missing = tuple(takewhile(lambda container: state.load(container) is None, above))
    # Everything lies in a container that is there, so a document can only stand in the place of
    # the uppermost one that is missing.
    twins = [target.twin, missing[-1].twin if missing else None]
    twin, blocking = (None if iri is None else state.load(iri) for iri in twins)
    return Facts(twin=twin, missing=missing, blocking=blocking)
