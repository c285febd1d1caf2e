"""An import of many files that was ended half way, and goes on where it was.

Each file is taken in whole or not at all, and then noted. An import of the same thing, with the
same options, passes over a file that has the same octets and was noted, if all that was made of it
is still in the pod: what was deleted meanwhile comes back.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from importers.contract import Options
from pod.flows.sorted_out import Claimed
from pod.intake.report import Report
from pod.store.port import PodStore
from vocab.iri import ResourceIri


class Resumption:
    """What an import of one path has taken in, told by the digest of each file."""

    def __init__(
        self, paths: Iterable[Path], options: Options, holder: str | None, store: PodStore
    ) -> None:
        said = [*(str(path.resolve()) for path in paths), holder, sorted(options.values.items())]
        run = hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()[:32]
        self._noted = store.under_way(run)
        self._store = store
        self.passed = 0

    def before(self, found: Claimed) -> Report | None:
        """The report on a file that was taken in before this import was ended. Raises Unreadable.

        Reads all of the file, where anything was taken in before, to know it by its digest.
        """
        if not self._noted:
            return None
        digest = hashlib.sha256()
        for piece in found.source.pieces():
            digest.update(piece)
        report = cast("Report | None", self._noted.get(_name(found, digest.hexdigest())))
        if report is None or not all(map(self._is_there, report["resources"])):
            return None
        self.passed += 1
        return report

    def note(self, found: Claimed, sha256: str, report: Report) -> None:
        """A file was taken in."""
        self._noted.note(_name(found, sha256), cast("Mapping[str, object]", report))

    def end(self) -> None:
        """All files were taken in, or it was told why not."""
        self._noted.end()

    def _is_there(self, address: str) -> bool:
        store = self._store
        iri = ResourceIri(store.storage, address.removeprefix(store.storage))
        return store.snapshot().load(iri) is not None


def _name(found: Claimed, sha256: str) -> str:
    return f"{sha256} {found.importer.format}:{found.importer.version} {found.name}"
