"""The documents that an import changes, one after another, of which one at a time is in memory.

The months of series come first, since totals follow from them; then what may be held under another
date finds its document; then what meters measured is held against what is there of the same time;
then the records of each document; and where an export is complete, those of the time that it covers
last, once it is known whether a row was lost.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from importers.contract import Problem, Reading
from importers.samples import Spot
from importers.series import settle
from importers.triples import ranked
from pod.intake.absent import absent, covered, told_of
from pod.intake.alternates import put_entries
from pod.intake.curves import put_readings
from pod.intake.draft import Draft, Written
from pod.intake.provenance import Export
from pod.intake.records import Derived, Placed, Told, entries_of, place, put_derived, rejected
from pod.intake.sensors import put_samples
from pod.intake.sorting import MOVED, RECORDS, SERIES, Sorting
from pod.intake.stretches import Marks, Stretch, around, marks, stretches
from pod.intake.withdrawn import restored, superseded, withdrawn

_Absent = Mapping[str, Sequence[str]]


def written(export: Export, sorting: Sorting, now: datetime) -> Iterator[Written]:
    """The documents of data and of history. What became of each item is added to the tally."""
    for key in _keys(sorting, SERIES):
        yield from _series(key.removeprefix(SERIES), sorting, now)
    _place_moved(sorting)
    changed = _changed(sorting)
    late = _late(export, sorting)
    for path in sorted((_paths(sorting) | changed.keys()) - late):
        draft = _records(path, sorting)
        _mark(path, draft, changed, now)
        yield from draft.written(now)
    missing = _missing(export, late, sorting)
    for path in sorted(((_paths(sorting) | changed.keys()) & late) | missing.keys()):
        draft = _records(path, sorting)
        _mark(path, draft, changed, now)
        for about in missing.get(path, ()):
            record = draft.node(path, about)
            draft.put(path, about, withdrawn(record, sorting.naming.activity, now))
        yield from draft.written(now)


def _keys(sorting: Sorting, stage: str) -> list[str]:
    return sorted(key for key in sorting.partitions.keys() if key.startswith(stage))  # noqa: SIM118 - no mapping


def _paths(sorting: Sorting) -> set[str]:
    return {key.removeprefix(RECORDS) for key in _keys(sorting, RECORDS)}


def _draft(path: str, sorting: Sorting) -> Draft:
    found = sorting.sources.held(path)
    there = {} if found is None else {path: found}
    naming = sorting.naming
    return Draft(naming.storage, there, naming.activity, sorting.sources.formats)


def _series(path: str, sorting: Sorting, now: datetime) -> Iterator[Written]:
    """The document of a month of points; what follows for others goes to their partitions."""
    naming, draft = sorting.naming, _draft(path, sorting)

    def derive(derived: Derived) -> None:
        sorting.partitions.put(RECORDS + derived.path, derived)
        sorting.note(derived.path, derived.record)

    points = sorting.partitions.take(SERIES + path)
    readings = [point for point in points if isinstance(point, Reading)]
    spots = [point for point in points if isinstance(point, Spot)]
    sorting.tally.add_all(put_readings(settle(readings), naming, draft, derive))
    if spots:
        sensor = sorting.sensors[path]
        sorting.tally.add_all(put_samples(sensor, spots, naming, draft, derive))
    yield from draft.written(now)


def _place_moved(sorting: Sorting) -> None:
    """Gives the records that another document may hold to the one that does."""
    naming = sorting.naming
    for record, rank in ranked(sorting.partitions.take(MOVED)):
        try:
            path = place(record, rank, naming, sorting.sources.places, sorting.sources.held)
        except ValueError as error:
            sorting.tally.add(rejected(record.locator, str(error), int(record.counted)))
        else:
            sorting.partitions.put(RECORDS + path, Placed(record, rank))


def _records(path: str, sorting: Sorting) -> Draft:
    """The document of records as what goes to it leaves it."""
    draft = _draft(path, sorting)
    pieces = sorting.partitions.take(RECORDS + path)
    sorting.tally.add_all(put_entries(entries_of(pieces, path, sorting.naming), draft))
    put_derived(pieces, sorting.naming, draft)
    return draft


def _changed(sorting: Sorting) -> Marks:
    """Which figures begin or cease to count, as others tell of their time in other lengths.

    Of a meter's documents one is in memory at a time, and of each of its figures the times.
    """
    changed: dict[str, Mapping[str, Sequence[str]]] = {}
    for paths in around(sorting.measured):
        there = [path for path in paths if path in sorting.measured or sorting.sources.held(path)]
        if sorting.has_long or any(map(_holds_long(sorting), there)):
            changed |= marks(one for path in there for one in _to_be(path, sorting))
    ceasing = [about for marked in changed.values() for about, instead in marked.items() if instead]
    if ceasing:
        problem = Problem("/", _COUNTED_ONCE.format(len(ceasing)), row=False)
        sorting.tally.add(Told(outcome=None, count=0, problem=problem))
    return changed


def _holds_long(sorting: Sorting) -> Callable[[str], bool]:
    held = sorting.sources.held
    return lambda path: any(one.is_long for one in stretches(path, held(path) or {}))


def _to_be(path: str, sorting: Sorting) -> Iterator[Stretch]:
    """The figures that a document will have."""
    if path in sorting.measured:
        draft, _ = _trial(path, sorting)
        return stretches(path, dict(draft.nodes(path)))
    return stretches(path, sorting.sources.held(path) or {})


def _mark(path: str, draft: Draft, changed: Marks, now: datetime) -> None:
    for about, instead in changed.get(path, {}).items():
        record = draft.node(path, about)
        if instead:
            draft.put(path, about, superseded(record, instead, draft.activity, now))
        else:
            draft.put(path, about, restored(record))


def _late(export: Export, sorting: Sorting) -> frozenset[str]:
    """The documents that have to wait: those that are there, of a time that the export covers."""
    paths = covered(export.covers, sorting.naming)
    return frozenset(path for path in paths if sorting.sources.held(path) is not None)


def _missing(export: Export, late: Container[str], sorting: Sorting) -> _Absent:
    """What is to be marked as withdrawn in each of the documents that waited."""
    told: set[str] = set()
    for path in sorted(_paths(sorting)):
        if path in late:
            told |= _tried(path, sorting)
    is_sure = not sorting.tally.lost and all(check.ok for check in export.checks)
    found: dict[str, list[str]] = defaultdict(list)
    for covers in export.covers:
        missing = absent(covers, told, sorting.naming, sorting.sources)
        if missing:
            sorting.tally.add(told_of(covers, len(missing), is_sure=is_sure))
        for path, about in missing if is_sure else ():
            found[path].append(about)
    return found


def _tried(path: str, sorting: Sorting) -> frozenset[str]:
    """The records that a document would be told of."""
    draft, told = _trial(path, sorting)
    sorting.tally.lost |= any(one.problem and one.problem.row for one in told)
    return draft.told


def _trial(path: str, sorting: Sorting) -> tuple[Draft, list[Told]]:
    """A document as it would be, and what is told; what goes to it is there again afterwards."""
    draft = _draft(path, sorting)
    pieces = sorting.partitions.take(RECORDS + path)
    told = list(put_entries(entries_of(pieces, path, sorting.naming), draft))
    put_derived(pieces, sorting.naming, draft)
    for piece in pieces:
        sorting.partitions.put(RECORDS + path, piece)
    return draft, told


_COUNTED_ONCE: Final = (
    "{} figures tell of a time of which others tell too: marked as withdrawn, so that nothing is "
    "counted twice"
)
