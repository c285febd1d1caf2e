"""By which format a record came: what tells the sources of one account apart."""

from collections.abc import Callable

from pod.intake.provenance import MAPPING
from pod.intake.withdrawn import came_by
from vocab.graph import Node, Nodes
from vocab.names import PROV


class Formats:
    """The formats of imports, as far as their documents are there.

    `own` is that of the export that is taken in. `held` gives what a document says by its
    path below `storage`, None where there is none.
    """

    def __init__(self, own: str, storage: str, held: Callable[[str], Nodes | None]) -> None:
        self._own = own
        self._storage = storage
        self._held = held
        self._known: dict[str, str] = {}

    def is_other(self, record: Node) -> bool:
        """Whether a record is known to have come by imports of other formats, and only by them."""
        imports = came_by(record)
        return bool(imports) and all(map(self.is_of_another, imports))

    def is_of_another(self, activity: str) -> bool:
        """Whether an import is known to be one of another format."""
        return self._format_of(activity) not in {"", self._own}

    def _format_of(self, activity: str) -> str:
        if activity not in self._known:
            path = activity.partition("#")[0].removeprefix(self._storage)
            self._known[activity] = _format(self._held(path) or {})
        return self._known[activity]


def _format(about: Nodes) -> str:
    """The format of an import: "ofx" of urn:sd:mapping:ofx:1."""
    used = (term.value for node in about.values() for term in node.get(PROV.used, ()))
    named = next((iri for iri in used if iri.startswith(MAPPING)), "")
    return named.removeprefix(MAPPING).rpartition(":")[0]
