"""The access journal: a chain of lines, each sealed with the hash of the one before.

The hash of a line is the SHA-256 of the hash before it (32 zero bytes for the first) followed by
the line as a JSON array in UTF-8, without spaces: form, number, time, agent, client, action,
target, modes, source, outcome, purpose, grants, categories, fields, query, rows, bytes, precision.
The form is 2. In a line of form 1, from before there were others, the array has neither the form
nor what comes after the outcome. The time is in microseconds since 1970-01-01 UTC, and lists are
texts with spaces between. Whoever keeps one hash can tell later whether anything up to that line
was altered or left out.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from pod.model import Entry

START = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1) // MICROSECOND
FORM = 2
BATCH = 512
_FIRST_FORM = 1
COLUMNS = (
    "form, seq, time, agent, client, action, target, modes, source, outcome, purpose, grants, "
    "categories, fields, query, rows, bytes, precision, previous, hash"
)
_INSERT = f"INSERT INTO journal ({COLUMNS}) VALUES ({', '.join('?' * 20)})"  # noqa: S608 - constants
_OF_FIRST_FORM = slice(1, 10)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Fields = tuple[Any, ...]
"""The columns of a line but for its two hashes."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a journal: its number and its hash."""

    seq: int = 0
    hash: bytes = bytes(32)


@dataclass(frozen=True, slots=True)
class DayEnd:
    """The last line of a day, which another day follows. `day` is a number since 1970-01-01."""

    day: int
    head: Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry in its place in the chain."""

    seq: int
    entry: Entry
    previous: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A line as it lies in the database, not yet believed."""

    fields: Fields
    previous: bytes
    hash: bytes

    @property
    def form(self) -> int:
        return int(self.fields[0])

    @property
    def seq(self) -> int:
        return int(self.fields[1])

    @property
    def day(self) -> int:
        return int(self.fields[2]) // DAY

    @property
    def sealed(self) -> bytes:
        """The hash that it should have."""
        return _seal(self.previous, self.fields)


def append(
    connection: sqlite3.Connection, head: Head, entries: Iterable[Entry]
) -> tuple[Head, tuple[DayEnd, ...]]:
    """Write entries behind the head; the head afterwards, and the days that ended with it."""
    rows = []
    ended = []
    before = _day_of(connection, head)
    for entry in entries:
        fields = (FORM, head.seq + 1, *_fields(entry))
        day = fields[2] // DAY
        if before is not None and before != day:
            ended.append(DayEnd(before, head))
        before = day
        sealed = _seal(head.hash, fields)
        rows.append((*fields, head.hash, sealed))
        head = Head(head.seq + 1, sealed)
    connection.executemany(_INSERT, rows)
    return head, tuple(ended)


def lines(connection: sqlite3.Connection, *, after: int = 0) -> Iterator[Line]:
    """The lines behind a number, in order."""
    return (_line(one) for one in stored(connection, after=after))


def line_in(row: tuple[Any, ...]) -> Line:
    """The line of a row of COLUMNS."""
    *fields, previous, sealed = row
    return _line(Stored(tuple(fields), previous, sealed))


def stored(connection: sqlite3.Connection, *, after: int = 0) -> Iterator[Stored]:
    """The lines behind a number as they lie in the database, in order."""
    sql = f"SELECT {COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT {BATCH}"  # noqa: S608 - constants
    while rows := connection.execute(sql, (after,)).fetchall():
        for *fields, previous, sealed in rows:
            yield Stored(tuple(fields), previous, sealed)
        after = rows[-1][1]


def first_since(connection: sqlite3.Connection, since: datetime, last: int) -> int:
    """The number of a line before which none is of this time or later; `last` is the last line.

    Lines are written in the order of their times, but for moments: an hour is made room for.
    """
    time = (since - START) // MICROSECOND - DAY // 24
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        row = connection.execute("SELECT time FROM journal WHERE seq = ?", (middle,)).fetchone()
        if row is not None and row[0] < time:
            low = middle + 1
        else:
            high = middle
    return low


def last_uses(connection: sqlite3.Connection) -> dict[str, datetime]:
    """When something was done under a grant last, by the grant's IRI, in UTC."""
    sql = "SELECT grants, max(time) FROM journal WHERE grants <> '' GROUP BY grants"
    found: dict[str, datetime] = {}
    for grants, time in connection.execute(sql):
        moment = START + time * MICROSECOND
        for grant in grants.split():
            found[grant] = max(moment, found.get(grant, moment))
    return found


def entries_under(connection: sqlite3.Connection, grant: str) -> Iterator[Entry]:
    """What was done under a grant, an IRI, in order."""
    named = "grants <> '' AND instr(' ' || grants || ' ', ?) > 0"
    sql = f"SELECT {COLUMNS} FROM journal WHERE {named} ORDER BY seq"  # noqa: S608 - constants
    for *fields, _previous, _hash in connection.execute(sql, (f" {grant} ",)):
        yield entry_in(tuple(fields))


def entry_in(fields: Fields) -> Entry:
    """The entry that the columns of a line stand for."""
    _, _, time, *deed, outcome, purpose, grants, categories, names, query, rows, octets, how = (
        fields
    )
    agent, client, action, target, modes, source = deed
    return Entry(
        time=START + time * MICROSECOND,
        agent=agent,
        client=client,
        action=action,
        target=target,
        modes=modes,
        source=source,
        outcome=outcome,
        purpose=purpose,
        grants=tuple(grants.split()),
        categories=tuple(categories.split()),
        fields=tuple(names.split()),
        query=query,
        rows=rows,
        bytes=octets,
        precision=how,
    )


def _day_of(connection: sqlite3.Connection, head: Head) -> int | None:
    row = connection.execute("SELECT time FROM journal WHERE seq = ?", (head.seq,)).fetchone()
    return None if row is None else row[0] // DAY


def _fields(entry: Entry) -> Fields:
    return (
        (entry.time - START) // MICROSECOND,
        _text(entry.agent),
        _text(entry.client),
        _text(entry.action),
        _text(entry.target),
        _text(entry.modes),
        _text(entry.source),
        entry.outcome,
        _text(entry.purpose),
        _text(" ".join(entry.grants)),
        _text(" ".join(entry.categories)),
        _text(" ".join(entry.fields)),
        entry.query,
        entry.rows,
        entry.bytes,
        _text(entry.precision),
    )


def _text(value: str | None) -> str | None:
    """A text that can be stored: what a broken request made of its target is no Unicode."""
    if value is None or value.isascii():
        return value
    return value.encode("utf-8", "replace").decode()


def _seal(previous: bytes, fields: Fields) -> bytes:
    sealed = fields if fields[0] != _FIRST_FORM else fields[_OF_FIRST_FORM]
    return sha256(previous + _encode(sealed).encode()).digest()


def _line(one: Stored) -> Line:
    return Line(seq=one.seq, entry=entry_in(one.fields), previous=one.previous, hash=one.hash)
