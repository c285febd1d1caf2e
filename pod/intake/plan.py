"""What there is to tell of an import: what was read, and what became of it.

Nothing is written twice: an export that tells nothing new makes no document, not even that of the
import. A record that is absent from an export stays as it is, unless the export is complete over
its time (`pod.intake.withdrawn`). What counts as read is every counted
record, every sample, every reading, gaps included, and every row that could not be read; each of
these is new, the same as before (nothing is written for it), an update, or rejected:
read = new + same + updated + rejected. Of the same, `deleted` were deleted by the person; of the
rejected, `conflict` contradict another statement. What is `withdrawn` was not read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from importers.contract import Check, Problem
from pod.intake.draft import Draft, Manner, Outcome, Written
from pod.intake.provenance import Export, Told, holder_node, import_nodes
from pod.intake.sorting import Sorting, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What there is to tell of an import. `paths` are those of the documents that it writes.

    `more` is how many problems there are beside those that are listed.
    """

    paths: tuple[str, ...]
    read: int
    new: int
    same: int
    updated: int
    rejected: int
    deleted: int
    conflict: int
    withdrawn: int
    problems: tuple[Problem, ...]
    more: int
    checks: tuple[Check, ...]


def provenance(export: Export, sorting: Sorting, now: datetime) -> Iterator[Written]:
    """The documents on an import that changes something, and on the holder where there is none."""
    naming, storage = sorting.naming, sorting.naming.storage
    where = naming.place("Holder")
    if sorting.sources.held(where) is None:
        draft = Draft(storage, {}, naming.activity, sorting.sources.formats)
        draft.put(where, naming.holder, holder_node(export.holder))
        yield from draft.written(now)
    draft = Draft(storage, {}, naming.activity, sorting.sources.formats)
    path = naming.activity.partition("#")[0].removeprefix(storage)
    told = Told(counts=counts_of(sorting.tally), problems=sorting.tally.problems)
    for about, node in import_nodes(export, naming, told, now).items():
        draft.put(path, about, node)
    yield from draft.written(now)


def summary(export: Export, tally: Tally, paths: Iterable[str]) -> Summary:
    """What there is to tell of an import once its documents are planned."""
    return Summary(
        paths=tuple(sorted(paths)),
        problems=tuple(tally.problems),
        more=tally.more,
        checks=export.checks,
        **counts_of(tally),
    )


def counts_of(tally: Tally) -> dict[str, int]:
    """What is told of an import: what was read, and what became of it, in all and in part."""
    found = {name.value: tally.counts[name] for names in (Outcome, Manner) for name in names}
    return {"read": sum(found[outcome] for outcome in Outcome), **found}


def is_of(path: str, slug: str) -> bool:
    """Whether a path below the storage root is that of a document of a holder, in any domain."""
    parts = path.split("/")
    return len(parts) > 3 and parts[0] == "data" and parts[2] == slug
