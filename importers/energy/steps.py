"""Over how long each point of a load curve reaches back, told from the stamps of its neighbours.

Enedis leaves the step open, since a meter may be set from an hour to 30 or to 10 minutes within
one file. A row that is missing must not be taken for a longer step, as its power would then count
for too long: a longer step has to show twice, a shorter one at once.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

# The steps that meters in France are set to, in seconds.
_KNOWN = frozenset(minutes * 60 for minutes in (1, 5, 10, 15, 20, 30, 60))


def steps(stamps: Sequence[int], told: int | None = None) -> Iterator[int | None]:
    """The step in seconds of each of some different end stamps, which are in the order of time.

    `told` is the step that the file gives, which holds until another one shows. None where it
    cannot be known.
    """
    gaps = [None, *(after - before for before, after in pairwise(stamps)), None, None]
    current = told
    for place in range(len(stamps)):
        before, after, later = (_known(gap) for gap in gaps[place : place + 3])
        current = _next(current, before, after) if before else _afresh(current, after, later)
        yield current


def _known(gap: int | None) -> int | None:
    return gap if gap in _KNOWN else None


def _next(current: int | None, before: int, after: int | None) -> int:
    """The step of a point that follows another one closely."""
    if current is None or before < current or before == after:
        return before
    return current


def _afresh(current: int | None, after: int | None, later: int | None) -> int | None:
    """The step of a first point, or of one after a longer silence."""
    if after is None:
        return current
    if current is None:
        return min(after, later or after)
    return after if after < current or after == later else current
