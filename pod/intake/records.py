"""Records into a draft: each is new, the same, an update of what was held, or rejected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from importers.contract import Problem, Record
from importers.naming import Naming
from importers.totals import LOCATOR
from importers.triples import ranked, to_node
from pod.intake.draft import Draft, Manner, Outcome, outcome_of
from pod.intake.places import Held, Places
from pod.intake.tombstones import is_tombstone
from pod.intake.withdrawn import is_superseded, is_withdrawn
from vocab.graph import Node, text_of
from vocab.kinds import ACCOUNTS, KINDS
from vocab.names import SD
from vocab.shapes import violations

_TWO_WORDINGS = "another row says something else of this account, and that one is kept"
_FURTHEST = timedelta(days=15)


class Entry(NamedTuple):
    """A record as it is stored: the path of its document, its IRI, and where it is in the source.

    `stands_for` is the number of items that were read and are in it: 0 for what was derived.
    """

    path: str
    about: str
    node: Node
    locator: str
    stands_for: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of `count` items that were read, and what is wrong where they are rejected.

    Where that has a `manner`, they are counted under it too. Without `outcome` they were not read.
    """

    outcome: Outcome | None
    count: int
    problem: Problem | None = None
    manner: Manner | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A record whose rank is known, in the document that it stays in."""

    record: Record
    rank: int


@dataclass(frozen=True, slots=True)
class Derived:
    """A record that is made of a series: the path of its document, and its IRI."""

    path: str
    about: str
    record: Record


Piece = Record | Placed | Derived


def entries_of(pieces: Iterable[Piece], path: str, naming: Naming) -> Iterator[Entry | Told]:
    """The records that go to one document, as triples, or what is to be told of one that cannot."""
    found = tuple(pieces)
    records = ranked(piece for piece in found if isinstance(piece, Record))
    moved = ((piece.record, piece.rank) for piece in found if isinstance(piece, Placed))
    for record, rank in chain(records, moved):
        if rank and KINDS[record.kind].document == ACCOUNTS:
            problem = Problem(record.locator, _TWO_WORDINGS, row=record.counted, conflict=True)
            yield unreadable(problem)
            continue
        try:
            yield _entry(record, rank, path, naming)
        except ValueError as error:
            yield rejected(record.locator, str(error), int(record.counted))


def put_derived(pieces: Iterable[Piece], naming: Naming, draft: Draft) -> None:
    """Puts what was made of series, but for what the holder itself states."""
    for piece in pieces:
        if isinstance(piece, Derived):
            _put_derived(piece, naming, draft)


def place(record: Record, rank: int, naming: Naming, places: Places, held: Held) -> str:
    """The path of the document that a record is in, or goes to. Raises ValueError."""
    path = naming.document(record)
    for there in places.find(record, rank, path):
        entry = _entry(record, rank, there, naming)
        if there == path or _is_moved(entry.node, (held(there) or {}).get(entry.about, {})):
            return there
    return path


def derived_series(record: Record, name: str, naming: Naming) -> Derived:
    """What a series says of itself, of which its documents of points tell the IRI."""
    path = naming.place("Series", account=record.account, series=name)
    return Derived(path, f"{naming.storage}{path}#series", record)


def put_entry(entry: Entry, draft: Draft) -> Told:
    """Puts one record where it is new or differs from what is held, and keeps to its shape.

    One that its shape forbids is left out and told of.
    """
    draft.tell(entry.about)
    there = draft.node(entry.path, entry.about)
    if is_tombstone(there):
        return Told(outcome=Outcome.SAME, count=entry.stands_for, manner=Manner.DELETED)
    outcome = outcome_of(entry.node, there)
    if outcome is Outcome.UPDATED and _is_less_sure(entry.node, there):
        return became(Outcome.SAME, entry.stands_for)
    if outcome is not Outcome.SAME:
        wrong = violations(entry.about, entry.node)
        if wrong:
            reasons = (f"{_short(v.path)}: {v.message}" for v in sorted(wrong))
            return rejected(entry.locator, "; ".join(reasons), entry.stands_for)
        draft.put(entry.path, entry.about, entry.node)
    return became(outcome, entry.stands_for)


@lru_cache(maxsize=256)
def became(outcome: Outcome, count: int) -> Told:
    """What is told of items with which nothing is wrong: of most records it is the same."""
    return Told(outcome=outcome, count=count)


def unreadable(problem: Problem) -> Told:
    """What became of a row that could not be read, or that contradicts another one."""
    manner = Manner.CONFLICT if problem.conflict else None
    count = int(problem.row)
    return Told(outcome=Outcome.REJECTED, count=count, problem=problem, manner=manner)


def rejected(locator: str, reason: str, count: int) -> Told:
    """What is told of a record that cannot be kept."""
    problem = Problem(locator, f"the record does not keep to its shape: {reason}", row=count > 0)
    return Told(outcome=Outcome.REJECTED, count=count, problem=problem)


def _put_derived(derived: Derived, naming: Naming, draft: Draft) -> None:
    """Puts a record that was made of a series, unless the holder itself states it."""
    held = draft.node(derived.path, derived.about)
    stated = held.get(SD.sourceLocator, ())
    if all(locator.value.startswith(LOCATOR) for locator in stated):
        put_entry(entry_of(derived.record, derived.path, derived.about, naming, count=0), draft)


def _entry(record: Record, rank: int, path: str, naming: Naming) -> Entry:
    """Raises ValueError for a record that an importer did not make as it should."""
    about = f"{naming.storage}{path}#{naming.fragment(record, rank)}"
    return entry_of(record, path, about, naming, count=int(record.counted))


def entry_of(record: Record, path: str, about: str, naming: Naming, *, count: int) -> Entry:
    """A record as it is stored. Raises what `to_node` raises."""
    node = to_node(record, about, naming)
    return Entry(path=path, about=about, node=node, locator=record.locator, stands_for=count)


def _is_less_sure(node: Node, held: Node) -> bool:
    """Whether a provisional figure comes where the final one is held, as from an older export."""
    is_gone = is_withdrawn(held) and not is_superseded(held)
    return SD.provisional in node and SD.provisional not in held and not is_gone


def _is_moved(node: Node, held: Node) -> bool:
    """Whether a record that has the id of one held under another date is that one.

    It stays in the document it came into first, whatever its date becomes. But some holders number
    anew each month: what lies further away, or is of another amount, is another record.
    """
    if text_of(node, SD.amount) != text_of(held, SD.amount):
        return False
    day, before = text_of(node, SD.date), text_of(held, SD.date)
    if not day or not before:
        return day == before
    return abs(date.fromisoformat(day) - date.fromisoformat(before)) <= _FURTHEST


def _short(path: str) -> str:
    return path.rpartition("#")[2].rpartition("/")[2]
