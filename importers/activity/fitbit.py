"""Fitbit in Google Takeout: the series of "Global Export Data" that are in UTC.

Each file is an array of `{"dateTime": "03/31/24 08:00:00", "value": …}`, the month before the day
and the year of this century in two digits. Heart rate, steps and distance are in UTC. The file of
steps and that of distance look alike, so these are told by the names that they have in the archive.
The value of steps and of distance (in centimetres) is that of the minute which begins then. The
confidence of a heart rate (0 to 3) stands beside it. All members are kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import BinaryIO, Final

from importers.activity.fitbit_file import FITBIT as FITBIT_HOLDER
from importers.activity.fitbit_file import recognised, utc
from importers.activity.quantities import measured
from importers.contract import Check, HolderHint, Item, Match, Option, Options, Sample, Sensor
from importers.document import Element, elements
from importers.rows import convert
from importers.text import lines

_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FitbitSeries:
    """One series of the export, which is an importer.

    `marks` are names in such a file; `stem` begins its name in the archive, "" where the marks say
    enough. `value` is the path of the value, `beside` that of what stands with it, "" for nothing.
    `lasts` is None for what is of a moment.
    """

    format: str
    title: str
    sensor: Sensor
    marks: tuple[str, ...]
    stem: str = ""
    value: str = "value"
    beside: str = ""
    lasts: timedelta | None = _MINUTE
    domain: str = "health"
    extensions: tuple[str, ...] = (".json",)
    version: str = "1"
    options: tuple[Option, ...] = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        return recognised(filename, head, self.marks, self.stem)

    def holder(self, head: bytes) -> HolderHint:
        del head
        return FITBIT_HOLDER

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A sample for each element. Takes no options."""
        del options
        return convert(elements("".join(lines(export)), "/*"), self._read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the export states neither count nor sum."""
        del items
        return ()

    def _read(self, element: Element) -> Iterator[Item]:
        start = utc(element.text("dateTime"))
        values: tuple[tuple[str, Decimal | str], ...] = (("value", element.number(self.value)),)
        if self.beside and (more := element.number_or_none(self.beside)) is not None:
            values = (*values, (self.beside.rpartition("/")[2], more))
        yield Sample(
            sensor=self.sensor,
            start=start,
            end=None if self.lasts is None else start + self.lasts,
            values=values,
            locator=element.locator,
        )


FITBIT: Final = (
    FitbitSeries(
        format="fitbit-heart-rate",
        title="Fitbit (Takeout): heart rate (heart_rate-*.json)",
        sensor=Sensor(name="heart-rate", quantity=measured("heart-rate"), unit="BEAT-PER-MIN"),
        marks=('"dateTime"', '"bpm"'),
        value="value/bpm",
        beside="value/confidence",
        lasts=None,
    ),
    FitbitSeries(
        format="fitbit-steps",
        title="Fitbit (Takeout): steps (steps-*.json)",
        sensor=Sensor(name="step-count", quantity=measured("step-count"), unit="NUM"),
        marks=('"dateTime"', '"value"'),
        stem="steps",
    ),
    FitbitSeries(
        format="fitbit-distance",
        title="Fitbit (Takeout): distance (distance-*.json)",
        sensor=Sensor(
            name="distance-cm", quantity=measured("distance-walking-running"), unit="CentiM"
        ),
        marks=('"dateTime"', '"value"'),
        stem="distance",
    ),
)
