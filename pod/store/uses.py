"""What the journal tells of grants: when each was used last, and all that was done under one."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime

from pod.model import Entry
from pod.store.journal import COLUMNS, MICROSECOND, START, first_since, line_in

_LAST = "SELECT coalesce(max(seq), 0) FROM journal"
_USES = """
SELECT grants, max(time) FROM journal
WHERE seq >= ? AND time >= ? AND grants <> '' GROUP BY grants
"""
_UNDER = f"SELECT {COLUMNS} FROM journal WHERE instr(' ' || grants || ' ', ?) ORDER BY seq"  # noqa: S608 - constants


def last_uses(connection: sqlite3.Connection, since: datetime) -> Mapping[str, datetime]:
    """When something was done under a grant last, by the grant's IRI; only from `since` on."""
    first = first_since(connection, since, connection.execute(_LAST).fetchone()[0])
    found: dict[str, datetime] = {}
    for grants, time in connection.execute(_USES, (first, (since - START) // MICROSECOND)):
        moment = START + time * MICROSECOND
        for grant in grants.split():
            found[grant] = max(moment, found.get(grant, moment))
    return found


def entries_under(connection: sqlite3.Connection, grant: str) -> Iterator[Entry]:
    """What was done under a grant, an IRI, in order."""
    return (line_in(row).entry for row in connection.execute(_UNDER, (f" {grant} ",)))
