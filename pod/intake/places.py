"""Where a holder's documents hold the records that have an id of the holder's.

A record stays in the document that it came into first, whatever its date becomes: so one that
comes with another date is looked for in the other documents of its kind.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from importers.contract import Record
from importers.naming import Naming
from vocab.graph import Nodes
from vocab.kinds import KINDS
from vocab.names import SD

Held = Callable[[str], Nodes | None]
"""From the path of a document below the storage root to what it says, None where there is none."""

_RANK = re.compile(r"~r\d+\Z", re.ASCII)
_DATED = "{yyyy"

_Family = tuple[str, ...]


class Places:
    """An index of names, made of the documents that an import might look into, when it first does.

    `paths` gives those of all documents of the holder below /data/.
    """

    def __init__(self, naming: Naming, paths: Callable[[], Iterable[str]], held: Held) -> None:
        self._naming = naming
        self._paths = paths
        self._held = held
        self._families: dict[tuple[str, _Family], Mapping[str, tuple[str, ...]]] = {}

    def may_be_elsewhere(self, record: Record, path: str) -> bool:
        """Whether a document that a record would be in with another date holds one of its key."""
        if record.key.stable is None or _DATED not in KINDS[record.kind].document:
            return False
        names = self._names(record.kind, path)
        if not names:
            return False
        name = self._naming.fragment(record, 0)
        return any(place != path for place in names.get(name, ()))

    def find(self, record: Record, rank: int, path: str) -> tuple[str, ...]:
        """The documents that hold a record under this name: `path` alone if it does.

        Else those it would be in with another date, in the order of their paths.
        """
        name = self._naming.fragment(record, rank)
        places = self._names(record.kind, path).get(_RANK.sub("", name), ())
        holding = tuple(place for place in places if self._holds(place, name))
        return (path,) if path in holding else holding

    def _holds(self, place: str, name: str) -> bool:
        about = f"{self._naming.storage}{place}#{name}"
        return SD.recordDigest in (self._held(place) or {}).get(about, {})

    def _names(self, kind: str, path: str) -> Mapping[str, tuple[str, ...]]:
        """By the name of a record without its rank, the documents of a family that hold it."""
        family = _family(kind, path)
        found = self._families.get((kind, family))
        if found is None:
            found = self._families[kind, family] = self._read(kind, family)
        return found

    def _read(self, kind: str, family: _Family) -> Mapping[str, tuple[str, ...]]:
        names: dict[str, tuple[str, ...]] = {}
        for path in sorted(self._paths()):
            if _family(kind, path) != family:
                continue
            here = {
                _RANK.sub("", about.rpartition("#")[2])
                for about, node in (self._held(path) or {}).items()
                if SD.recordDigest in node
            }
            for name in here:
                names[name] = (*names.get(name, ()), path)
        return names


@lru_cache(maxsize=1024)
def _family(kind: str, path: str) -> _Family:
    """A path without its dates: the documents in which a record of a kind may be."""
    rules = KINDS[kind].document.split("/")
    parts = path.split("/")
    first = len(parts) - len(rules)
    return (
        *parts[:first],
        *("" if _DATED in rule else part for rule, part in zip(rules, parts[first:], strict=False)),
    )
