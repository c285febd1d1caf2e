"""The access journal: a chain of lines, each sealed with the hash of the one before.

The hash of a line is the SHA-256 of the hash before it (32 zero bytes for the first) followed by
the line as a JSON array in UTF-8, without spaces: form, number, time, agent, client, action,
target, modes, source, outcome, purpose, grants, categories, fields, query, rows, bytes, precision,
issuer, needs, rules, looked at. The form is 2. In a line of form 1, from before there were others,
the array has neither the form nor what comes after the outcome. Times are in microseconds since
1970-01-01 UTC, and lists are texts with spaces between. Whoever keeps one hash can tell later
whether anything up to that line was altered or left out.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import chain
from typing import Any

from acl.model import Edition
from pod.model import Entry

START = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1) // MICROSECOND
FORM = 2
BATCH = 512
COLUMNS = (
    "form, seq, time, agent, client, action, target, modes, source, outcome, purpose, grants, "
    "categories, fields, query, rows, bytes, precision, issuer, needs, rules, looked_at, hash"
)
_FIRST_FORM = 1
_OF_FIRST_FORM = slice(1, 10)
_OF_DECISION = 18  # the first of the columns that say how it was decided
_MOST_KNOWN = 4096
_NEW_DEED = f"INSERT INTO deed VALUES (NULL{', ?' * 19})"  # noqa: S608 - constants
_AT_ONCE = (128, 16, 1)  # lines of one statement
_NEW_LINES = {
    count: "INSERT INTO line VALUES " + ", ".join(["(?, ?, ?, ?, ?, ?)"] * count)  # noqa: S608 - constants
    for count in _AT_ONCE
}
_LAST = "SELECT coalesce(max(seq), 0) FROM line"
_TIME = "SELECT time FROM line WHERE seq = ?"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def microseconds(time: datetime) -> int:
    """A time in UTC as it is kept: in microseconds since 1970-01-01 UTC."""
    return (time - START) // MICROSECOND


def time_of(number: int) -> datetime:
    """The time that a number of microseconds stands for, in UTC. Raises OverflowError."""
    return START + number * MICROSECOND


Fields = tuple[Any, ...]
"""The columns of a line but for its hash."""


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
    hash: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A line as it lies in the database, not yet believed."""

    fields: Fields
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

    def sealed(self, previous: bytes) -> bytes:
        """The hash that it should have behind another line."""
        fields = self.fields if self.form != _FIRST_FORM else self.fields[_OF_FIRST_FORM]
        return sha256(previous + _encode(fields).encode()).digest()


class Scribe:
    """Writes lines. What many of them say is written and encoded once, as long as it is known.

    INVARIANT (deeds): what is known here is in the database: `forget` it when a transaction fails.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[Any, ...], tuple[int, bytes]] = {}

    def append(self, head: Head, entries: Iterable[Entry]) -> tuple[Head, tuple[DayEnd, ...]]:
        """Write entries behind the head; the head afterwards, and the days that ended with it."""
        rows = []
        ended = []
        seq, sealed, before = head.seq, head.hash, self._day_of(head)
        for entry in entries:
            deed, said = self._known.get(entry[1:]) or self._new_deed(entry)
            time = microseconds(entry.time)
            day = time // DAY
            if before is not None and before != day:
                ended.append(DayEnd(before, Head(seq, sealed)))
            before = day
            seq += 1
            sealed = sha256(b"%b[%d,%d,%d,%b" % (sealed, FORM, seq, time, said)).digest()
            rows.append((seq, FORM, time, deed, bool(entry.grants), sealed))
        self._put(rows)
        return Head(seq, sealed), tuple(ended)

    def _put(self, rows: list[Fields]) -> None:
        # With each statement the interpreter goes to the loop's thread, and has to be waited for.
        start = 0
        for count in _AT_ONCE:
            while len(rows) - start >= count:
                values = list(chain.from_iterable(rows[start : start + count]))
                self._connection.execute(_NEW_LINES[count], values)
                start += count

    def forget(self) -> None:
        """Know nothing any more of what was written."""
        self._known = {}

    def _new_deed(self, entry: Entry) -> tuple[int, bytes]:
        columns = _columns(entry)
        number = self._connection.execute(_NEW_DEED, columns).lastrowid or 0
        if len(self._known) >= _MOST_KNOWN:
            self.forget()
        known = self._known[entry[1:]] = number, _encode(columns)[1:].encode()
        return known

    def _day_of(self, head: Head) -> int | None:
        row = self._connection.execute(_TIME, (head.seq,)).fetchone()
        return None if row is None else row[0] // DAY


def lines(connection: sqlite3.Connection, *, after: int = 0) -> Iterator[Line]:
    """The lines behind a number, in order."""
    return (_line(one) for one in stored(connection, after=after))


def line_in(row: tuple[Any, ...]) -> Line:
    """The line of a row of COLUMNS."""
    *fields, sealed = row
    return _line(Stored(tuple(fields), sealed))


def stored(connection: sqlite3.Connection, *, after: int = 0) -> Iterator[Stored]:
    """The lines behind a number as they lie in the database, in order."""
    sql = f"SELECT {COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT {BATCH}"  # noqa: S608 - constants
    while rows := connection.execute(sql, (after,)).fetchall():
        for *fields, sealed in rows:
            yield Stored(tuple(fields), sealed)
        after = rows[-1][1]


def last_number(connection: sqlite3.Connection) -> int:
    """The number of the last line, 0 where there is none."""
    return int(connection.execute(_LAST).fetchone()[0])


def first_since(connection: sqlite3.Connection, since: datetime, last: int) -> int:
    """The number of a line before which none is of this time or later; `last` is the last line.

    Lines are written in the order of their times, but for moments: an hour is made room for.
    """
    time = microseconds(since) - DAY // 24
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        row = connection.execute(_TIME, (middle,)).fetchone()
        if row is not None and row[0] < time:
            low = middle + 1
        else:
            high = middle
    return low


def _line(one: Stored) -> Line:
    _, seq, time, *deed, purpose, grants, categories, names, query, rows, octets, how = one.fields[
        :_OF_DECISION
    ]
    agent, client, action, target, modes, source, outcome = deed
    issuer, needs, number, looked_at = one.fields[_OF_DECISION:]
    entry = Entry(
        time=time_of(time),
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
        issuer=issuer,
        needs=tuple(needs.split()),
        edition=None
        if number is None
        else Edition(number, None if looked_at is None else time_of(looked_at)),
    )
    return Line(seq=seq, entry=entry, hash=one.hash)


def _columns(entry: Entry) -> Fields:
    """What an entry says, but for its time, as a row of the table of deeds."""
    number, looked_at = entry.edition or (None, None)
    return (
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
        _text(entry.issuer),
        _text(" ".join(entry.needs)),
        number,
        None if looked_at is None else microseconds(looked_at),
    )


def _text(value: str | None) -> str | None:
    """A text that can be stored: what a broken request made of its target is no Unicode."""
    if value is None or value.isascii():
        return value
    return value.encode("utf-8", "replace").decode()
