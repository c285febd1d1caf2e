"""The rows that a pod's writer has read and that still stand: each write asks for the same few.

Belongs to the writer's thread.
"""

from pod.model import Blob, Resource
from pod.store.effects import Row

MOST = 64  # resources
LARGEST = 16 * 1024  # bytes of a body


class Loaded:
    """Resources by path, with what must be known to replace them; those read last.

    INVARIANT (rows): what is here is what the table has now. Who writes a row drops it here, and
    nothing is put here that a transaction has changed which may yet be rolled back; when another
    process has written, all is dropped.
    """

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Resource, Row]] = {}

    def get(self, path: str) -> tuple[Resource, Row] | None:
        return self._rows.get(path)

    def put(self, found: Resource, row: Row) -> None:
        """Keep a resource, unless it is large; one that was kept for longest goes for it."""
        if not isinstance(found.content, Blob) and len(found.content) > LARGEST:
            return
        if len(self._rows) >= MOST:
            del self._rows[next(iter(self._rows))]
        self._rows[found.iri.path] = found, row

    def drop(self, path: str) -> None:
        self._rows.pop(path, None)

    def clear(self) -> None:
        self._rows.clear()
