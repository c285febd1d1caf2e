"""The load curve that Enedis gives its customers: mean power in W, stamped at the END of its step.

Two layouts. Until 2024 two rows say what the file is about, and `Horodate;Valeur` follow, each
time with its offset, so that the hour that comes twice in October keeps apart; a row without a
value is a gap, and the step may change within the file. Since 2025 every row says everything, in
the local time of France without an offset, and one time may come as raw (BRUT), completed
(COMPLETE) and corrected (CORRIGE) value, of which the last holds. The flat tables of SGE have that
layout too; their highest powers (PMA) are read by it, with no file of them at hand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import BinaryIO, NamedTuple

from importers.clock import PARIS, local
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Reading,
    Record,
    Series,
)
from importers.energy.enedis import ENEDIS, Subject, load_curve, meter_points
from importers.energy.enedis_points import Point, points
from importers.energy.meters import OFF_STEP
from importers.energy.repeats import agreed
from importers.energy.steps import steps
from importers.series import at, moment
from importers.table import first_rows, folded, rows

# What the step of processing of a row ("Etape métier") is worth beside another of that time.
_PRIORITIES = {"brut": 1, "complete": 2, "corrige": 3}
_NO_STEP = "the step is not given, and the rows around this one do not show it"


class _Ended(NamedTuple):
    """A point, the instant of its stamp, and that in seconds since 1970."""

    point: Point
    stamp: datetime
    end: int


class EnedisLoadCurve:
    format = "enedis-load-curve"
    title = "Enedis: courbe de charge (CSV)"
    domain = "energy"
    extensions = (".csv",)
    version = "3"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns; the name of the file says nothing sure."""
        del filename
        top = [[folded(cell) for cell in row.cells] for row in first_rows(head, 2)]
        if not top or top[0][0] != "identifiantprm":
            return None
        if {"horodate", "valeur", "pas"} <= set(top[0]):
            return Match(confidence=95, variant="2025")
        if "typededonnees" in top[0] and "courbedecharge" in top[-1]:
            return Match(confidence=95, variant="2022")
        return None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return ENEDIS

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A Reading for each row of data, an empty one too; before them the meters. No options.

        A row that has the highest power of a day gives a Consumption.
        """
        del options
        read: list[Point] = []
        peaks: list[Record] = []
        meters: dict[Key, str] = {}
        said = None
        for found in points(rows(export, is_a_line=True)):
            if isinstance(found, Problem):
                yield found
            elif isinstance(found, Record):
                peaks.append(found)
                meters.setdefault(found.account or Key(), found.locator)
            else:
                read.append(found)
                if found.said is not said:
                    said = found.said
                    meters.setdefault(said.about.meter, found.locator)
        yield from meter_points(meters)
        yield from agreed(peaks, lambda one: (one.account, one.on), lambda one: one.fields)
        yield from _readings(_dated(read))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a load curve states no sum of itself."""
        del items
        return ()


def _dated(read: Sequence[Point]) -> Iterator[tuple[Point, datetime] | Problem]:
    """Each point with the instant of its stamp.

    Of a time that comes twice in October, the first row is taken for the first one; a file that
    goes back in time is read from its end.
    """
    order = reversed(read) if _goes_back(read) else iter(read)
    latest: dict[tuple[Subject, str], datetime] = {}
    for _, same in groupby(order, key=_said):
        yield from _dated_run(list(same), latest)


def _dated_run(
    same: Sequence[Point], latest: dict[tuple[Subject, str], datetime]
) -> Iterator[tuple[Point, datetime] | Problem]:
    """Points that follow one another and say the same of themselves, each with its instant."""
    run = same[0].said.about, same[0].said.stage
    after = latest.get(run)
    for point in same:
        if point.stamp.tzinfo is not None:
            yield point, point.stamp
            continue
        try:
            after = local(point.stamp, after=after)
        except ValueError as error:
            yield Problem(point.locator, str(error))
        else:
            yield point, after
    if after is not None:
        latest[run] = after


def _said(point: Point) -> int:
    return id(point.said)


def _goes_back(read: Sequence[Point]) -> bool:
    stamps = [point.stamp for point in read if point.stamp.tzinfo is None]
    return bool(stamps) and stamps[0] > stamps[-1]


def _readings(found: Iterable[tuple[Point, datetime] | Problem]) -> Iterator[Reading | Problem]:
    by_series: dict[Series, list[_Ended]] = {}
    kept: dict[int, list[_Ended]] = {}
    for item in found:
        if isinstance(item, Problem):
            yield item
            continue
        point, stamp = item
        mine = kept.get(id(point.said))
        if mine is None:
            mine = by_series.setdefault(load_curve(point.said.about), [])
            kept[id(point.said)] = mine
        mine.append(_Ended(point, stamp, moment(stamp)))
    for series, ended in by_series.items():
        seen = _steps(ended)
        for one in ended:
            yield _reading(series, one, one.point.said.step or seen[one.end])


def _steps(ended: Sequence[_Ended]) -> Mapping[int, int | None]:
    """The step of each moment at which a point ends; {} where every row says its own."""
    if all(one.point.said.step for one in ended):
        return {}
    stamps = sorted({one.end for one in ended})
    minutes = (one.point.said.about.minutes for one in ended)
    told = next((found for found in minutes if found is not None), None)
    return dict(zip(stamps, steps(stamps, told and told * 60), strict=True))


def _reading(series: Series, one: _Ended, step: int | None) -> Reading | Problem:
    """The reading of a point, whose stamp is the end of its step."""
    point = one.point
    if step is None:
        return Problem(point.locator, _NO_STEP)
    if one.end % step:
        return Problem(point.locator, OFF_STEP)
    return Reading(
        series=series,
        start=at(one.end - step, PARIS),
        end=one.stamp,
        value=point.value,
        locator=point.locator,
        quality=point.said.quality if point.value is not None else None,
        priority=_PRIORITIES.get(point.said.stage, 0),
    )
