"""Enedis Data Connect (v5, JSON): what a customer let a third party fetch of her meter.

Format: https://datahub-enedis.fr/services-api/data-connect/. A load curve is mean power in W,
stamped in the local time of France at the END of its step, which each row says and which may
change within a day; daily energy is in Wh, under its civil date. The file does not say whether
energy was consumed or produced: the option `flow=out` says that it is produced.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO

from importers.clock import PARIS, iso_date, local, wall_time
from importers.contract import Check, HolderHint, Item, Key, Match, Options
from importers.document import Element, elements, first, has_marks
from importers.energy.enedis import ENEDIS
from importers.energy.enedis_points import QUALITIES
from importers.energy.meters import OFF_STEP, Interval, item, meter_point, series_of
from importers.energy.options import FLOW
from importers.rows import convert
from importers.series import at, moment, seconds_of
from importers.text import lines
from importers.totals import Period
from importers.units import WATT, WATT_HOUR

_UNITS = {("W", "average"): WATT, ("Wh", "sum"): WATT_HOUR}
# A meter that is set anew may begin its longer step within the hour, but never within this.
_FINEST = 600
_ROWS = "/meter_reading/interval_reading/*"
_NO_UNIT = "only mean power in W and energy in Wh are imported, and this is neither"
_NO_METER = "the file does not say whose meter this is"
_NO_STEP = "the row does not say how long its step is"


class EnedisDataConnect:
    format = "enedis-data-connect"
    title = "Enedis Data Connect: courbe de charge ou énergie quotidienne (JSON)"
    domain = "energy"
    extensions = (".json",)
    version = "1"
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
        read = _reader(text, "out" if options.said(FLOW) == "out" else "in")
        meter = first(text, "/meter_reading/usage_point_id")
        if isinstance(meter, str) and meter.strip():
            yield meter_point(Key(stable=meter.strip()), "electricity", "/meter_reading")
        yield from convert(elements(text, _ROWS), read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states no sum of itself."""
        del items
        return ()


def _reader(text: str, flow: str) -> Callable[[Element], Iterator[Item]]:
    """What reads the rows of one file, in order: the row before tells a time that comes twice."""
    head = {
        name: first(text, f"/meter_reading/{name}")
        for name in ("usage_point_id", "reading_type", "quality")
    }
    kind = Element("/meter_reading", {"reading_type": head["reading_type"]})
    latest: list[datetime] = []

    def read(row: Element) -> Iterator[Item]:
        unit = _UNITS.get((kind.text("reading_type/unit"), kind.text("reading_type/aggregate")))
        if unit is None:
            raise ValueError(_NO_UNIT)
        if not isinstance(head["usage_point_id"], str) or not head["usage_point_id"].strip():
            raise ValueError(_NO_METER)
        series = series_of(Key(stable=head["usage_point_id"].strip()), "electricity", unit, flow)
        said = row.text("measure_type") or str(head["quality"] or "")
        start, end = _stretch(row, kind, latest[-1] if latest else None)
        latest[:] = [end]
        value: Decimal | None = None if row.get("value") in (None, "") else row.number("value")
        quality = QUALITIES.get(said.lower())
        yield item(
            series,
            Interval(start=start, end=end, value=value, locator=row.locator, quality=quality),
        )

    return read


def _stretch(row: Element, kind: Element, after: datetime | None) -> tuple[datetime, datetime]:
    """From when to when a row is: a civil day, or the step that ends at its stamp."""
    stamp = row.text("date")
    if len(stamp) == len("2024-02-26"):
        day = Period.of_day(iso_date(stamp), PARIS)
        return day.start, day.end
    length = row.text("interval_length") or kind.text("reading_type/interval_length")
    if not length:
        raise ValueError(_NO_STEP)
    step, end = seconds_of(length), local(wall_time(stamp), after=after)
    if moment(end) % min(step, _FINEST):
        raise ValueError(OFF_STEP)
    return at(moment(end) - step, PARIS), end
