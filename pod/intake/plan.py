"""From what an importer read, and what the pod holds of that holder, to the documents to write.

Nothing is written twice: an export that tells nothing new makes no document, not even that of the
import. A record that is absent from an export stays as it is, unless the export is complete over
its time (`pod.intake.withdrawn`). What counts as read is every counted
record, every sample, every reading, gaps included, and every row that could not be read; each of
these is new, the same as before (nothing is written for it), an update, or rejected:
read = new + same + updated + rejected. Of the same, `deleted` were deleted by the person; of the
rejected, `conflict` contradict another statement. What is `withdrawn` was not read.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from importers.contract import Check, Problem, Reading, Record, Sample
from importers.naming import Naming
from importers.series import settle
from pod.intake.absent import put_absent
from pod.intake.accounts import with_known_accounts
from pod.intake.alternates import put_entries
from pod.intake.curves import put_readings
from pod.intake.draft import Draft, Manner, Outcome, Written
from pod.intake.formats import Formats
from pod.intake.provenance import Export, holder_graph, import_graph
from pod.intake.records import Told, entries_of, unreadable
from pod.intake.sensors import put_samples
from vocab.graph import Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import comes to: the documents to write, by path, and what there is to tell of it."""

    documents: tuple[Written, ...]
    read: int
    new: int
    same: int
    updated: int
    rejected: int
    deleted: int
    conflict: int
    withdrawn: int
    problems: tuple[Problem, ...]
    checks: tuple[Check, ...]


def plan(export: Export, naming: Naming, held: Mapping[str, Graph], now: datetime) -> Plan:
    """Plans an import. Pure: the same arguments, the same plan.

    `held` has every document that the pod has below /data/ of that holder (`is_of`), and those of
    its imports by which sources are told apart, by its path below the storage root.
    `naming.activity` is the IRI of the import, whose document is not held.
    """
    naming = with_known_accounts(naming, held.get)
    formats = Formats(export.format, naming.storage, held.get)
    draft = Draft(naming.storage, held, naming.activity, formats)
    told = tuple(_told(export, naming, draft))
    told += tuple(put_absent(export, told, naming, draft, now))
    tally: Counter[str] = Counter()
    for one in told:
        if one.outcome is not None:
            tally[one.outcome] += one.count
        if one.manner is not None:
            tally[one.manner] += one.count
    counts = _counts(tally)
    if draft.changed:
        _put_provenance(export, naming, counts, draft, now)
    return Plan(
        documents=tuple(draft.written(now)),
        problems=tuple(one.problem for one in told if one.problem),
        checks=export.checks,
        **counts,
    )


def _counts(tally: Mapping[str, int]) -> dict[str, int]:
    """What is told of an import: what was read, and what became of it, in all and in part."""
    found = {name.value: tally.get(name, 0) for names in (Outcome, Manner) for name in names}
    return {"read": sum(found[outcome] for outcome in Outcome), **found}


def is_of(path: str, slug: str) -> bool:
    """Whether a path below the storage root is that of a document of a holder, in any domain."""
    parts = path.split("/")
    return len(parts) > 3 and parts[0] == "data" and parts[2] == slug


def _told(export: Export, naming: Naming, draft: Draft) -> Iterator[Told]:
    for item in export.items:
        if isinstance(item, Problem):
            yield unreadable(item)
    records = (item for item in export.items if isinstance(item, Record))
    yield from put_entries(entries_of(records, naming, draft), draft)
    readings = (item for item in export.items if isinstance(item, Reading))
    yield from put_readings(settle(readings), naming, draft)
    samples = (item for item in export.items if isinstance(item, Sample))
    yield from put_samples(samples, naming, draft)


def _put_provenance(
    export: Export, naming: Naming, counts: Mapping[str, int], draft: Draft, now: datetime
) -> None:
    where = naming.place("Holder")
    if not draft.has(where):
        draft.put(where, naming.holder, holder_graph(export.holder, naming))
    path = naming.activity.partition("#")[0].removeprefix(naming.storage)
    draft.put(path, naming.activity, import_graph(export, naming, counts, now))
