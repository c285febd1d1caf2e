"""What an import has read, parted by the document that each thing goes to.

However large an export is, one part at a time has to be in memory: pod.store.workspace has those
that lie on the disk meanwhile.
"""

from collections.abc import Collection
from typing import Any, Protocol


class Partitions(Protocol):
    """Values by key, each key's in the order in which they were put."""

    def put(self, key: str, value: Any) -> None: ...

    def keys(self) -> Collection[str]:
        """The keys that have values now."""
        ...

    def take(self, key: str) -> list[Any]:
        """The values of a key, which has none from then on."""
        ...
