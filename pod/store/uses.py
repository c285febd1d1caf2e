"""What the journal tells of grants: when each was used last, and all that was done under one."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime

from pod.model import Entry
from pod.store.journal import COLUMNS, first_since, last_number, line_in, microseconds, time_of

_USES = """
SELECT grants, max(time) FROM line JOIN deed ON deed.id = line.deed
WHERE granted AND seq >= ? AND time >= ? GROUP BY grants
"""
_UNDER = f"""
SELECT {COLUMNS} FROM line JOIN deed ON deed.id = line.deed
WHERE granted AND line.deed IN (
    SELECT id FROM deed WHERE grants <> '' AND instr(' ' || grants || ' ', ?) > 0
) ORDER BY seq
"""  # noqa: S608 - constants


def last_uses(connection: sqlite3.Connection, since: datetime) -> Mapping[str, datetime]:
    """When something was done under a grant last, by the grant's IRI; only from `since` on."""
    first = first_since(connection, since, last_number(connection))
    found: dict[str, datetime] = {}
    for grants, time in connection.execute(_USES, (first, microseconds(since))):
        moment = time_of(time)
        for grant in grants.split():
            found[grant] = max(moment, found.get(grant, moment))
    return found


def entries_under(connection: sqlite3.Connection, grant: str) -> Iterator[Entry]:
    """What was done under a grant, an IRI, in order."""
    return (line_in(row).entry for row in connection.execute(_UNDER, (f" {grant} ",)))
