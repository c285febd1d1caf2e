"""Rows of different length that tell of one time: what they say is counted once."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from importers.contract import Problem

_WITHIN = "a longer reading that is published tells of this time: it is not counted twice"
_PUBLISHED = "the published reading of the same time is taken instead of this one"
_OVERLAPS = "other readings tell of a part of this time: it is not counted twice"


class Stretched(Protocol):
    """A row about [start, end). One that is `published` is what is billed."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def published(self) -> bool: ...
    @property
    def locator(self) -> str: ...


Row = TypeVar("Row", bound=Stretched)


@dataclass(frozen=True, slots=True)
class Untangled(Generic[Row]):
    """A row, and whether shorter ones make up the `whole` of it, so that it adds nothing."""

    row: Row
    whole: bool


def untangled(rows: Iterable[Row]) -> Iterator[Untangled[Row] | Problem]:
    """Every row, so that those without `whole` do not overlap, in the order of time.

    The shortest rows that leave no gap are taken; where they leave one, what is published is. Of
    rows about the same time it is the published one, whichever comes first. A row that is left out
    is a Problem, or a remark where another one is about the very same time.
    """
    kept: list[Row] = []
    others: list[Untangled[Row] | Problem] = []
    for row in sorted(rows, key=_length):
        first = bisect_left(kept, row.start, key=_end)
        while first < len(kept) and kept[first].end <= row.start:
            first += 1
        last = bisect_left(kept, row.end, key=_start)
        inside = kept[first:last]
        if not inside:
            kept.insert(first, row)
        elif _replaced(inside, row):
            others.append(Problem(row.locator, _PUBLISHED, row=False))
        elif _fills(inside, row):
            others.append(Untangled(row, whole=True))
        elif row.published and not any(one.published for one in inside):
            others += (Problem(one.locator, _WITHIN) for one in inside)
            kept[first:last] = [row]
        else:
            others.append(Problem(row.locator, _OVERLAPS))
    yield from (Untangled(row, whole=False) for row in kept)
    yield from others


def _length(row: Stretched) -> tuple[float, datetime, bool]:
    return (row.end - row.start).total_seconds(), row.start, not row.published


def _start(row: Stretched) -> datetime:
    return row.start


def _end(row: Stretched) -> datetime:
    return row.end


def _replaced(inside: list[Row], row: Row) -> bool:
    first = inside[0]
    is_same = (first.start, first.end) == (row.start, row.end)
    return is_same and first.published and not row.published


def _fills(inside: list[Row], row: Row) -> bool:
    length = sum((one.end - one.start).total_seconds() for one in inside)
    return length == (row.end - row.start).total_seconds() and all(
        row.start <= one.start and one.end <= row.end for one in inside
    )
