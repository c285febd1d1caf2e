"""What the event loop's thread knows of the committed state: the ACLs, and resources at hand.

INVARIANT (no older ACL over newer content): what is known here belongs to one committed state,
named by its token, and moves from one such state to the next as a whole. A snapshot uses it only
when the token in the database, read within the snapshot's own transaction, is the same.

The writer announces a batch before it commits and the loop takes it over when it sees the token in
the database, so there is no moment at which a committed state is visible but unknown. A token that
was never announced is another process's: then everything is read anew.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from acl.model import AclIndex
from pod.model import Resource
from pod.store.kept import Shelf


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Publication:
    """A batch of changes: the state after it, and what it made of each resource it touched.

    `base` is the token of the state that the batch changed. `changed` is keyed by path; None says
    to look again.
    """

    base: int
    seq: int
    token: int
    acls: AclIndex
    changed: Mapping[str, Resource | None]


class Published:
    """The state that the loop's thread is at. `announce` and `withdraw` are the writer's."""

    def __init__(self, *, token: int, acls: AclIndex, kept: Shelf) -> None:
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
        if publication.base != self.token:  # another process has written in between
            self.kept.clear()
        for path, resource in publication.changed.items():
            if resource is None:
                self.kept.drop(path)
            else:
                self.kept.put(resource)
        self.acls = publication.acls
        self.token = publication.token
