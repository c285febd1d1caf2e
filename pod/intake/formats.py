"""By which format a record came, and when the export that it came by was made.

The first tells the sources of one account apart. The second tells which of two statements of one
record holds: what an export says that was made on an earlier day never takes the place of what one
of a later day said, whichever of them comes first. Where one of the two does not say its day, the
one that comes last holds, as before.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pod.intake.provenance import MAPPING
from pod.intake.withdrawn import came_by, withdrawn_by
from vocab.graph import Node, Nodes
from vocab.names import PROV, SCHEMA


@dataclass(frozen=True, slots=True)
class _Import:
    """The format of an import, "" where it is not known, and the day its export says of itself."""

    format: str
    made: date | None


class Formats:
    """The imports of a holder, as far as their documents are there.

    `own` is the format of the export that is taken in, and `made` the civil day on which it says
    that it was made. `held` gives what a document says by its path below `storage`, None where
    there is none.
    """

    def __init__(
        self,
        own: str,
        storage: str,
        held: Callable[[str], Nodes | None],
        made: date | None = None,
    ) -> None:
        self._own = own
        self._made = made
        self._storage = storage
        self._held = held
        self._known: dict[str, _Import] = {}

    def is_other(self, record: Node) -> bool:
        """Whether a record is known to have come by imports of other formats, and only by them."""
        imports = came_by(record)
        return bool(imports) and all(map(self.is_of_another, imports))

    def is_of_another(self, activity: str) -> bool:
        """Whether an import is known to be one of another format."""
        return self._import(activity).format not in {"", self._own}

    def is_newer(self, record: Node) -> bool:
        """Whether what is held of a record, or that it is withdrawn, was stated on a later day."""
        if self._made is None or not record:
            return False
        imports = came_by(record) | withdrawn_by(record)
        return is_overtaken(self._made, (self._import(one).made for one in imports))

    def _import(self, activity: str) -> _Import:
        if activity not in self._known:
            path = activity.partition("#")[0].removeprefix(self._storage)
            about = self._held(path) or {}
            self._known[activity] = _Import(_format(about), _made(about))
        return self._known[activity]


def is_overtaken(made: date | None, held: Iterable[date | None]) -> bool:
    """Whether an export made on a day is older than one of those that were made on `held`.

    None is a day that is not known, and decides nothing.
    """
    return made is not None and any(day is not None and made < day for day in held)


def _format(about: Nodes) -> str:
    """The format of an import: "ofx" of urn:sd:mapping:ofx:1."""
    used = (term.value for node in about.values() for term in node.get(PROV.used, ()))
    named = next((iri for iri in used if iri.startswith(MAPPING)), "")
    return named.removeprefix(MAPPING).rpartition(":")[0]


def _made(about: Nodes) -> date | None:
    """The day that the file of an import says of itself."""
    days = (term.value for node in about.values() for term in node.get(SCHEMA.dateCreated, ()))
    try:
        return max(map(date.fromisoformat, days), default=None)
    except ValueError:
        return None
