"""Enedis Data Connect (v5, JSON): what a customer let a third party fetch of her meter.

Format: https://datahub-enedis.fr/services-api/data-connect/. A load curve is mean power in W,
stamped in the local time of France at the END of its step, which each row says and which may
change within a day; daily energy is in Wh, under its civil date; the highest power of a day is in
VA, stamped when it was drawn. The file does not say whether energy was consumed or produced: the
option `flow=out` says that it is produced.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from importers.clock import PARIS, iso_date, local, wall_time
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Series,
)
from importers.document import Element, elements, first, has_marks
from importers.energy.enedis import ENEDIS
from importers.energy.enedis_peaks import in_watts, peak, volt_amperes
from importers.energy.enedis_points import QUALITIES
from importers.energy.meters import NO_VALUE, OFF_STEP, Interval, item, meter_point, series_of
from importers.energy.options import FLOW
from importers.rows import convert
from importers.series import at, moment, seconds_of
from importers.text import lines
from importers.totals import Period
from importers.units import WATT, WATT_HOUR

_UNITS: Final = {("W", "average"): WATT, ("Wh", "sum"): WATT_HOUR}
# A meter that is set anew may begin its longer step within the hour: at whole ten minutes.
_FINEST: Final = 600
_HEAD: Final = "/meter_reading"
_ROWS: Final = "/meter_reading/interval_reading/*"
_NO_UNIT: Final = (
    "only mean power in W, energy in Wh and the highest power of a day are imported, "
    "and this is neither"
)
_NO_METER: Final = "the file does not say whose meter this is"
_NO_STEP: Final = "the row does not say how long its step is"
_DAY: Final = "P1D"
_LENGTH_OF_A_DAY: Final = len("2024-02-26")


class EnedisDataConnect:
    format = "enedis-data-connect"
    title = "Enedis Data Connect: courbe de charge, énergie ou puissance maximale par jour (JSON)"
    domain = "energy"
    extensions = (".json",)
    version = "3"
    options = (FLOW,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the member that holds everything, and the number of the meter in it."""
        del filename
        marks = ('"meter_reading"', '"usage_point_id"', '"interval_reading"')
        return Match(confidence=95, needs=(FLOW.name,)) if has_marks(head, marks) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return ENEDIS

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A reading or a day for each row; before them the meter. Option `flow`: `in`, `out`."""
        text = "".join(lines(export))
        head = _Head.of(text, "out" if options.values.get("flow") == "out" else "in")
        if head.meter:
            yield meter_point(Key(stable=head.meter), "electricity", _HEAD)
        yield from convert(elements(text, _ROWS), head.reader())

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states no sum of itself."""
        del items
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What a file says once, above its rows."""

    meter: str
    flow: str
    unit: str
    aggregate: str
    period: str
    step: str
    quality: str

    @classmethod
    def of(cls, text: str, flow: str) -> "_Head":
        found = {
            name: first(text, f"{_HEAD}/{name}")
            for name in ("usage_point_id", "reading_type", "quality")
        }
        said, meter = Element(_HEAD, found), found["usage_point_id"]
        return cls(
            # A number would have lost the zeros that it begins with.
            meter=meter.strip() if isinstance(meter, str) else "",
            flow=flow,
            unit=_text(said, "reading_type/unit"),
            aggregate=_text(said, "reading_type/aggregate"),
            period=_text(said, "reading_type/measuring_period"),
            step=_text(said, "reading_type/interval_length"),
            quality=_text(said, "quality"),
        )

    def reader(self) -> Callable[[Element], Iterable[Item]]:
        """What reads the rows of the file, in order."""
        if not self.meter:
            return _refusing(_NO_METER)
        meter = Key(stable=self.meter)
        if self.aggregate == "maximum":
            return self._peaks(meter)
        unit = _UNITS.get((self.unit, self.aggregate))
        if unit is None:
            return _refusing(_NO_UNIT)
        return self._points(series_of(meter, "electricity", unit, self.flow))

    def _peaks(self, meter: Key) -> Callable[[Element], Iterable[Item]]:
        if self.period not in {"", _DAY}:
            return _refusing(_NO_UNIT)
        remarks = [in_watts(self.unit, _HEAD)]

        def read(row: Element) -> Iterator[Item]:
            size, text = volt_amperes(self.unit), row.text("date")
            is_day = len(text) == _LENGTH_OF_A_DAY
            when = iso_date(text) if is_day else local(wall_time(text))
            yield from remarks.pop() if remarks else ()
            if row.get("value") in (None, ""):
                yield Problem(row.locator, NO_VALUE, row=False)
            else:
                yield peak(meter, self.flow, when, row.number("value") * size, row.locator)

        return read

    def _points(self, series: Series) -> Callable[[Element], Iterable[Item]]:
        """The row before tells a time that comes twice."""
        latest: datetime | None = None

        def read(row: Element) -> Iterator[Item]:
            nonlocal latest
            start, latest = _stretch(row, self.step, latest)
            value = None if row.get("value") in (None, "") else row.number("value")
            said = row.text("measure_type") or self.quality
            found = Interval(
                start=start,
                end=latest,
                value=value,
                locator=row.locator,
                quality=QUALITIES.get(said.lower()),
            )
            yield item(series, found)

        return read


def _text(element: Element, path: str) -> str:
    """The text at a path, "" where there is none or something else."""
    try:
        return element.text(path)
    except ValueError:
        return ""


def _refusing(reason: str) -> Callable[[Element], Iterable[Item]]:
    def read(_row: Element) -> Iterable[Item]:
        raise ValueError(reason)

    return read


def _stretch(row: Element, step: str, after: datetime | None) -> tuple[datetime, datetime]:
    """From when to when a row is: a civil day, or the step that ends at its stamp."""
    stamp = row.text("date")
    if len(stamp) == _LENGTH_OF_A_DAY:
        day = Period.of_day(iso_date(stamp), PARIS)
        return day.start, day.end
    length = row.text("interval_length") or step
    if not length:
        raise ValueError(_NO_STEP)
    seconds, end = seconds_of(length), local(wall_time(stamp), after=after)
    if moment(end) % seconds and moment(end) % _FINEST:
        raise ValueError(OFF_STEP)
    return at(moment(end) - seconds, PARIS), end
