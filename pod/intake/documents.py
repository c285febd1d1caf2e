"""The documents that an import changes, one after another, of which one at a time is in memory.

The months of series come first, since totals follow from them; then what may be held under another
date finds its document; then the records of each document; and where an export is complete, those
of the time that it covers last, once it is known whether a row was lost.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime

from importers.contract import Reading
from importers.samples import Spot
from importers.series import settle
from importers.triples import ranked
from pod.intake.absent import absent, covered, told_of
from pod.intake.alternates import put_entries
from pod.intake.curves import put_readings
from pod.intake.draft import Draft, Written
from pod.intake.provenance import Export
from pod.intake.records import Derived, Placed, entries_of, place, put_derived, rejected
from pod.intake.sensors import put_samples
from pod.intake.sorting import MOVED, RECORDS, SERIES, Sorting
from pod.intake.withdrawn import withdrawn

_Absent = Mapping[str, Sequence[str]]


def written(export: Export, sorting: Sorting, now: datetime) -> Iterator[Written]:
    """The documents of data and of history. What became of each item is added to the tally."""
    for key in _keys(sorting, SERIES):
        yield from _series(key.removeprefix(SERIES), sorting, now)
    _place_moved(sorting)
    late = _late(export, sorting)
    for path in sorted(_paths(sorting) - late):
        yield from _records(path, sorting).written(now)
    missing = _missing(export, late, sorting)
    for path in sorted((_paths(sorting) & late) | missing.keys()):
        draft = _records(path, sorting)
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
    """The records that a document would be told of; what goes to it is there again afterwards."""
    draft = _draft(path, sorting)
    pieces = sorting.partitions.take(RECORDS + path)
    told = list(put_entries(entries_of(pieces, path, sorting.naming), draft))
    sorting.tally.lost |= any(one.problem and one.problem.row for one in told)
    for piece in pieces:
        sorting.partitions.put(RECORDS + path, piece)
    return draft.told
