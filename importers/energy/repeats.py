"""Rows of one file that tell of one thing: equal ones are one, and of different ones none holds."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from importers.contract import Problem
from importers.rows import Located

Row = TypeVar("Row", bound=Located)

_REPEATS = "another row says the same of this time"
_CONFLICT = "another row says something else of this time, and neither is taken"


def agreed(
    rows: Iterable[Row], about: Callable[[Row], Hashable], said: Callable[[Row], object]
) -> Iterator[Row | Problem]:
    """Each thing that rows tell of, once, by `about`; `said` is what they say of it.

    A row that repeats another one is a remark; rows that differ are a Problem each.
    """
    groups: dict[Hashable, list[Row]] = {}
    for row in rows:
        groups.setdefault(about(row), []).append(row)
    for same in groups.values():
        first, *others = same
        if any(said(other) != said(first) for other in others):
            yield from (Problem(row.locator, _CONFLICT, conflict=True) for row in same)
        else:
            yield first
            yield from (Problem(row.locator, _REPEATS, row=False) for row in others)
