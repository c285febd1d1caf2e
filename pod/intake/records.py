"""Records into a draft: each is new, the same, an update of what was held, or rejected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from importers.contract import Problem, Record
from importers.naming import Naming
from importers.totals import LOCATOR
from importers.triples import ranked, to_graph
from pod.intake.draft import Draft, Manner, Outcome
from pod.intake.tombstones import is_tombstone
from vocab.graph import Graph, NamedNode, objects
from vocab.kinds import ACCOUNTS, KINDS
from vocab.names import SD
from vocab.shapes import validate

_TWO_WORDINGS = "another row says something else of this account, and that one is kept"
_FURTHEST = timedelta(days=15)
_LOCATOR = NamedNode(SD.sourceLocator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A record as triples: the path of its document, its IRI, and where it stands in the source.

    `count` is how many items that were read it stands for: 0 for what was derived.
    """

    path: str
    about: str
    graph: Graph
    locator: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of `count` items that were read, and what is wrong where they are rejected.

    Where that has a `manner`, they are counted under it too. Without `outcome` they were not read.
    """

    outcome: Outcome | None
    count: int
    problem: Problem | None = None
    manner: Manner | None = None


def entries_of(records: Iterable[Record], naming: Naming, draft: Draft) -> Iterator[Entry | Told]:
    """The records of one export as triples, or what is to be told of one that cannot be put."""
    for record, rank in ranked(records):
        if rank and KINDS[record.kind].document == ACCOUNTS:
            problem = Problem(record.locator, _TWO_WORDINGS, row=record.counted, conflict=True)
            yield unreadable(problem)
            continue
        try:
            yield _entry(record, rank, naming, draft)
        except ValueError as error:
            yield _rejected(record.locator, str(error), int(record.counted))


def put_entry(entry: Entry, draft: Draft) -> Told:
    """Puts one record where it is new or differs from what is held, and keeps to its shape.

    One that its shape forbids is left out and told of.
    """
    draft.tell(entry.about)
    if is_tombstone(draft.node(entry.path, entry.about)):
        return Told(outcome=Outcome.SAME, count=entry.count, manner=Manner.DELETED)
    outcome = draft.outcome(entry.path, entry.about, entry.graph)
    if outcome is not Outcome.SAME:
        wrong = validate(entry.graph)
        if wrong:
            reasons = (f"{_short(v.path)}: {v.message}" for v in wrong)
            return _rejected(entry.locator, "; ".join(reasons), entry.count)
        draft.put(entry.path, entry.about, entry.graph)
    return Told(outcome=outcome, count=entry.count)


def put_total(total: Record, naming: Naming, draft: Draft) -> None:
    """Puts a total that was made of a series, unless the holder itself states that total."""
    entry = _entry(total, 0, naming, draft)
    held = draft.node(entry.path, entry.about)
    stated = objects(held, NamedNode(entry.about), _LOCATOR)
    if all(locator.value.startswith(LOCATOR) for locator in stated):
        put_entry(entry, draft)


def _entry(record: Record, rank: int, naming: Naming, draft: Draft) -> Entry:
    """Raises ValueError for a record that an importer did not make as it should."""
    about = naming.iri(record, rank)
    path, _, fragment = about.removeprefix(naming.storage).partition("#")
    graph = to_graph(record, about, naming)
    for place in draft.places(record.kind, path, fragment):
        there = f"{naming.storage}{place}#{fragment}"
        if place != path and _is_moved(graph, draft.node(place, there)):
            path, about, graph = place, there, to_graph(record, there, naming)
            break
    return Entry(
        path=path, about=about, graph=graph, locator=record.locator, count=int(record.counted)
    )


def _is_moved(graph: Graph, held: Graph) -> bool:
    """Whether a record that has the id of one held under another date is that one.

    It stays in the document it came into first, whatever its date becomes. But some holders number
    anew each month: what lies further away, or is of another amount, is another record.
    """
    if _said(graph, SD.amount) != _said(held, SD.amount):
        return False
    day, before = _said(graph, SD.date), _said(held, SD.date)
    if day is None or before is None:
        return day == before
    return abs(date.fromisoformat(day) - date.fromisoformat(before)) <= _FURTHEST


def _said(graph: Graph, predicate: str) -> str | None:
    return next((t.object.value for t in graph if t.predicate.value == predicate), None)  # type: ignore[union-attr]


def unreadable(problem: Problem) -> Told:
    """What became of a row that could not be read, or that contradicts another one."""
    manner = Manner.CONFLICT if problem.conflict else None
    count = int(problem.row)
    return Told(outcome=Outcome.REJECTED, count=count, problem=problem, manner=manner)


def _rejected(locator: str, reason: str, count: int) -> Told:
    problem = Problem(locator, f"the record does not keep to its shape: {reason}", row=count > 0)
    return Told(outcome=Outcome.REJECTED, count=count, problem=problem)


def _short(path: str) -> str:
    return path.rpartition("#")[2].rpartition("/")[2]
