"""EDF's half hours: under the header of each day its times, mostly from the last to the first.

A time is that of the clocks of France, at the END of its half hour. Midnight stands under the day
that it ends or under the one that it begins: its neighbour tells which. Whole days and single rows
come twice, and the hour that comes twice in October is told from those by its order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import groupby

from importers.clock import PARIS, local
from importers.contract import Key, Problem, Reading
from importers.energy.edf_table import Line
from importers.energy.meters import OFF_STEP, Interval, item, series_of
from importers.series import at, moment
from importers.units import WATT

_STEP = 1800
_NOON = time(12)
_MIDNIGHT = time()


def readings(lines: Iterable[Line], meter: Key) -> Iterator[Reading | Problem]:
    """A reading for each half hour; a Problem for each row that is at no half hour."""
    series = series_of(meter, "electricity", WATT)
    for _, found in groupby(lines, key=lambda line: line.block):
        for line, end in _dated(list(found)):
            if isinstance(end, str) or moment(end) % _STEP:
                yield Problem(line.locator, end if isinstance(end, str) else OFF_STEP)
                continue
            interval = Interval(
                start=at(moment(end) - _STEP, PARIS),
                end=end,
                value=line.figures[0][1] if line.figures else None,
                locator=line.locator,
                quality=line.quality,
            )
            yield item(series, interval)  # type: ignore[misc]  # half an hour is less than a day


def _dated(block: Sequence[Line]) -> Iterator[tuple[Line, datetime | str]]:
    """The rows of a day, each with the instant it ends at, or why there is none."""
    walls = [_wall(block, place) for place in range(len(block))]
    order = list(zip(block, walls, strict=True))
    if walls[0] > walls[-1]:
        order.reverse()
    before: tuple[datetime, datetime] | None = None
    for line, wall in order:
        try:
            again = before is not None and wall == before[0]
            end = before[1] if before and again else local(wall, after=before and before[1])
        except ValueError as error:
            yield line, str(error)
        else:
            before = wall, end
            yield line, end


def _wall(block: Sequence[Line], place: int) -> datetime:
    """The time of a row, midnight on the day that it begins."""
    line = block[place]
    if line.time != _MIDNIGHT:
        return line.wall
    others = [*reversed(block[:place]), *block[place + 1 :]]
    near = next((other for other in others if other.time != _MIDNIGHT), None)
    ends = near is None or near.time >= _NOON
    return replace(line, when=line.when + timedelta(days=1)).wall if ends else line.wall
