"""From what an importer read, and what the pod holds of that holder, to the documents to write.

Nothing is written twice: an export that tells nothing new makes no document, not even that of the
import. A record that is absent from an export stays as it is, unless the export is complete over
its time (`pod.intake.withdrawn`). What counts as read is every counted
record, every sample, every reading, gaps included, and every row that could not be read; each of
these is new, the same as before (nothing is written for it), an update, or rejected:
read = new + same + updated + rejected. Of the same, `deleted` were deleted by the person; of the
rejected, `conflict` contradict another statement. What is `withdrawn` was not read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from importers.contract import Check, Item, Problem
from importers.naming import Naming
from pod.intake.documents import written
from pod.intake.draft import Draft, Manner, Outcome, Written
from pod.intake.partitions import MemoryPartitions
from pod.intake.provenance import Export, holder_node, import_nodes
from pod.intake.sorting import Sorting, Tally
from pod.intake.sources import sources_of
from vocab.graph import Nodes


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Summary):
    """What an import comes to: the documents to write, by path, and what there is to tell of it."""

    documents: tuple[Written, ...]


def plan(
    export: Export,
    items: Iterable[Item],
    naming: Naming,
    held: Mapping[str, Nodes],
    now: datetime,
) -> Plan:
    """Plans an import of which all is in memory. Pure: the same arguments, the same plan.

    `held` has every document that the pod has below /data/ of that holder (`is_of`), and those of
    its imports by which sources are told apart, by its path below the storage root.
    `naming.activity` is the IRI of the import, whose document is not held.
    """
    sources = sources_of(naming, export.format, held.get, held.keys)
    sorting = Sorting(sources, MemoryPartitions())
    for item in items:
        sorting.add(item)
    documents = list(written(export, sorting, now))
    if documents:
        documents += provenance(export, sorting, now)
    documents.sort(key=lambda document: document.path)
    found = summary(export, sorting.tally, (document.path for document in documents))
    return Plan(documents=tuple(documents), **{name: getattr(found, name) for name in _TOLD})


_TOLD = tuple(Summary.__dataclass_fields__)


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
    for about, node in import_nodes(export, naming, counts_of(sorting.tally), now).items():
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
