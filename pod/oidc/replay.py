"""What was seen before: proofs and nonces are good for one use (RFC 9449 §11.1)."""

from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
"""The longest that anything signed may be accepted again: a deposit's ±300 s."""


class Seen:
    """Remembers each mark for at least `window`, in two generations of at most `limit` marks.

    When a generation is full before its window has passed, the older one is forgotten early:
    memory stays bounded (about 70 bytes a mark), and all that a flood gains is that a proof older
    than its last `limit` marks could be used again. It is one process's memory: processes that
    serve the same pods must not each have their own.
    """

    def __init__(self, window: timedelta = WINDOW, limit: int = 250_000) -> None:
        self._window = window
        self._limit = limit
        self._recent: set[int] = set()
        self._older: set[int] = set()
        self._until: datetime | None = None

    def first_use(self, owner: str, mark: str, now: datetime) -> bool:
        """Whether `owner` (a key's thumbprint or IRI) uses `mark` for the first time."""
        if self._until is None or now >= self._until or len(self._recent) >= self._limit:
            self._older, self._recent = self._recent, set()
            self._until = now + self._window
        # A hash keeps the size of a mark out of the sender's hands. It is keyed anew in each
        # process, so none can be made to meet another; two that do meet by chance, once in 2^40
        # requests, cost their sender a new proof, and never let an old one in.
        seen = hash((owner, mark))
        if seen in self._recent or seen in self._older:
            return False
        self._recent.add(seen)
        return True
