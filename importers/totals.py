"""What a household consumed or produced over whole periods, as records: the totals of a series.

The total of a day covers the local day, and is over the points there are: `sd:durationSeconds`
says how many seconds they cover, so a gap shows as less than the day has. It has no `sd:quality`:
what a day lacks is not estimated, and what it has may come from several exports.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from importers.contract import Code, Iri, Key, Record, Ref, Series, Value
from importers.series import Chunk, at, moment
from importers.units import UNITS, measured
from vocab.prefixes import expand

LOCATOR = "series="
_KINDS = {"in": "Consumption", "out": "Production"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of time in which something was measured at a meter, and the day it is counted on.

    `span` tells it from others of the meter: the two civil dates of whole days, else two instants.
    """

    start: datetime
    end: datetime
    day: date
    span: tuple[str, str]

    @classmethod
    def of_day(cls, day: date, zone: tzinfo) -> "Period":
        """A civil day, midnight to midnight: 23 or 25 hours when the clocks change."""
        after = day + timedelta(days=1)
        start, end = at(_midnight(day, zone), zone), at(_midnight(after, zone), zone)
        return cls(start=start, end=end, day=day, span=(day.isoformat(), after.isoformat()))

    @classmethod
    def between(cls, start: datetime, end: datetime) -> "Period":
        """From one instant to another, both with the offset of their place."""
        span = (start.isoformat(), end.isoformat())
        if start.time() == end.time() == datetime.min.time():
            span = (start.date().isoformat(), end.date().isoformat())
        return cls(start=start, end=end, day=start.date(), span=span)


def total(
    series: Series, period: Period, measures: Sequence[tuple[str, Value]], locator: str
) -> Record:
    """A Consumption, or a Production where the series flows out, over a period.

    `measures` are the properties it was measured in. It is not counted: an importer that reads
    such a total from a row says so itself.
    """
    return Record(
        kind=_KINDS[series.flow],
        key=Key(natural=(series.commodity, *period.span)),
        fields=(
            ("sd:account", Ref("MeterPoint", series.meter)),
            ("sd:date", period.day),
            ("schema:startTime", period.start),
            ("schema:endTime", period.end),
            ("sd:commodity", Code(series.commodity)),
            *measures,
        ),
        locator=locator,
        on=period.day,
        account=series.meter,
        counted=False,
    )


def daily(series: Series, chunks: Sequence[Chunk], days: Iterable[date]) -> Iterator[Record]:
    """The total of each of the days that has a value, from all chunks of a series.

    Where chunks of different steps overlap, each moment is counted once, the finer step first. A
    series whose values add nothing to a day has no totals.
    """
    unit = UNITS.get(series.unit)
    if unit is None or series.energy != unit.energy:
        return
    for day in days:
        period = Period.of_day(day, series.zone)
        points = _points(chunks, moment(period.start), moment(period.end))
        if points:
            weigh = series.energy == "mean-power"
            value = sum((v * step if weigh else v for _, step, v in points), Decimal(0))
            seconds = sum(step for _, step, _ in points)
            measures = (measured(unit, value), ("sd:durationSeconds", seconds))
            yield total(series, period, measures, LOCATOR + series.name)


def days_of(moments: Iterable[int], zone: tzinfo) -> list[date]:
    """The civil days of a zone in which the moments lie."""
    return sorted({datetime.fromtimestamp(seconds, zone).date() for seconds in moments})


def series_record(series: Series) -> Record:
    """What a series says once: its meter, what is observed, in what unit.

    The step is not here but on each chunk, as it changes when the meter is set anew.
    """
    return Record(
        kind="Series",
        key=Key(natural=(series.name,)),
        fields=(
            ("sd:account", Ref("MeterPoint", series.meter)),
            ("sosa:observedProperty", Iri(expand(f"quantitykind:{series.quantity}"))),
            ("qudt:hasUnit", Iri(expand(f"unit:{series.unit}"))),
            ("sd:commodity", Code(series.commodity)),
        ),
        locator=LOCATOR + series.name,
        account=series.meter,
        counted=False,
    )


def _points(chunks: Sequence[Chunk], start: int, end: int) -> list[tuple[int, int, Decimal]]:
    """The values that begin within a period: when, over how many seconds, and how much."""
    found = []
    for chunk in chunks:
        step = chunk.slot.step
        first = max(0, -((chunk.start - start) // step))
        last = max(0, -((chunk.start - end) // step))
        for place, value in enumerate(chunk.values[first:last], first):
            if value is not None:
                found.append((chunk.start + place * step, step, value))
    return _once(sorted(found, key=lambda point: point[:2]))


def _once(points: Sequence[tuple[int, int, Decimal]]) -> list[tuple[int, int, Decimal]]:
    """Those of the points, in the order of time, that begin after the one before has ended."""
    kept: list[tuple[int, int, Decimal]] = []
    for start, step, value in points:
        if not kept or start >= kept[-1][0] + kept[-1][1]:
            kept.append((start, step, value))
    return kept


def _midnight(day: date, zone: tzinfo) -> int:
    return moment(datetime(day.year, day.month, day.day, tzinfo=zone))
