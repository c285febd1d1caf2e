"""Meters and what was measured at them, as intervals: how much of what, from when to when."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from importers.series import read_values, seconds_of
from importers.totals import LOCATOR
from pod.extract.held import Held, of_class
from vocab.names import QUDT, SCHEMA, SD, SDC

_UNITS = "http://qudt.org/vocab/unit/"
_KWH = "KiloW-HR"
_ELECTRICITY = "electricity"
_OUT, _COST = "-out", "-cost"
_CURRENCY = "CCY_"  # of QUDT, before the code of ISO 4217


@dataclass(frozen=True, slots=True)
class Interval:
    """[start, start + seconds), `start` with its offset; a cost in the currency of the course."""

    start: datetime
    seconds: int
    value: Decimal
    quality: str = ""
    tariff: str = ""
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What was measured in one way: of one length, flow and unit (a QUDT name), by time.

    `currency` is that of its costs (ISO 4217). `shown` are moments as the clocks of the place
    showed them, with the offset of that time of the year.
    """

    name: str
    flow: str
    unit: str
    intervals: tuple[Interval, ...]
    currency: str = "EUR"
    shown: frozenset[datetime] = frozenset()

    @property
    def seconds(self) -> int:
        """How long an interval is, 0 where they are not all as long."""
        lengths = {one.seconds for one in self.intervals}
        return lengths.pop() if len(lengths) == 1 else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """A meter: its number, what flows through it, and its courses."""

    iri: str
    number: str
    commodity: str
    courses: tuple[Course, ...]


def meters(records: Mapping[str, Held], units: Collection[str]) -> tuple[tuple[Meter, ...], int]:
    """The meters at which something was measured, in the order of their IRIs.

    A day that a pod added up from a series is not given, as its intervals are there themselves.
    Beside the meters: how many intervals are not there, of another unit than those of `units`.
    """
    courses: dict[str, list[Course]] = {}
    for meter, course in (*_series(records), *_totals(records)):
        courses.setdefault(meter, []).append(course)
    left_out, made = 0, []
    for iri, found in sorted(courses.items()):
        known, others = _known(found, units)
        left_out += others
        if known:
            made.append(_meter(iri, records.get(iri), known, records))
    return tuple(made), left_out


def _known(found: Iterable[Course], units: Collection[str]) -> tuple[list[Course], int]:
    """The courses of known units, with what each interval cost; how many points are in none."""
    known = {(one.name, one.seconds): one for one in found if one.unit in units}
    left_out = 0
    for one in found:
        if one.unit in units:
            continue
        of = (one.name.removesuffix(_COST), one.seconds)
        priced = known.get(of) if one.unit.startswith(_CURRENCY) else None
        if priced is None:
            left_out += len(one.intervals)
            continue
        costs = {interval.start: interval.value for interval in one.intervals}
        intervals = tuple(replace(i, cost=costs.pop(i.start, i.cost)) for i in priced.intervals)
        currency = one.unit.removeprefix(_CURRENCY)
        known[of] = replace(priced, intervals=intervals, currency=currency)
        left_out += len(costs)
    return list(known.values()), left_out


def _meter(
    iri: str, about: Held | None, courses: list[Course], records: Mapping[str, Held]
) -> Meter:
    of = [one for one in records.values() if one.text(SD.account) == iri]
    said = (one.text(SD.commodity) for one in ([about] if about else []) + of)
    commodity = next(filter(None, said), "").removeprefix(SDC.NS)
    return Meter(
        iri=iri,
        number=(about and about.text(SD.recordId)) or iri.rpartition("#")[2],
        commodity=commodity or _ELECTRICITY,
        courses=tuple(courses),
    )


def _series(records: Mapping[str, Held]) -> Iterator[tuple[str, Course]]:
    chunks: dict[str, list[Held]] = {}
    for one in of_class(records, SD.SeriesChunk):
        chunks.setdefault(one.text(SD.ofSeries), []).append(one)
    for series in of_class(records, SD.Series):
        unit = series.text(QUDT.hasUnit).removeprefix(_UNITS)
        name = series.iri.partition("#")[0].rpartition("/")[2].removesuffix(".ttl")
        steps: dict[int, list[Interval]] = {}
        of = chunks.get(series.iri, ())
        for interval in (i for one in of for i in _points(one)):
            steps.setdefault(interval.seconds, []).append(interval)
        for found in steps.values():
            course = Course(
                name=name,
                flow="out" if name.endswith(_OUT) else "in",
                unit=unit,
                intervals=_by_time(found),
                shown=_shown(of),
            )
            if series.text(SD.account):
                yield series.text(SD.account), course


def _points(chunk: Held) -> Iterator[Interval]:
    """The points of a chunk that have a value; nothing where it is none of regular steps."""
    start, step = chunk.moment(SCHEMA.startTime), chunk.text(SD.step)
    if start is None or not step:
        return
    seconds, quality = seconds_of(step), chunk.text(SD.quality).removeprefix(SDC.NS)
    begin = start.timestamp()
    for number, value in enumerate(read_values(chunk.text(SD.values))):
        if value is not None:
            moment = datetime.fromtimestamp(begin + number * seconds, start.tzinfo)
            yield Interval(moment, seconds, value, quality)


def _totals(records: Mapping[str, Held]) -> Iterator[tuple[str, Course]]:
    """What the holder itself states of whole periods, by meter, flow, unit and length."""
    found: dict[tuple[str, str, str, int], list[Interval]] = {}
    seen: list[Held] = []
    for kind, flow in ((SD.Consumption, "in"), (SD.Production, "out")):
        for one in of_class(records, kind):
            if any(place.startswith(LOCATOR) for place in one.texts(SD.sourceLocator)):
                continue
            seen.append(one)
            for unit, interval in _stated(one):
                where = (one.text(SD.account), flow, unit, interval.seconds)
                found.setdefault(where, []).append(interval)
    for (meter, flow, unit, seconds), intervals in sorted(found.items()):
        name = f"{'production' if flow == 'out' else 'consumption'}-{seconds}"
        times, shown = _by_time(intervals), _shown(seen)
        yield meter, Course(name=name, flow=flow, unit=unit, intervals=times, shown=shown)


def _stated(one: Held) -> Iterator[tuple[str, Interval]]:
    start, end = one.moment(SCHEMA.startTime), one.moment(SCHEMA.endTime)
    energy, volume = one.number(SD.energy), one.number(SD.volume)
    if start is None or end is None:
        return
    seconds = int((end - start).total_seconds())
    quality = one.text(SD.quality).removeprefix(SDC.NS)
    tariff = one.text(SD.tariffPeriod).removeprefix(SDC.NS)
    cost = one.number(SD.total)
    if energy is not None:
        yield _KWH, Interval(start, seconds, energy, quality, tariff, cost)
    elif volume is not None:
        yield "M3", Interval(start, seconds, volume, quality, tariff, cost)


def _shown(records: Iterable[Held]) -> frozenset[datetime]:
    both = (SCHEMA.startTime, SCHEMA.endTime)
    return frozenset(filter(None, (one.moment(name) for one in records for name in both)))


def _by_time(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    return tuple(sorted(intervals, key=lambda one: (one.start, one.tariff)))
