"""Access tokens that ended before their time, in memory: asked on every request."""

from collections.abc import Collection, Iterable
from datetime import datetime


class Revocations:
    """Marks of tokens: of one, of all that came of one sign-in, or of a script's. Each until its
    time in UTC.
    """

    def __init__(self, marks: Iterable[tuple[str, datetime]] = ()) -> None:
        self._until = dict(marks)

    def add(self, marks: Iterable[str], until: datetime, now: datetime) -> None:
        """Add marks, and forget those whose tokens have ended by themselves."""
        kept = {one: end for one, end in self._until.items() if end > now}
        self._until = kept | dict.fromkeys(marks, until)

    def has_any(self, marks: Collection[str]) -> bool:
        return bool(self._until) and not self._until.keys().isdisjoint(marks)
