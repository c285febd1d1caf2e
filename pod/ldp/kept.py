"""Representations that were made and are kept: the same for every reader, until it changes."""

from collections import OrderedDict
from collections.abc import Callable

from pod.ldp.represent import Shown
from pod.model import Resource
from pod.rdf.formats import Form

MIB = 1024 * 1024

_Name = tuple[str, str, Form | None]


class KeptShown:
    """The representations of one pod, the least recently used dropped first.

    INVARIANT (names): one has the address, version and form of what it shows. A version never
    comes back, so what is kept is never stale; but one change gives the same version to a
    resource and to the container that lists it, which not everybody may read who may read the
    other. Which containers are inboxes stands elsewhere: `clear` when that changes. `most` bounds
    the number of representations, and `total` the bytes of their bodies.
    """

    def __init__(self, *, most: int = 2048, total: int = 16 * MIB) -> None:
        self._most = most
        self._total = total
        self._size = 0
        self._shown: OrderedDict[_Name, Shown] = OrderedDict()

    def has(self, found: Resource, form: Form | None) -> bool:
        """Whether the representation of a resource in a form is kept."""
        return (found.iri.path, found.version, form) in self._shown

    def find(self, found: Resource, form: Form | None, make: Callable[[], Shown]) -> Shown:
        """The representation of a resource in a form: kept, or made now and kept."""
        name = found.iri.path, found.version, form
        shown = self._shown.get(name)
        if shown is not None:
            self._shown.move_to_end(name)
            return shown
        shown = self._shown[name] = make()
        self._size += _size(shown)
        while self._size > self._total or len(self._shown) > self._most:
            self._size -= _size(self._shown.popitem(last=False)[1])
        return shown

    def clear(self) -> None:
        """Forget all of them, since something else than their resources says otherwise now."""
        self._shown.clear()
        self._size = 0


def _size(shown: Shown) -> int:
    # A blob lies in its file and costs nothing here, and what is yet to be made nothing yet.
    return len(shown.body) if isinstance(shown.body, bytes) else 0
