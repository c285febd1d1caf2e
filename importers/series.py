"""Dense series: readings folded into the regular arrays that a pod keeps, and back without loss.

A chunk is one stretch of a series at one step: point i covers one step of elapsed time from
`start` + i · `step`, so the days on which clocks change have 46 or 50 half hours. What is missing
is None, never zero. Moments are whole seconds since 1970 in UTC; months and days are those of the
series' own zone.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from importers.clock import offset_of
from importers.contract import Problem, Reading, Series

# Vocabulary §7: "one month for ≥ 10-minute steps, one day below that […]; at most 3,000 points a
# chunk". A month of ten minutes has 4,464 points, so in effect a month is for quarters of an hour.
_MOST_POINTS = 3000
_LONGEST_MONTH = 31 * 86_400 + 3600

_DAY = 86_400

_CONFLICT = "another row gives this interval a different value, and neither is taken"
_BACKWARDS = "the interval ends before it begins"

_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)

Values = tuple[Decimal | None, ...]
_Place = tuple[int, int, int, int, int]
"""Year, month and, of a day, its number, else 0; step and phase: what tells slots apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where a reading is kept: the period that decides its chunk, and the grid it stands on.

    `period` is a month, `2024-03`, or a day, `2024-03-31`. `step` is in seconds, and every point
    of the slot starts `phase` seconds after a whole number of steps.
    """

    period: str
    step: int
    phase: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """One stretch of a series: `values` from `start` on, one for each step of its slot.

    `quality` is a code where all values share it, None otherwise.
    """

    slot: Slot
    start: int
    values: Values
    quality: str | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.values) * self.slot.step

    @property
    def total(self) -> Decimal:
        """The sum of the values, in the unit of the series."""
        return sum((value for value in self.values if value is not None), Decimal(0))


class Point(NamedTuple):
    """A reading with the moment it starts and the seconds it lasts."""

    start: int
    step: int
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The readings of an export, one for each interval, by series; what was set aside; conflicts.

    `aside` counts the rows that say the same as another row of the export, or less surely.
    """

    kept: Mapping[Series, tuple[Point, ...]]
    problems: tuple[Problem, ...] = ()
    aside: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A chunk after readings came to it: how many are new, the same, or update a value.

    `moments` are the starts of the points that changed; without any, the chunk is the one held.
    `locator` says from where to where in the source the readings stand. Of the same, `older` are
    those that say something else and did not count.
    """

    chunk: Chunk
    locator: str
    new: int = 0
    same: int = 0
    updated: int = 0
    older: int = 0
    moments: tuple[int, ...] = ()


def settle(readings: Iterable[Reading]) -> Settled:
    """One reading for each interval of each series, in the order of time.

    Of several, the one of the highest priority holds. Where those differ none is taken, and each
    row of the interval becomes a Problem: a value is never guessed.
    """
    sorting: dict[Series, dict[tuple[int, int], list[Reading]]] = {}
    problems: list[Problem] = []
    for series, run in groupby(readings, attrgetter("series")):
        intervals = sorting.get(series, {})
        for reading in run:
            start, end = moment(reading.start), moment(reading.end)
            if end > start:
                intervals.setdefault((start, end - start), []).append(reading)
            else:
                problems.append(Problem(reading.locator, _BACKWARDS))
        if intervals:
            sorting[series] = intervals
    kept: dict[Series, tuple[Point, ...]] = {}
    aside = 0
    for series, intervals in sorting.items():
        points = []
        for (start, step), found in sorted(intervals.items()):
            chosen = _chosen(found)
            if chosen is None:
                problems += (
                    Problem(r.locator, _CONFLICT, row=r.counted, conflict=True) for r in found
                )
                continue
            aside += sum(reading.counted for reading in found) - chosen.counted
            points.append(Point(start, step, chosen))
        kept[series] = tuple(points)
    return Settled(kept=kept, problems=tuple(problems), aside=aside)


def _chosen(found: Sequence[Reading]) -> Reading | None:
    """Of readings of one interval, the one that holds; None where those of most weight differ.

    A gap never takes the place of a value.
    """
    if len(found) == 1:
        return found[0]
    valued = [reading for reading in found if reading.value is not None]
    top = max((reading.priority for reading in valued), default=0)
    best = [reading for reading in valued if reading.priority == top] or found
    if len({reading.value for reading in best}) > 1:
        return None
    return min(best, key=lambda reading: reading.quality or "")


def by_slot(series: Series, points: Iterable[Point]) -> dict[Slot, list[Point]]:
    """The points of one series by the chunk they belong to, in the order of time."""
    slots: dict[_Place, list[Point]] = {}
    for point in points:
        slots.setdefault(_place(point.start, point.step, series.zone), []).append(point)
    return {_slot(place): found for place, found in slots.items()}


def slot_of(start: int, step: int, zone: tzinfo) -> Slot:
    """The slot of a point that begins at a moment and lasts `step` seconds."""
    return _slot(_place(start, step, zone))


def _place(start: int, step: int, zone: tzinfo) -> _Place:
    day = at(start, zone)
    by_month = _LONGEST_MONTH // step <= _MOST_POINTS
    return day.year, day.month, 0 if by_month else day.day, step, start % step


def _slot(place: _Place) -> Slot:
    year, month, day, step, phase = place
    period = f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
    return Slot(period=period, step=step, phase=phase)


def chunks(readings: Iterable[Reading]) -> Iterator[tuple[Series, Chunk]]:
    """The chunks of an export, each month or day and step of each series by itself."""
    for series, kept in settle(readings).kept.items():
        for slot, found in by_slot(series, kept).items():
            yield series, merge(None, slot, found).chunk


def merge(held: Chunk | None, slot: Slot, points: Sequence[Point], *, keeps: bool = False) -> Merge:
    """What the pod holds of a slot, completed and corrected by points of that slot, in order.

    A value where none was is new, an equal one the same, a different one an update; a gap is new
    where nothing was known and never takes a value away. With `keeps` what is held was stated
    later: a different value does not take its place.
    """
    values, first = _room(held, slot, points)
    tally: Counter[str] = Counter()
    changed = []
    for start, _, reading in points:
        place = (start - first) // slot.step
        known = held is not None and held.start <= start < held.end
        outcome = _outcome(values[place], reading.value, known=known)
        if outcome == "updated" and keeps:
            outcome = "older"
        tally[outcome] += reading.counted
        if outcome in {"new", "updated"}:
            values[place] = reading.value
            changed.append(start)
    quality = _quality(held, points)
    merged = Chunk(slot=slot, start=first, values=tuple(values), quality=quality)
    return Merge(
        chunk=merged if changed or held is None else held,
        locator=f"{points[0].reading.locator}..{points[-1].reading.locator}",
        new=tally["new"],
        same=tally["same"] + tally["older"],
        older=tally["older"],
        updated=tally["updated"],
        moments=tuple(changed),
    )


def _room(
    held: Chunk | None, slot: Slot, points: Sequence[Point]
) -> tuple[list[Decimal | None], int]:
    """What is held, with room for the points before and after it; and the moment it begins."""
    first, end = points[0].start, points[-1].start + slot.step
    if held:
        first, end = min(first, held.start), max(end, held.end)
    values: list[Decimal | None] = [None] * ((end - first) // slot.step)
    if held:
        place = (held.start - first) // slot.step
        values[place : place + len(held.values)] = held.values
    return values, first


def _outcome(old: Decimal | None, value: Decimal | None, *, known: bool) -> str:
    if value is None:
        return "same" if known else "new"
    if old is None:
        return "new"
    return "same" if old == value else "updated"


def _quality(held: Chunk | None, points: Sequence[Point]) -> str | None:
    """The one quality that all values of the merged chunk share, if they do."""
    found = {point.reading.quality for point in points if point.reading.value is not None}
    if held:
        told = {point.start for point in points if point.reading.value is not None}
        places = enumerate(held.values)
        if any(v is not None and held.start + i * held.slot.step not in told for i, v in places):
            found.add(held.quality)
    return found.pop() if len(found) == 1 else None


def moment(instant: datetime) -> int:
    """An instant as whole seconds since 1970 in UTC."""
    return int(instant.timestamp())


def at(seconds: int, zone: tzinfo) -> datetime:
    """A moment as the clocks of a zone show it, with the offset of that moment."""
    steady = _offset_on(seconds // _DAY, zone)
    if steady is not None:
        return datetime.fromtimestamp(seconds, steady)
    return _local(seconds, zone)


@lru_cache(maxsize=4096)
def _offset_on(day: int, zone: tzinfo) -> timezone | None:
    """The offset of a zone all through a day of UTC, by its number; None where it changes."""
    hours = {_local(day * _DAY + hour, zone).tzinfo for hour in (0, _DAY // 2, _DAY - 1)}
    found = hours.pop()
    return found if not hours and isinstance(found, timezone) else None


def _local(seconds: int, zone: tzinfo) -> datetime:
    local = datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    return local.astimezone(offset_of(local))


def written(values: Values) -> str:
    """The values as a JSON array: `[260,0.063,null]`."""
    return "[" + ",".join("null" if v is None else f"{v.normalize():f}" for v in values) + "]"


def duration(seconds: int) -> str:
    """A step as an xsd:dayTimeDuration in canonical form: `PT30M`, `PT1H`, `P1D`."""
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3600)
    parts = ((hours, "H"), (rest // 60, "M"), (rest % 60, "S"))
    time = "".join(f"{number}{unit}" for number, unit in parts if number)
    return "P" + (f"{days}D" if days else "") + (f"T{time}" if time else "")


@lru_cache(maxsize=256)
def seconds_of(text: str) -> int:
    """The seconds of an xsd:dayTimeDuration. Raises ValueError for anything else."""
    found = _DURATION.fullmatch(text)
    days, hours, minutes, seconds = (
        (int(part or 0) for part in found.groups()) if found else [0] * 4
    )
    step = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    if not step:
        raise ValueError("this is not the step of a series")
    return step


def read_values(text: str) -> Values:
    """A JSON array of numbers and nulls. Raises ValueError for anything else."""
    found = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    if not isinstance(found, list) or not all(v is None or isinstance(v, Decimal) for v in found):
        raise ValueError("these are not the values of a series")
    return tuple(found)
