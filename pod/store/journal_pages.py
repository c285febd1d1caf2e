"""Reading a journal a page at a time: some lines, of a bounded number that are looked at."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from pod.store.journal import COLUMNS, Line, first_since, last_number, line_in, microseconds

LOOKED_AT = 10_000  # lines, for one page: some ten milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines: those behind the number `after`, at most `limit`, of this and no other kind.

    `since` is in UTC.
    """

    after: int = 0
    limit: int = 100
    since: datetime | None = None
    agent: str | None = None
    client: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Lines in their order, and the roots of days that ended with one of those looked at.

    Behind the line of number `more` there are others to look at; None at the end.
    """

    lines: tuple[Line, ...]
    roots: tuple[tuple[int, str], ...]
    more: int | None


def page(connection: sqlite3.Connection, wanted: Wanted) -> Page:
    """One page; there may be others behind it even where it has no lines."""
    last = last_number(connection)
    after = wanted.after
    if wanted.since is not None:
        after = max(after, first_since(connection, wanted.since, last) - 1)
    end = min(after + LOOKED_AT, last)
    tests, values = _tests(wanted)
    sql = f"SELECT {COLUMNS} FROM journal WHERE seq > ? AND seq <= ?{tests} ORDER BY seq LIMIT ?"  # noqa: S608 - constants
    rows = connection.execute(sql, (after, end, *values, wanted.limit)).fetchall()
    lines = tuple(map(line_in, rows))
    if len(lines) == wanted.limit:
        end = lines[-1].seq
    roots = connection.execute(
        "SELECT seq, jws FROM journal_root WHERE seq > ? AND seq <= ? ORDER BY seq", (after, end)
    ).fetchall()
    return Page(lines, tuple(roots), end if end < last else None)


def _tests(wanted: Wanted) -> tuple[str, list[str | int]]:
    since = None if wanted.since is None else microseconds(wanted.since)
    category = None if wanted.category is None else f" {wanted.category} "
    tests = {
        " AND time >= ?": since,
        " AND agent = ?": wanted.agent,
        " AND client = ?": wanted.client,
        " AND instr(' ' || categories || ' ', ?)": category,
    }
    chosen = {test: value for test, value in tests.items() if value is not None}
    return "".join(chosen), list(chosen.values())
