"""MesInfos: what a home consumed, as EDF and its service Edelia told it in the pilot (2016-2017).

`value` is in kWh, `cost` in euro. EDF's own half-years end on their last day; the months that
Edelia estimates end on the day after, and come with the year that they add up to. The set for gas
has the same members, and does not say that it is for gas: the option `commodity=gas` does.
Comparisons with other homes and shares of the cost are not taken, and no bill that `billNumber`
names, as its date is not told.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import BinaryIO, Final

from importers.clock import PARIS
from importers.contract import (
    Check,
    Code,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Record,
    Value,
)
from importers.document import Element, elements, has_marks
from importers.energy.meters import NO_VALUE, meter_point, series_of
from importers.energy.options import COMMODITY
from importers.energy.registers import Shown, meter_reading
from importers.energy.repeats import agreed
from importers.energy.sums import Stretch, checks
from importers.overlaps import untangled
from importers.pilot_set import day, parts_of, required
from importers.rows import convert
from importers.series import moment
from importers.text import lines
from importers.totals import Period, total
from importers.units import WATT_HOUR, plain

EDF: Final = HolderHint(iri="https://www.edf.fr/", name="EDF", sector="energy")
_EDELIA: Final = "edelia"
_QUALITIES: Final = {"reel": "measured", "estime": "estimated"}
# Edelia rounds each figure to a whole one.
_SLACK: Final = Decimal(1)
_TARIFFS: Final = {"BASE": "base", "HP": "peak", "HC": "offpeak"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A row: so many kWh from one midnight to another, and what they cost."""

    meter: Key
    period: Period
    energy: Decimal | None
    cost: Decimal | None
    quality: str | None
    locator: str
    published: bool = False

    @property
    def start(self) -> datetime:
        return self.period.start

    @property
    def end(self) -> datetime:
        return self.period.end


class EdfPilot:
    format = "mesinfos-edf-consumption"
    title = "MesInfos: consommations EDF et estimations Edelia (JSON)"
    domain = "energy"
    extensions = (".json",)
    version = "1"
    options = (COMMODITY,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By what a statement is for: a bill, or an estimate of Edelia."""
        del filename
        marks = ('"contractNumber"', '"statementReason"')
        if not has_marks(head, marks, opens="["):
            return None
        its = (('"billNumber"',), (f'"{_EDELIA}"',))
        found = any(has_marks(head, names, opens="[") for names in its)
        return Match(confidence=90) if found else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return EDF

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each row, beside its meter and what that showed. Option `commodity`."""
        commodity = "gas" if options.said(COMMODITY) == "gas" else "electricity"
        found = list(elements("".join(lines(export)), "/*"))
        rows = [_row(one) for one in found]
        yield from (row for row in rows if isinstance(row, Problem))
        known = [row for row in rows if isinstance(row, _Stretch)]
        meters = {row.meter: row.locator for row in reversed(known)}
        for meter, locator in meters.items():
            yield meter_point(meter, commodity, locator)
            yield from _of_meter([row for row in known if row.meter == meter], commodity)
        yield from _shown(one for one in found if isinstance(one, Element))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """What a year states against the months of it, where the file has them all."""
        return checks(items, _SLACK)


def _row(found: Element | Problem) -> _Stretch | Problem:
    if isinstance(found, Problem):
        return found
    try:
        start, end = day(required(found, "start")), day(required(found, "end"))
        if found.text("statementCategory") != _EDELIA:
            end += timedelta(days=1)
        if end <= start:
            raise ValueError("the row ends before it begins")  # noqa: TRY301 - it is told of as all that is wrong
        return _Stretch(
            meter=Key(stable=required(found, "contractNumber")),
            period=_between(start, end),
            energy=found.number_or_none("value"),
            cost=found.number_or_none("cost"),
            quality=_QUALITIES.get(found.text("statementType").lower()),
            locator=found.locator,
        )
    except (ValueError, OverflowError) as error:
        return Problem(found.locator, str(error))


def _between(start: date, end: date) -> Period:
    first, after = Period.of_day(start, PARIS), Period.of_day(end, PARIS)
    span = (start.isoformat(), end.isoformat())
    return Period(start=first.start, end=after.start, day=start, span=span)


def _of_meter(rows: list[_Stretch], commodity: str) -> Iterator[Item]:
    known: list[_Stretch] = []
    for found in agreed(rows, lambda row: row.period, lambda row: (row.energy, row.cost)):
        if isinstance(found, Problem):
            yield found
        elif found.energy is None:
            yield Problem(found.locator, NO_VALUE, row=False)
        else:
            known.append(found)
    for one in untangled(known):
        if isinstance(one, Problem):
            yield one
        elif one.whole:
            yield _stated(one.row)
        else:
            yield _consumed(one.row, commodity)


def _consumed(row: _Stretch, commodity: str) -> Record:
    more: list[tuple[str, Value]] = [("sd:energy", plain(row.energy or Decimal(0)))]
    if row.cost is not None:
        more.append(("sd:total", plain(row.cost)))
    if row.quality:
        more.append(("sd:quality", Code(row.quality)))
    series = series_of(row.meter, commodity, WATT_HOUR)
    return replace(total(series, row.period, more, row.locator), counted=True)


def _stated(row: _Stretch) -> Item:
    """What a year says of the months that make it up, which is not counted twice."""
    stretch = Stretch(
        meter=row.meter, name="sd:energy", start=moment(row.start), end=moment(row.end)
    )
    return stretch.stated(plain(row.energy or Decimal(0)), PARIS, row.locator)


def _shown(rows: Iterable[Element]) -> Iterator[Item]:
    """What the registers showed, once where two rows say the same of it."""
    known: set[Item] = set()
    for row in rows:
        if row.get("statements") is None:
            continue
        for one in convert(parts_of(row, "statements"), _shown_by(row), is_row=_is_beside):
            same = replace(one, locator="") if isinstance(one, Record) else one
            if same not in known:
                known.add(same)
                yield one


def _shown_by(row: Element) -> Callable[[Element], Iterator[Item]]:
    """What reads the statements of a row: what each register of the meter showed on a day."""

    def read(statement: Element) -> Iterator[Item]:
        meter = Key(stable=required(row, "contractNumber"))
        stamp = Period.of_day(day(required(statement, "date")), PARIS).start
        registers = statement.get("indexesByLabel")
        for name in sorted(registers) if isinstance(registers, dict) else ():
            value = plain(1000 * Element("", registers).number(name))
            shown = Shown(stamp=stamp, value=value, unit=WATT_HOUR, locator=statement.locator)
            tariff = _TARIFFS.get(name)
            more: tuple[tuple[str, Value], ...] = (
                (("sd:tariffPeriod", Code(tariff)),) if tariff else ()
            )
            yield replace(meter_reading(meter, name, shown, more), counted=False)

    return read


def _is_beside(_statement: Element) -> bool:
    """Statements stand beside the rows: what cannot be read of them is a remark."""
    return False
