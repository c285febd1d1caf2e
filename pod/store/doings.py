"""The journal as it is looked over: lines that are alike are told as one.

It may have very many lines, all of which are read: not for the event loop, nor for the writer.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from pod.model import Doing
from pod.store.directory import PODS
from pod.store.journal import (
    COLUMNS,
    DAY,
    first_since,
    last_number,
    line_in,
    microseconds,
    time_of,
)
from pod.store.sqlite import connect
from pod.store.writer import DATABASE

# Refusals are told by the hour, so that many at once can be seen.
_DAYS: Final = f"time / CASE WHEN outcome IN (401, 403) THEN {DAY // 24} ELSE {DAY} END"


class Alike(Enum):
    """Which lines are told as one, as SQL: in the value what they have in common."""

    LINE = f"deed, {_DAYS}"
    """Those of a day that say the same."""
    CATEGORY = (
        "agent, client, action, outcome, categories, "
        f"CASE categories WHEN '' THEN substr(target, 1, instr(target, '/')) END, {_DAYS}"
    )
    """Those of a day that are about the same data, by the same party."""
    GRANT = "deed"
    """All that say the same and were done under a grant."""


def doings(
    connection: sqlite3.Connection, alike: Alike, since: datetime, until: datetime
) -> Iterator[Doing]:
    """What was done since a time and before another, in UTC, in the order of the last of each."""
    first = first_since(connection, since, last_number(connection))
    times = microseconds(since), microseconds(until)
    for row in connection.execute(_SAME[alike], (first, *times)):
        *columns, begun, count, rows, octets = row
        line = line_in(tuple(columns))
        yield Doing(line.entry, line.seq, time_of(begun), count, rows, octets)


def doings_in(
    data: Path, name: str, alike: Alike, since: datetime, until: datetime
) -> tuple[Doing, ...]:
    """The same of a pod as it lies in the data folder; from any thread."""
    with closing(connect(data / PODS / name / DATABASE)) as connection:
        return tuple(doings(connection, alike, since, until))


def _same(alike: Alike) -> str:
    granted = "granted AND" if alike is Alike.GRANT else ""
    return f"""
        SELECT {COLUMNS}, begun, many, all_rows, all_bytes FROM journal JOIN (
            SELECT max(seq) AS last, min(time) AS begun, count(*) AS many,
                coalesce(sum(rows), 0) AS all_rows, coalesce(sum(bytes), 0) AS all_bytes
            FROM line JOIN deed ON deed.id = line.deed
            WHERE {granted} seq >= ? AND time >= ? AND time < ?
            GROUP BY {alike.value}
        ) ON seq = last ORDER BY seq
    """  # noqa: S608 - constants


_SAME: Final = {alike: _same(alike) for alike in Alike}
