"""What an importer reads, sorted by the documents that it goes to, one item after another.

A document and what goes to it tell all that decides what becomes of it: records are told apart
within a document, and readings and samples within a month of their series.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from importers.contract import Item, Problem, Reading, Record, Sample, Sensor, Series
from importers.samples import spot_of
from pod.intake.partitions import Partitions
from pod.intake.provenance import Gist
from pod.intake.records import Told, rejected, unreadable
from pod.intake.sensors import place_of
from pod.intake.sources import Sources
from pod.intake.stretches import is_long, is_measured

SERIES: Final = "0"
"""Before the path of a document of points, in the keys of partitions."""

MOVED: Final = "1"
"""The key of records that a document of another date may hold."""

RECORDS: Final = "2"
"""Before the path of a document of records."""

MOST_PROBLEMS = 10_000
_TWO_MEANINGS = "two series of this export have one name, and differ in what they measure"


@dataclass(slots=True)
class Tally:
    """What became of the items so far. Of the problems the first are kept, the others counted.

    `lost` says whether a row was lost.
    """

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    lost: bool = False

    def add(self, told: Told) -> None:
        if told.outcome is not None:
            self.counts[told.outcome] += told.count
        if told.manner is not None:
            self.counts[told.manner] += told.count
        if told.problem is None:
            return
        self.lost |= told.problem.row
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(told.problem)
        else:
            self.more += 1

    def add_all(self, told: Iterable[Told]) -> None:
        for one in told:
            self.add(one)


class Sorting:
    """Sorts the items of one export into partitions.

    `measured` are the documents of what meters measured in a time, and `has_long` says whether
    that is more than a day anywhere.
    """

    def __init__(self, sources: Sources, partitions: Partitions) -> None:
        self.sources = sources
        self.naming = sources.naming
        self.partitions = partitions
        self.tally = Tally()
        self.gist = Gist()
        self.sensors: dict[str, Sensor] = {}
        self.measured: set[str] = set()
        self.has_long = False
        self._curves: dict[Series, dict[tuple[int, int], str]] = {}
        self._curve: tuple[Series | None, dict[tuple[int, int], str]] = (None, {})
        self._months: dict[tuple[Sensor, str], str] = {}

    def passing(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items as they come, each sorted before it is given on."""
        for item in items:
            self.add(item)
            yield item

    def add(self, item: Item) -> None:
        self.gist.add(item)
        sort = _SORT.get(type(item))
        if sort is not None:
            sort(self, item)

    def record(self, record: Record) -> None:
        try:
            path = self.naming.document(record)
            moved = self.sources.places.may_be_elsewhere(record, path)
        except ValueError as error:
            self.tally.add(rejected(record.locator, str(error), int(record.counted)))
        else:
            self.partitions.put(MOVED if moved else RECORDS + path, record)
            self.note(path, record)

    def note(self, path: str, record: Record) -> None:
        """Note a record that tells of a time of which others may tell too."""
        if is_measured(record):
            self.measured.add(path)
            self.has_long = self.has_long or is_long(record)

    def reading(self, reading: Reading) -> None:
        series = reading.series
        last, curve = self._curve
        if series is not last:  # readings of one series come in a row
            curve = self._curves.setdefault(series, {})
            self._curve = series, curve
        day = reading.start.astimezone(series.zone).date()
        path = curve.get((day.year, day.month))
        if path is None:
            path = self.naming.place(
                "SeriesChunk", account=series.meter, on=day, series=series.name
            )
            curve[day.year, day.month] = path
        self.partitions.put(SERIES + path, reading)

    def sample(self, sample: Sample) -> None:
        try:
            spot = spot_of(sample)
            path = self._month(sample.sensor, spot.day)
        except ValueError as error:
            self.problem(Problem(sample.locator, str(error), row=sample.counted))
        else:
            self.partitions.put(SERIES + path, spot)

    def problem(self, problem: Problem) -> None:
        self.tally.add(unreadable(problem))

    def _month(self, sensor: Sensor, day: str) -> str:
        """The document of the samples of a month. Raises ValueError where another sensor has it."""
        month = (sensor, day[:7])
        path = self._months.get(month)
        if path is None:
            path = place_of(sensor, day, self.naming)
            if self.sensors.setdefault(path, sensor) != sensor:
                raise ValueError(_TWO_MEANINGS)
            self._months[month] = path
        return path


_SORT: Mapping[type, Callable[[Sorting, Any], None]] = {
    Record: Sorting.record,
    Reading: Sorting.reading,
    Sample: Sorting.sample,
    Problem: Sorting.problem,
}
