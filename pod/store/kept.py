"""The resources used last, kept in memory for all pods of a process under one bound.

Belongs to the event loop's thread.
"""

from collections import OrderedDict
from itertools import count

from pod.model import Blob, Resource

LARGEST_KEPT = 64 * 1024
KEPT_BYTES = 32 * 1024 * 1024
_OVERHEAD = 512  # about what a resource takes beside its bytes


class Kept:
    """What is kept: bodies up to `largest` bytes, as long as all of them are within `total`."""

    def __init__(self, *, largest: int = LARGEST_KEPT, total: int = KEPT_BYTES) -> None:
        self.largest = largest
        self._room = total
        self._entries: OrderedDict[tuple[int, str], Resource] = OrderedDict()
        self._shelves = count()

    def shelf(self) -> int:
        """A number that no other shelf of these resources has had."""
        return next(self._shelves)

    def get(self, shelf: int, path: str) -> Resource | None:
        key = (shelf, path)
        found = self._entries.get(key)
        if found is not None:
            self._entries.move_to_end(key)
        return found

    def put(self, shelf: int, resource: Resource) -> None:
        path = resource.iri.path
        self.drop(shelf, path)
        weight = _weight(resource)
        if weight > self.largest + _OVERHEAD:
            return
        self._entries[shelf, path] = resource
        self._room -= weight
        while self._room < 0:
            _, oldest = self._entries.popitem(last=False)
            self._room += _weight(oldest)

    def drop(self, shelf: int, path: str) -> None:
        gone = self._entries.pop((shelf, path), None)
        if gone is not None:
            self._room += _weight(gone)


class Shelf:
    """The kept resources of one pod, by their path."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._number = kept.shelf()

    def get(self, path: str) -> Resource | None:
        return self._kept.get(self._number, path)

    def put(self, resource: Resource) -> None:
        self._kept.put(self._number, resource)

    def drop(self, path: str) -> None:
        self._kept.drop(self._number, path)

    def clear(self) -> None:
        """Begin a new shelf. What is on the old one is out of reach, and soon makes room."""
        self._number = self._kept.shelf()


def _weight(resource: Resource) -> int:
    octets = 0 if isinstance(resource.content, Blob) else len(resource.content)
    return octets + _OVERHEAD
