"""Figures of one meter that tell of one time, of different lengths and by different imports.

What one export has of that its importer untangles; here the same rule is held for what the pod has
already and what comes, so that a billed month and its days are counted once, whichever came first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from importers.contract import Record
from importers.overlaps import Untangled, untangled
from pod.intake.withdrawn import is_superseded, is_withdrawn
from vocab.graph import Node, Nodes, text_of
from vocab.kinds import KINDS
from vocab.names import RDF, SCHEMA, SD

_KINDS: Final = frozenset({"Consumption", "Production"})
_TYPES: Final = frozenset(KINDS[name].iri for name in _KINDS)
_MEASURES: Final = (SD.energy, SD.volume)
_LONGEST_DAY: Final = timedelta(hours=25)
_MONTHS: Final = 12
"""How far away, in months, the documents are in which a figure may begin that tells of a time."""

Scope = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a record tells of [start, end): its document, its name, and whether it counts now."""

    path: str
    about: str
    start: datetime
    end: datetime
    published: bool
    counts: bool
    scope: Scope

    @property
    def locator(self) -> str:
        return self.about

    @property
    def is_long(self) -> bool:
        return self.end - self.start > _LONGEST_DAY


Marks = Mapping[str, Mapping[str, Sequence[str]]]
"""By document, the records that begin or cease to count: those that count in their place, or ()."""


def is_measured(record: Record) -> bool:
    """Whether a record may tell of a time that others tell of too."""
    return record.kind in _KINDS


def is_long(record: Record) -> bool:
    """Whether a record tells of more than a day."""
    said = dict(record.fields)
    start, end = said.get("schema:startTime"), said.get("schema:endTime")
    is_told = isinstance(start, datetime) and isinstance(end, datetime)
    return is_told and end - start > _LONGEST_DAY  # type: ignore[operator]  # both are instants


def stretches(path: str, nodes: Nodes) -> Iterator[Stretch]:
    """Those of a document, but for what was deleted or taken back by the holder."""
    for about, node in sorted(nodes.items()):
        if is_withdrawn(node) and not is_superseded(node):
            continue
        measures = [name for name in _MEASURES if name in node]
        types = [term.value for term in node.get(RDF.type, ()) if term.value in _TYPES]
        if not (measures and types and SCHEMA.startTime in node and SCHEMA.endTime in node):
            continue
        start, end = (_instant(node, name) for name in (SCHEMA.startTime, SCHEMA.endTime))
        if start < end:
            yield Stretch(
                path=path,
                about=about,
                start=start,
                end=end,
                published=SD.provisional not in node,
                counts=not is_superseded(node),
                scope=(
                    *types,
                    text_of(node, SD.commodity),
                    text_of(node, SD.tariffPeriod),
                    *measures,
                ),
            )


def marks(found: Iterable[Stretch]) -> Marks:
    """What changes, so that of what tells of one time each moment is counted once.

    What overlaps no figure of more than a day is left alone.
    """
    by_scope: dict[Scope, list[Stretch]] = {}
    for one in found:
        by_scope.setdefault(one.scope, []).append(one)
    changed: dict[str, dict[str, Sequence[str]]] = {}
    for rows in by_scope.values():
        for row, instead in _judged(rows):
            if bool(instead) is row.counts:
                changed.setdefault(row.path, {})[row.about] = instead
    return changed


def around(paths: Iterable[str]) -> Iterator[list[str]]:
    """The documents to look at with these, of each meter, by the months in their names."""
    meters: dict[str, set[date]] = {}
    for path in paths:
        meter, _, name = path.rpartition("/")
        month = date.fromisoformat(f"{name.removesuffix('.ttl')}-01")
        meters.setdefault(meter.rpartition("/")[0], set()).add(month)
    for meter, months in sorted(meters.items()):
        near = {_later(month, by) for month in months for by in range(-_MONTHS, _MONTHS + 1)}
        yield [f"{meter}/{month:%Y}/{month:%Y-%m}.ttl" for month in sorted(near)]


def _judged(rows: list[Stretch]) -> Iterator[tuple[Stretch, Sequence[str]]]:
    """Each row that tells of a time of which a long one tells, and what counts instead of it."""
    long = [row for row in rows if row.is_long]
    mixed = [row for row in rows if any(_meet(row, one) for one in long)]
    results = [one for one in untangled(mixed) if isinstance(one, Untangled) and not one.whole]
    kept = [one.row for one in results]
    names = {one.about for one in kept}
    for row in mixed:
        if row.about in names:
            yield row, ()
        else:
            yield row, sorted(one.about for one in kept if _meet(row, one))


def _meet(one: Stretch, other: Stretch) -> bool:
    return one.start < other.end and other.start < one.end


def _instant(node: Node, name: str) -> datetime:
    return datetime.fromisoformat(text_of(node, name))


def _later(month: date, by: int) -> date:
    whole = month.year * 12 + month.month - 1 + by
    return date(whole // 12, whole % 12 + 1, 1)
