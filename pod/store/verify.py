"""Whether a journal is what was written: its chain, its roots, and the seal of its end.

It takes the database of the pod and the keys of the server, and no server that runs.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from pod.store.journal import DAY, DayEnd, Head, Stored, stored, time_of
from pod.store.notary import Notary, Root

_STATE = "SELECT journal_seq, journal_hash, journal_seal FROM state"
_ROOTS = "SELECT seq, jws FROM journal_root ORDER BY seq"
_FORM_WITH_ROOTS = 2
BEFORE_ALL = -(2**63)  # a line may have been given any number but this one

ALTERED = "this line is not what was written here"
MISSING = "this line is missing"
CUT = "the journal ends before this line, which was written"
ADDED = "this line stands behind the end of the journal"
FORGED = "the root at this line is not signed by this server"
WRONG_ROOT = "the lines up to this one do not fit the root that was signed for them"
NO_ROOT = "the root of the day that ends with this line is missing"
STRAY_ROOT = "there is a root at this line, where no day ends"
UNSEALED = "the lines up to the end, this one, are not the ones that were sealed"


@dataclass(frozen=True, slots=True)
class Fault:
    """A line by its number, and what is wrong there."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: how many lines and roots there are, and what is wrong, by lines."""

    lines: int
    roots: int
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Walk:
    """Where a walk along the chain is, and the ends of days that it came by."""

    here: Head
    day: int | None = None
    ends: list[DayEnd] = field(default_factory=list)

    def step(self, line: Stored) -> None:
        if self.day is not None and self.day != line.day and line.form >= _FORM_WITH_ROOTS:
            self.ends.append(DayEnd(self.day, self.here))
        self.day = line.day
        self.here = Head(line.seq, line.hash)


def verify(connection: sqlite3.Connection, storage: str, notary: Notary) -> Checked:
    """What is wrong with a journal. Reads it all, within the transaction that is begun."""
    connection.text_factory = _text
    seq, hash_, seal = connection.execute(_STATE).fetchone()
    head = Head(seq, hash_)
    walk = _Walk(Head())
    broken = next(_chain(connection, head, walk), None)
    roots = dict(connection.execute(_ROOTS).fetchall())
    faults = [] if broken is None else [broken]
    seen = head.seq + 1 if broken is None else broken.line - 1
    faults += _roots(roots, {end.head.seq: end for end in walk.ends}, seen, (storage, notary))
    if broken is None and not notary.has_sealed(storage, head, seal):
        faults.append(Fault(head.seq, UNSEALED))
    (lines,) = connection.execute("SELECT count(*) FROM line").fetchone()
    return Checked(lines, len(roots), tuple(sorted(faults, key=lambda fault: fault.line)))


def broken_line(connection: sqlite3.Connection, head: Head) -> Fault | None:
    """The first line that does not fit the chain; `head` is what the database says is the last.

    Has the connection read broken texts from here on.
    """
    connection.text_factory = _text
    return next(_chain(connection, head, _Walk(Head())), None)


def _text(octets: bytes) -> str:
    """A text of the database; one that somebody has broken is another text, and no error."""
    return octets.decode(errors="replace")


def _chain(connection: sqlite3.Connection, head: Head, walk: _Walk) -> Iterator[Fault]:
    for line in stored(connection, after=BEFORE_ALL):
        expected = walk.here.seq + 1
        if line.seq != expected:
            yield Fault(expected, MISSING)
        if line.sealed(walk.here.hash) != line.hash:
            yield Fault(expected, ALTERED)
        if expected > head.seq:
            yield Fault(expected, ADDED)
        walk.step(line)
    if walk.here.seq < head.seq:
        yield Fault(walk.here.seq + 1, CUT)
    elif walk.here != head:
        yield Fault(head.seq, UNSEALED)


def _roots(
    roots: dict[int, str], ends: dict[int, DayEnd], seen: int, signed: tuple[str, Notary]
) -> Iterator[Fault]:
    """What is wrong with the roots; of which lines a day ends with is known before `seen`."""
    storage, notary = signed
    before = 0
    for seq in sorted(roots.keys() | ends.keys()):
        root = notary.read(roots[seq]) if seq in roots else None
        if seq not in roots:
            yield Fault(seq, NO_ROOT)
        elif root is None:
            yield Fault(seq, FORGED)
        elif seq in ends:
            if root != root_of(ends[seq], storage, before=before):
                yield Fault(seq, WRONG_ROOT)
        elif seq < seen or root.number != seq:
            yield Fault(seq, STRAY_ROOT)
        before = seq


def root_of(end: DayEnd, storage: str, *, before: int) -> Root:
    """The root of a day; `before` is the number of the line that the root before it ends with."""
    return Root(
        storage=storage,
        day=day_text(end.day),
        number=end.head.seq,
        hash=end.head.hash.hex(),
        count=end.head.seq - before,
    )


def day_text(day: int) -> str:
    try:
        return time_of(day * DAY).date().isoformat()
    except OverflowError:  # of a line that somebody has made up
        return ""
