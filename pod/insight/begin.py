"""The first steps of somebody who is new, and which of them she has taken (§3.4 of a first run)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

STEPS: Final = ("bring", "look", "question", "terms", "decide")
"""In the order in which they make sense; each may be left out."""
LATER: Final = "later"
"""What is kept of whoever does not want to see them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step, and whether it is taken."""

    name: str
    is_done: bool


def steps(seen: Collection[str], done: Collection[str]) -> tuple[Step, ...]:
    """All steps; none where all are taken or she wants to see none.

    `seen` are those that she has followed in this browser, `done` those that show in her space.
    """
    every = tuple(Step(name=name, is_done=name in {*seen, *done}) for name in STEPS)
    return () if LATER in seen or all(one.is_done for one in every) else every


def seen_in(text: str) -> frozenset[str]:
    """What a browser kept, as `seen_as` wrote it; what is no step is left out."""
    return frozenset(text.split(".")) & {*STEPS, LATER}


def seen_as(seen: Collection[str]) -> str:
    """What a browser is to keep."""
    return ".".join(sorted(seen))
