"""What the exports of GRDF, the French gas distributor, have in common: readings of gas meters.

A gas day goes from six to six in the morning by the clocks of France. Files write an offset behind
that time which is at times the real one and at times +00:00 all year, so it is not read. Energy is
what the volume is converted to, rounded; both are the holder's. Published readings are billed,
informative ones tell of single days within them and are marked as provisional. A published and
an informative reading of one time have one key, so that whichever is imported later, they are one
record.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from importers.clock import PARIS, iso_date, local, wall_time
from importers.contract import Code, HolderHint, Item, Key, Problem, Record, Stated, Value
from importers.energy.meters import NO_VALUE, meter_point, series_of
from importers.energy.registers import Shown, meter_reading
from importers.energy.repeats import agreed
from importers.energy.sums import Stretch
from importers.overlaps import untangled
from importers.series import at, moment
from importers.table import folded
from importers.totals import Period, total
from importers.units import CUBIC_METRE, WATT_HOUR, plain

GRDF: Final = HolderHint(iri="https://www.grdf.fr/", name="GRDF", sector="energy")

# Each figure is rounded to a whole one by itself.
SLACK: Final = Decimal(1)
_SIX = time(6)
_QUALITIES = (("mesur", "measured"), ("estim", "estimated"), ("corrig", "corrected"))
_REGISTER = "volume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was consumed from one reading of a gas meter to the next, and what it showed at each.

    `energy` is in kWh, `volume` and the indexes in m³; None where the file says nothing. `nature`
    is what the file calls it, "Publiée" or "Informative Journalier"; "" where it does not say.
    """

    meter: Key
    start: datetime
    end: datetime
    energy: Decimal | None
    volume: Decimal | None
    shown: tuple[Decimal | None, Decimal | None]
    quality: str | None
    nature: str
    locator: str

    @property
    def published(self) -> bool:
        return folded(self.nature).startswith("publi")

    @property
    def provisional(self) -> bool:
        return folded(self.nature).startswith("inform")

    @property
    def said(self) -> tuple[Decimal | None, Decimal | None, bool]:
        return self.energy, self.volume, self.published


def quality(text: str) -> str | None:
    """`Mesuré`, `Estimé`, `Corrigé` as a code; None for anything else."""
    found = folded(text)
    return next((code for mark, code in _QUALITIES if found.startswith(mark)), None)


def six_o_clock(day: date) -> datetime:
    """The instant at which a gas day begins."""
    return local(datetime.combine(day, _SIX))


def stamp(text: str) -> datetime:
    """`2017-10-10T06:00:00+00:00`, by what its clock shows, or a civil date: the gas day begins."""
    if len(text) == len("2017-10-10"):
        return six_o_clock(iso_date(text))
    return local(wall_time(text[: len("2017-10-10T06:00:00")]))


def items(found: Iterable[Reading | Problem]) -> Iterator[Item]:
    """A record for each reading; before them the meters, beside them what the registers showed."""
    readings: list[Reading] = []
    for one in found:
        if isinstance(one, Problem):
            yield one
        elif moment(one.end) <= moment(one.start):
            yield Problem(one.locator, "the reading ends before it begins")
        else:
            readings.append(one)
    meters = {one.meter: one.locator for one in reversed(readings)}
    for meter, locator in meters.items():
        yield meter_point(meter, "gas", locator)
        yield from _of_meter([one for one in readings if one.meter == meter])


def _of_meter(readings: list[Reading]) -> Iterator[Item]:
    known: list[Reading] = []
    for found in agreed(readings, lambda one: (one.start, one.end, one.published), _said):
        if isinstance(found, Problem):
            yield found
        elif found.energy is None and found.volume is None:
            yield Problem(found.locator, NO_VALUE, row=False)
        else:
            known.append(found)
    for one in untangled(known):
        if isinstance(one, Problem):
            yield one
        elif one.whole:
            yield from _stated(one.row)
        else:
            yield _consumed(one.row)
    yield from _registers(known)


def _said(one: Reading) -> object:
    return one.said


def _consumed(one: Reading) -> Record:
    more: list[tuple[str, Value]] = []
    if one.energy is not None:
        more.append(("sd:energy", plain(one.energy)))
    if one.volume is not None:
        more.append(("sd:volume", plain(one.volume)))
    if one.provisional:
        more.append(("sd:provisional", True))
    if one.quality:
        more.append(("sd:quality", Code(one.quality)))
    series = series_of(one.meter, "gas", WATT_HOUR)
    period = Period.between(at(moment(one.start), PARIS), at(moment(one.end), PARIS))
    return replace(total(series, period, more, one.locator), counted=True)


def _stated(one: Reading) -> Iterator[Stated]:
    """What a long reading says of the shorter ones that make it up."""
    for name, value in (("sd:energy", one.energy), ("sd:volume", one.volume)):
        if value is not None:
            stretch = Stretch(
                meter=one.meter, name=name, start=moment(one.start), end=moment(one.end)
            )
            yield stretch.stated(plain(value), PARIS, one.locator)


def _registers(readings: list[Reading]) -> Iterator[Item]:
    """What the register showed at the end of each reading, and at the start of a first one."""
    shown: dict[datetime, tuple[Decimal, str]] = {}
    for one in readings:
        if one.shown[1] is not None:
            shown[one.end] = one.shown[1], one.locator
    for one in readings:
        if one.shown[0] is not None:
            shown.setdefault(one.start, (one.shown[0], one.locator))
    for when, (value, locator) in sorted(shown.items()):
        known = Shown(stamp=when, value=plain(value), unit=CUBIC_METRE, locator=locator)
        yield replace(meter_reading(readings[0].meter, _REGISTER, known), counted=False)
    for run in _runs(readings):
        first, last = run[0], run[-1]
        passed = last.shown[1] - first.shown[0]  # type: ignore[operator]  # a run shows both
        stretch = Stretch(
            meter=first.meter,
            name="sd:volume",
            start=moment(first.start),
            end=moment(last.end),
        )
        yield stretch.stated(plain(passed), PARIS, last.locator)


def _runs(readings: list[Reading]) -> Iterator[list[Reading]]:
    """Readings that follow one another without a gap and without a change of the meter."""
    run: list[Reading] = []
    for one in sorted(readings, key=lambda one: (one.start, one.end)):
        if None in one.shown or one.shown[1] < one.shown[0]:  # type: ignore[operator]  # both are there
            continue
        if run and (run[-1].end, run[-1].shown[1]) != (one.start, one.shown[0]):
            yield run
            run = []
        run.append(one)
    if run:
        yield run
