"""How a journal is closed: a root for each day that has ended, and a seal for where it ends now."""

import sqlite3
from collections.abc import Iterable

from pod.store.journal import DayEnd, Head
from pod.store.notary import Notary
from pod.store.verify import root_of

FIRST_SEALED = 4
"""The migration that brought seals: of a database that had it, who takes the seal away is found."""

_LAST_ROOT = "SELECT coalesce(max(seq), 0) FROM journal_root"


class Closing:
    """The signatures under the journal of one pod, all made within the transaction of its lines.

    INVARIANT (days): no line of another day is there without the root of the day before it.
    """

    def __init__(self, connection: sqlite3.Connection, storage: str, notary: Notary | None) -> None:
        self._connection = connection
        self._storage = storage
        self._notary = notary

    def seal(self, head: Head) -> bytes | None:
        """The seal of the last line; None where nobody signs."""
        return None if self._notary is None else self._notary.seal(self._storage, head)

    def end(self, days: Iterable[DayEnd]) -> None:
        """Write the roots of days that have ended."""
        if self._notary is None:
            return
        for end in days:
            (before,) = self._connection.execute(_LAST_ROOT).fetchone()
            jws = self._notary.sign(root_of(end, self._storage, before=before))
            self._connection.execute("INSERT INTO journal_root VALUES (?, ?)", (end.head.seq, jws))


def seal_now(connection: sqlite3.Connection, storage: str, notary: Notary) -> None:
    """Seal a journal that has never been sealed, as it stands."""
    connection.execute("BEGIN IMMEDIATE")
    head = Head(*connection.execute("SELECT journal_seq, journal_hash FROM state").fetchone())
    connection.execute("UPDATE state SET journal_seal = ?", (notary.seal(storage, head),))
    connection.execute("COMMIT")
