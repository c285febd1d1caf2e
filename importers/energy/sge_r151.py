"""Enedis SGE R151 (XML): the daily indexes and highest powers that a subscription delivers.

Each day has the registers of the distributor and those of the supplier, in Wh; both add up to all
that came through the meter, so only those of the distributor become consumption. What they show
is that of the END of their day, unlike in the other flows: by this the indexes of R64 are met. The
highest power of a day is apparent power, in VA, whose time is not told.

Made after the structure of the flow; no file of it was there to try it on.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import BinaryIO

from importers.clock import PARIS, iso_date
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
from importers.energy.enedis import ENEDIS, prm
from importers.energy.enedis_calendar import TARIFFS
from importers.energy.enedis_peaks import in_watts, peak, volt_amperes
from importers.energy.meters import meter_point, series_of
from importers.energy.registers import Shown, differences, meter_reading
from importers.energy.repeats import agreed
from importers.energy.sge import is_flow
from importers.energy.sge_checks import checks
from importers.markup import Element, elements
from importers.money import decimal
from importers.totals import Period, total
from importers.units import WATT_HOUR, measured, plain

_UNIT, _POWER_UNIT, _METER, _DAY = (
    "/R151/En_Tete_Flux/Unite_Mesure_Index",
    "/R151/En_Tete_Flux/Unite_Mesure_Puissance",
    "/R151/PRM/Id_PRM",
    "/R151/PRM/Donnees_Releve",
)
_GRIDS = (("Classe_Temporelle_Distributeur", "EAS D"), ("Classe_Temporelle", "EAS F"))
_RANK = re.compile(r"\d{1,2}", re.ASCII)
_SIZES = {"wh": 1, "kwh": 1000}
_NO_UNIT = "the unit is neither Wh nor kWh: this is no energy"
_NO_REGISTER = "no register of this day shows anything"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """What the registers of a meter show at the midnight with which a day ends, in Wh."""

    meter: Key
    day: date
    registers: tuple[tuple[str, Decimal, tuple[tuple[str, Value], ...]], ...]
    locator: str

    def grid(self, grid: str) -> dict[str, Decimal]:
        return {name: value for name, value, _ in self.registers if name.startswith(grid)}


class SgeR151:
    format = "enedis-sge-r151"
    title = "Enedis SGE: index quotidiens R151 (XML)"
    domain = "energy"
    extensions = (".xml",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the outermost element."""
        del filename
        return Match(confidence=95) if is_flow(head, "R151") else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return ENEDIS

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A MeterReading for each register of each day, a Consumption for each highest power.

        Beside them stand the meters, and the days between the readings. No options.
        """
        del options
        days: list[_Day] = []
        peaks: list[Record] = []
        for found in _read(export):
            match found:
                case _Day():
                    days.append(found)
                case Record():
                    peaks.append(found)
                case Problem():
                    yield found
        kept: list[_Day] = []
        for one in agreed(days, lambda day: (day.meter, day.day), lambda day: day.registers):
            if isinstance(one, Problem):
                yield one
            else:
                kept.append(one)
        yield from _meters(kept, peaks)
        yield from agreed(peaks, lambda one: (one.account, one.on), lambda one: one.fields)
        kept.sort(key=lambda day: (day.meter.stable or "", day.day))
        for meter, same in groupby(kept, key=lambda day: day.meter):
            yield from _of_meter(meter, list(same))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Whether the registers of the supplier pass what those of the distributor do."""
        return tuple(checks(item for item in items if isinstance(item, Record)))


def _meters(days: Iterable[_Day], peaks: Iterable[Record]) -> Iterator[Record]:
    """Each meter, where it is first told of."""
    found = {day.meter: day.locator for day in reversed(tuple(days))}
    for one in peaks:
        if one.account:
            found.setdefault(one.account, one.locator)
    for meter, locator in found.items():
        yield meter_point(meter, "electricity", locator)


def _read(export: BinaryIO) -> Iterator[_Day | Record | Problem]:
    size, power_unit, meter = 1, "", ""
    for found in elements(export, frozenset({_UNIT, _POWER_UNIT, _METER, _DAY})):
        if isinstance(found, Problem):
            yield found
        elif found.path == _UNIT:
            size = _SIZES.get(found.text.strip().lower(), 0)
        elif found.path == _POWER_UNIT:
            power_unit = found.text.strip()
            yield from in_watts(power_unit, found.locator)
        elif found.path == _METER:
            meter = found.text.strip()
        else:
            yield _day(found, meter, size)
            yield from _power(found, meter, power_unit)


def _power(found: Element, meter: str, unit: str) -> Iterator[Record | Problem]:
    """The highest power of a day, where the day has one."""
    text = found.get("Puissance_Maximale/Valeur")
    if text:
        try:
            power = decimal(text) * volt_amperes(unit)
            yield peak(Key(stable=prm(meter)), "in", _date(found), power, found.locator)
        except ValueError as error:
            yield Problem(found.locator, f"Puissance_Maximale: {error}")


def _date(found: Element) -> date:
    return iso_date(found.get("Date_Releve"))


def _day(found: Element, meter: str, size: int) -> _Day | Problem:
    try:
        if not size:
            raise ValueError(_NO_UNIT)  # noqa: TRY301 - it is told of as all that is wrong
        registers = tuple(_registers(found, size))
        if not registers:
            return Problem(found.locator, _NO_REGISTER, row=False)
        return _Day(
            meter=Key(stable=prm(meter)),
            day=_date(found),
            registers=registers,
            locator=found.locator,
        )
    except ValueError as error:
        return Problem(found.locator, str(error))


def _registers(
    found: Element, size: int
) -> Iterator[tuple[str, Decimal, tuple[tuple[str, Value], ...]]]:
    """Each register by the name it has in the customer's own files, `EAS D1`, `EAS F2`."""
    for element, grid in _GRIDS:
        for place, register in enumerate(found.all(element), 1):
            rank, text = register.get("Rang_Cadran"), register.get("Valeur")
            if text:
                name = f"{grid}{rank if _RANK.fullmatch(rank) else place}"
                label = register.get("Libelle_Classe_Temporelle")
                code = TARIFFS.get(register.get("Id_Classe_Temporelle")[:2].upper())
                more: list[tuple[str, Value]] = [("schema:name", label)] if label else []
                if code:
                    more.append(("sd:tariffPeriod", Code(code)))
                yield name, plain(decimal(text) * size), tuple(more)


def _of_meter(meter: Key, days: list[_Day]) -> Iterator[Item]:
    for one in days:
        for name, value, more in one.registers:
            fields = (("sd:sourceLabel", name), *more)
            yield meter_reading(meter, name, _shown(one, value), fields)
    for _, same in groupby(days, key=lambda one: [*one.grid("EAS D")]):
        whole = [_shown(one, sum(one.grid("EAS D").values(), Decimal(0))) for one in same]
        for passed in differences(whole):
            if isinstance(passed, Problem):
                yield passed
                continue
            before, after, value = passed
            period = Period.between(before.stamp, after.stamp)
            energy = measured(WATT_HOUR, value)
            series = series_of(meter, "electricity", WATT_HOUR)
            yield total(series, period, (energy,), after.locator)


def _shown(one: _Day, value: Decimal) -> Shown:
    stamp = Period.of_day(one.day, PARIS).end
    return Shown(stamp=stamp, value=value, unit=WATT_HOUR, locator=one.locator)
