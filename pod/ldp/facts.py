"""What the rules of writing have to know of the pod, gathered before they decide."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import takewhile
from typing import Protocol

from acl import AclIndex
from pod.ldp.profile import Profile, described, document_of, profile_in, webids_in
from pod.model import Content, Member, Resource
from pod.rdf.formats import RdfFormat
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
    of what is there, and `members` those of a container, to whom they matter. `profile` is what the
    WebID documents in the storage say.
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
    profile: Callable[[], Profile] = Profile


def facts_about(method: str, target: ResourceIri, state: State, fresh: str = "") -> Facts:
    """The facts that a PUT, POST, PATCH or DELETE is decided on, and nothing beyond."""
    before = state.load(target)
    profile = cache(partial(profile_of, target.storage, state))
    if method == "POST":
        taken = partial(_is_taken, state)
        return Facts(before=before, taken=taken, fresh=fresh, profile=profile)
    if method == "DELETE":
        return Facts(before=before, empty=_is_empty(target, state), profile=profile)
    if before is None and not target.is_auxiliary:
        return _facts_of_creation(target, state, profile)
    return Facts(
        before=before,
        subject=state.load(target.subject) if target.is_auxiliary else None,
        owners=state.acls().owners if target.is_auxiliary else frozenset(),
        empty=_is_empty(target, state),
        text=bytes if before is None else partial(state.read, before.content),
        members=partial(state.members, target),
        profile=profile,
    )


def profile_of(storage: str, state: State) -> Profile:
    """What the WebID documents in a storage say."""
    owners = state.acls().owners
    found = Profile(webids=frozenset(w for w in owners if w.startswith(storage)))
    for webid in webids_in(storage, owners):
        card = state.load(ResourceIri(storage, document_of(webid).removeprefix(storage)))
        syntax = None if card is None else RdfFormat.of(card.media_type)
        if card is not None and syntax is not None:
            found |= profile_in(state.read(card.content), syntax, webid)
    return found


def _is_taken(state: State, iri: ResourceIri) -> bool:
    # A WebID document is nothing that anybody could add by naming it.
    webids = webids_in(iri.storage, state.acls().owners)
    return state.load(iri) is not None or bool(described(iri, webids))


def _is_empty(target: ResourceIri, state: State) -> bool:
    return not target.is_container or next(iter(state.members(target)), None) is None


def _facts_of_creation(target: ResourceIri, state: State, profile: Callable[[], Profile]) -> Facts:
    above = [container for container in target.ancestry() if container != target]
    missing = tuple(takewhile(lambda container: state.load(container) is None, above))
    # Everything lies in a container that is there, so a document can only stand in the place of
    # the uppermost one that is missing.
    twins = [target.twin, missing[-1].twin if missing else None]
    twin, blocking = (None if iri is None else state.load(iri) for iri in twins)
    return Facts(twin=twin, missing=missing, blocking=blocking, profile=profile)
