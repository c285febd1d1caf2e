"""Readings into a draft: the chunks of their series, completed or corrected, and the days' totals.

The chunks of one month of a series are in one document. A month at one step is `#c`; a day of a
finer step is `#c-31`; a second step within the same period has the step in its name, `#c-pt10m`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from importers.contract import Problem, Record, Series
from importers.naming import Naming
from importers.series import Chunk, Merge, Point, Settled, Slot, by_slot, merge
from importers.totals import daily, days_of, series_record
from pod.intake.chunks import chunk_of, chunk_record, fragment_of, is_chunk
from pod.intake.draft import Draft, Manner, Outcome
from pod.intake.records import Derived, Told, derived_series, entry_of, put_entry, unreadable
from pod.intake.tombstones import dead_periods, is_tombstone
from vocab.names import PROV

Derive = Callable[[Derived], None]

_OVERTAKEN = (
    "{} values stay as an export says that was made later: this one is older, and says something "
    "else"
)
_UNREADABLE = "a chunk that the pod holds of this series cannot be read, and is left as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """One month of one series, `2024-03`: its document, and the chunks in it by their IRI.

    `taken` are the names in the document that a new chunk cannot have, `dead` the periods whose
    chunks the person deleted, and `changed` the moments of which something new is known. `newer`
    are the chunks that an export gave which was made later.
    """

    series: Series
    of: str
    path: str
    name: str
    chunks: dict[str, Chunk] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    changed: list[int] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)
    newer: set[str] = field(default_factory=set)


def put_readings(settled: Settled, naming: Naming, draft: Draft, derive: Derive) -> Iterator[Told]:
    """Puts readings, by series and month; tells what became of each of them.

    What else follows from them, for other documents, goes to `derive`.
    """
    yield Told(outcome=Outcome.SAME, count=settled.aside)
    for problem in settled.problems:
        yield unreadable(problem)
    for series, points in settled.kept.items():
        about = derived_series(series_record(series), series.name, naming)
        derive(about)
        months: dict[str, list[tuple[Slot, list[Point]]]] = {}
        for slot, found in by_slot(series, points).items():
            months.setdefault(slot.period[:7], []).append((slot, found))
        for name, slots in months.items():
            on = date.fromisoformat(f"{name}-01")
            path = naming.place("SeriesChunk", account=series.meter, on=on, series=series.name)
            month = _Month(series=series, of=about.about, path=path, name=name)
            yield from _load(month, draft)
            yield from _put_month(month, slots, naming, draft)
            for total in _totals(month):
                derive(Derived(naming.document(total), naming.iri(total), total))


def _load(month: _Month, draft: Draft) -> Iterator[Told]:
    """The chunks of a month that the pod holds; one that cannot be read is told of."""
    for about, node in draft.nodes(month.path):
        name = about.rpartition("#")[2]
        month.taken.add(name)
        if is_tombstone(node):
            month.dead.update(dead_periods((name,), month.name))
        elif is_chunk(node, month.of):
            if draft.formats.is_newer(node):
                month.newer.add(about)
            try:
                month.chunks[about] = chunk_of(node, month.series)
            except ValueError:
                problem = Problem(f"series={month.series.name}", _UNREADABLE, row=False)
                yield Told(outcome=Outcome.REJECTED, count=0, problem=problem)


def _put_month(
    month: _Month, slots: Sequence[tuple[Slot, list[Point]]], naming: Naming, draft: Draft
) -> Iterator[Told]:
    for slot, points in slots:
        if not month.dead.isdisjoint({slot.period, slot.period[:7]}):
            count = sum(point.reading.counted for point in points)
            yield Told(outcome=Outcome.SAME, count=count, manner=Manner.DELETED)
            continue
        about = _about(slot, month, naming)
        merged = merge(month.chunks.get(about), slot, points, keeps=about in month.newer)
        if merged.older:
            message = _OVERTAKEN.format(merged.older)
            problem = Problem(merged.locator, message, row=False)
            yield Told(outcome=None, count=0, problem=problem)
        told = _put_chunk(month, about, merged, naming, draft)
        if told.outcome is Outcome.REJECTED:
            yield told
            continue
        month.chunks[about] = merged.chunk
        month.changed.extend(merged.moments)
        yield Told(outcome=Outcome.NEW, count=merged.new)
        yield Told(outcome=Outcome.SAME, count=merged.same)
        yield Told(outcome=Outcome.UPDATED, count=merged.updated)


def _totals(month: _Month) -> Iterator[Record]:
    """The totals of the days in which something changed."""
    days = days_of(month.changed, month.series.zone)
    return daily(month.series, tuple(month.chunks.values()), days)


def _put_chunk(month: _Month, about: str, merged: Merge, naming: Naming, draft: Draft) -> Told:
    """Puts a chunk that readings changed; what became of it as a whole."""
    if not merged.moments:
        return Told(outcome=Outcome.SAME, count=0)
    record = chunk_record(month.series, merged.chunk, month.of, merged.locator)
    count = merged.new + merged.same + merged.updated
    entry = entry_of(record, month.path, about, naming, count=count)
    if about in month.newer:
        # What is held of it stays, so that it came by both: the later one has still to be met.
        before = draft.node(month.path, about)[PROV.wasGeneratedBy]
        sources = (*entry.node[PROV.wasGeneratedBy], *before)
        entry = entry._replace(node={**entry.node, PROV.wasGeneratedBy: sources})
    return put_entry(entry, draft)


def _about(slot: Slot, month: _Month, naming: Naming) -> str:
    """The IRI of the chunk of a slot: the one held, or a new one."""
    for about, chunk in month.chunks.items():
        if chunk.slot == slot:
            return about
    name = fragment_of(slot, month.taken)
    month.taken.add(name)
    return f"{naming.storage}{month.path}#{name}"
