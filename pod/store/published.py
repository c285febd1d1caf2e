"""What the event loop's thread knows of the committed state: the ACLs, and resources at hand.

INVARIANT (no older ACL over newer content): what is known here belongs to one committed state,
named by its token, and moves from one such state to the next as a whole. A snapshot uses it only
when the token in the database, read within the snapshot's own transaction, is the same.

The writer announces a batch before it commits and the loop takes it over when it sees the token in
the database, so there is no moment at which a committed state is visible but unknown. A token that
was never announced is another process's: then everything is read anew.
"""

from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from acl.model import AclIndex
from pod.model import Blob, Resource

LARGEST_KEPT = 64 * 1024
KEPT_BYTES = 32 * 1024 * 1024
_OVERHEAD = 512  # about what a resource takes beside its bytes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Publication:
    """A batch of changes: the state after it, and what it made of each resource it touched.

    `changed` is keyed by path; None says to look again.
    """

    seq: int
    token: int
    acls: AclIndex
    changed: Mapping[str, Resource | None]


class Kept:
    """The resources used last, as long as their bytes fit into a bound."""

    def __init__(self, *, largest: int = LARGEST_KEPT, total: int = KEPT_BYTES) -> None:
        self._largest = largest
        self._room = total
        self._entries: OrderedDict[str, Resource] = OrderedDict()

    def get(self, path: str) -> Resource | None:
        found = self._entries.get(path)
        if found is not None:
            self._entries.move_to_end(path)
        return found

    def put(self, resource: Resource) -> None:
        self.drop(resource.iri.path)
        weight = _weight(resource)
        if weight > self._largest + _OVERHEAD:
            return
        self._entries[resource.iri.path] = resource
        self._room -= weight
        while self._room < 0:
            _, oldest = self._entries.popitem(last=False)
            self._room += _weight(oldest)

    def drop(self, path: str) -> None:
        gone = self._entries.pop(path, None)
        if gone is not None:
            self._room += _weight(gone)

    def clear(self) -> None:
        for path in list(self._entries):
            self.drop(path)


class Published:
    """The state that the loop's thread is at. `announce` and `withdraw` are the writer's."""

    def __init__(self, *, token: int, acls: AclIndex, kept: Kept) -> None:
        self.token = token
        self.acls = acls
        self.kept = kept
        self._announced: deque[Publication] = deque()
        self._lock = Lock()

    def announce(self, publication: Publication) -> None:
        with self._lock:
            self._announced.append(publication)

    def withdraw(self, publication: Publication) -> None:
        """The commit failed: what was announced is not going to be seen."""
        with self._lock:
            if publication in self._announced:
                self._announced.remove(publication)

    def advance(self, token: int) -> bool:
        """Move to an announced state; False when this one was not announced, or is behind us."""
        with self._lock:
            if all(publication.token != token for publication in self._announced):
                return False
            while self.token != token:
                self._take(self._announced.popleft())
            return True

    def restart(self, *, seq: int, token: int, acls: AclIndex) -> None:
        """Move to a state that another process has made."""
        with self._lock:
            while self._announced and self._announced[0].seq <= seq:
                self._announced.popleft()
        self.kept.clear()
        self.acls = acls
        self.token = token

    def _take(self, publication: Publication) -> None:
        for path, resource in publication.changed.items():
            if resource is None:
                self.kept.drop(path)
            else:
                self.kept.put(resource)
        self.acls = publication.acls
        self.token = publication.token


def _weight(resource: Resource) -> int:
    octets = 0 if isinstance(resource.content, Blob) else len(resource.content)
    return octets + _OVERHEAD
