"""The journal as it is looked over: lines of one day that say the same are told as one.

Reads every line of its time, so it is not for the event loop.
"""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from pod.model import Doing
from pod.store.journal import COLUMNS, DAY, MICROSECOND, START, first_since, line_in

_HOUR = DAY // 24
_LAST = "SELECT coalesce(max(seq), 0) FROM line"
# Refusals are told by the hour, so that many at once can be seen.
_SAME = f"""
SELECT {COLUMNS}, begun, many FROM journal JOIN (
    SELECT max(seq) AS last, min(time) AS begun, count(*) AS many
    FROM line JOIN deed ON deed.id = line.deed WHERE seq >= ? AND time >= ?
    GROUP BY deed, time / CASE WHEN outcome IN (401, 403) THEN {_HOUR} ELSE {DAY} END
) ON seq = last ORDER BY seq
"""  # noqa: S608 - constants


def doings(connection: sqlite3.Connection, since: datetime) -> Iterator[Doing]:
    """What was done since a time, in UTC, in the order in which each was done last."""
    first = first_since(connection, since, connection.execute(_LAST).fetchone()[0])
    for row in connection.execute(_SAME, (first, (since - START) // MICROSECOND)):
        *columns, begun, count = row
        line = line_in(tuple(columns))
        yield Doing(line.entry, line.seq, START + begun * MICROSECOND, count)
