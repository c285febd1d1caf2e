"""Samples into a draft: the chunks of their series, completed by what is new.

The samples of one month of a sensor are in one document, each civil day as `#c-31`; what is over
3,000 points goes on in `#c-31-2`. A sample is never changed: one of the same time and another
value is another sample.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, count

from importers.clock import instant
from importers.contract import Iri, Key, Problem, Record, Ref, Sensor, Typed, Value
from importers.naming import Naming
from importers.samples import Spot, grouped, parts, read, sum_of, written
from importers.totals import LOCATOR
from importers.units import plain
from pod.intake.chunks import is_chunk
from pod.intake.curves import Derive
from pod.intake.draft import Draft, Manner, Outcome
from pod.intake.records import Told, derived_series, entry_of, put_entry
from pod.intake.tombstones import dead_periods, is_tombstone
from vocab.graph import Node
from vocab.names import SD
from vocab.prefixes import expand

_UNREADABLE = "a chunk that the pod holds of this series cannot be read, and is left as it is"


@dataclass(slots=True, kw_only=True)
class _Month:
    """One month of one sensor: its document, the chunks held of each day, in order of their time.

    `seen` are the samples that are held or have come; `taken` the names that no new chunk can have;
    `dead` the days, and the month, whose chunks the person deleted.
    """

    sensor: Sensor
    of: str
    path: str
    name: str
    chunks: dict[str, list[tuple[str, tuple[Spot, ...]]]] = field(default_factory=dict)
    seen: set[tuple[int, int, str]] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    dead: set[str] = field(default_factory=set)


def put_samples(
    sensor: Sensor, spots: Iterable[Spot], naming: Naming, draft: Draft, derive: Derive
) -> Iterator[Told]:
    """Puts samples of one sensor and month; tells what became of each of them."""
    first, *rest = spots
    series = derived_series(_series(sensor), sensor.name, naming)
    derive(series)
    path = place_of(sensor, first.day, naming)
    month = _Month(sensor=sensor, of=series.about, path=path, name=first.day[:7])
    yield from _load(month, draft)
    yield from _put_month(month, (first, *rest), naming, draft)


def place_of(sensor: Sensor, day: str, naming: Naming) -> str:
    """The path of the document of the samples of a sensor in the month of a day."""
    on = date.fromisoformat(day)
    return naming.place("SeriesChunk", account=sensor.device, on=on, series=sensor.name)


def _series(sensor: Sensor) -> Record:
    """What a series says of itself."""
    fields: list[tuple[str, Value]] = [
        ("schema:name", sensor.name),
        ("sosa:observedProperty", Iri(sensor.quantity)),
    ]
    if sensor.unit:
        fields.append(("qudt:hasUnit", Iri(expand(f"unit:{sensor.unit}"))))
    if sensor.device:
        fields.append(("sd:account", Ref("Account", sensor.device)))
    return _record("Series", sensor, tuple(fields), LOCATOR + sensor.name)


def _load(month: _Month, draft: Draft) -> Iterator[Told]:
    """The chunks of a month that the pod holds; one that cannot be read is told of."""
    for about, node in draft.nodes(month.path):
        name = about.rpartition("#")[2]
        month.taken.add(name)
        if is_tombstone(node):
            month.dead.update(dead_periods((name,), month.name))
        if not is_chunk(node, month.of):
            continue
        try:
            spots = _spots(node)
        except ValueError:
            problem = Problem(LOCATOR + month.sensor.name, _UNREADABLE, row=False)
            yield Told(outcome=Outcome.REJECTED, count=0, problem=problem)
        else:
            month.chunks.setdefault(spots[0].day, []).append((about, spots))
            month.seen.update(spot.same for spot in spots)
    for chunks in month.chunks.values():
        chunks.sort(key=lambda chunk: chunk[1][0].same)


def _spots(node: Node) -> tuple[Spot, ...]:
    """The samples of a chunk, of which there is one at least. Raises ValueError."""
    found = [term.value for term in node.get(SD.values, ())]
    if len(found) != 1 or not (spots := read(found[0])):
        raise ValueError("this is not a chunk of samples")
    return spots


def _put_month(
    month: _Month, spots: Iterable[Spot], naming: Naming, draft: Draft
) -> Iterator[Told]:
    fresh: list[Spot] = []
    same = 0
    for spot in spots:
        if spot.same in month.seen:
            same += spot.counted
        else:
            month.seen.add(spot.same)
            fresh.append(spot)
    yield Told(outcome=Outcome.SAME, count=same)
    for day, come in sorted(grouped(fresh).items()):
        if not month.dead.isdisjoint({day, month.name}):
            counted = sum(spot.counted for spot in come)
            yield Told(outcome=Outcome.SAME, count=counted, manner=Manner.DELETED)
            continue
        told = list(_put_day(month, day, come, naming, draft))
        wrong = [one for one in told if one.outcome is Outcome.REJECTED]
        yield from wrong
        outcome = Outcome.REJECTED if wrong else Outcome.NEW
        yield Told(outcome=outcome, count=sum(spot.counted for spot in come))


def _put_day(
    month: _Month, day: str, come: Sequence[Spot], naming: Naming, draft: Draft
) -> Iterator[Told]:
    """Puts the chunks of a day, as far as what came changes them; what became of each."""
    held = month.chunks.get(day, [])
    spots = sorted((*come, *(s for _, chunk in held for s in chunk)), key=lambda s: s.same)
    names = chain((about for about, _ in held), _names(month, day, naming))
    locator = f"{come[0].locator}..{come[-1].locator}"
    for part, about in zip(parts(spots), names, strict=False):
        chunk = _chunk(month, part, locator)
        yield put_entry(entry_of(chunk, month.path, about, naming, count=0), draft)


def _names(month: _Month, day: str, naming: Naming) -> Iterator[str]:
    """The IRIs of new chunks of a day: first `#c-31`, then `#c-31-2` and so on."""
    whole = f"c-{day[8:]}"
    for name in chain((whole,), (f"{whole}-{number}" for number in count(2))):
        if name not in month.taken:
            month.taken.add(name)
            yield f"{naming.storage}{month.path}#{name}"


def _chunk(month: _Month, spots: Sequence[Spot], locator: str) -> Record:
    """The record of a chunk: it ends with the last moment that a sample tells of."""
    last = max(spots, key=lambda spot: max(spot.start, spot.end))
    fields: list[tuple[str, Value]] = [
        ("sd:ofSeries", Iri(month.of)),
        ("schema:startTime", instant(spots[0].time)),
        ("schema:endTime", instant(last.until or last.time)),
        ("sd:values", Typed(written(spots), "rdf:JSON")),
    ]
    total = sum_of(month.sensor, spots)
    if total is not None:
        fields.append(("sd:sum", plain(total)))
    return _record("SeriesChunk", month.sensor, tuple(fields), locator)


def _record(
    kind: str, sensor: Sensor, fields: tuple[tuple[str, Value], ...], locator: str
) -> Record:
    return Record(
        kind=kind,
        key=Key(),
        fields=fields,
        locator=locator,
        account=sensor.device,
        counted=False,
    )
