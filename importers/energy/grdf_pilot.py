"""MesInfos: gas of a Gazpar meter by day or by month, as GRDF gave it in the pilot (2016-2017).

`value` is in kWh, `volume` in m³, and `index` is what the meter showed at `end`. Times are those of
France without an offset. A month ends, as given, on the morning of its last day: that is kept.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem
from importers.document import Element, elements, has_marks
from importers.energy.grdf import GRDF, SLACK, Reading, items, quality, stamp
from importers.energy.sums import checks
from importers.pilot_set import required
from importers.text import lines

_DAY: Final = "GazparDailyGazConsumption"
_REASONS: Final = (_DAY, "GazparMonthlyGazConsumption")
_OTHER_PERIOD: Final = "`period` is not that of `start`, and was left out"


class GrdfPilot:
    format = "mesinfos-gazpar"
    title = "MesInfos: consommation Gazpar par jour ou par mois (JSON)"
    domain = "energy"
    extensions = (".json",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By names that only this set has."""
        del filename
        marks = ('"volumeToEnergyCoefficient"', '"statementReason"')
        return Match(confidence=90) if has_marks(head, marks, opens="[") else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return GRDF

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each row, beside its meter and what that showed. Takes no options."""
        del options
        found = list(elements("".join(lines(export)), "/*"))
        yield from items(_reading(one) for one in found)
        yield from _remarks(found)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """What a month states against its days, where the file has both."""
        return checks(items, SLACK)


def _reading(found: Element | Problem) -> Reading | Problem:
    if isinstance(found, Problem):
        return found
    try:
        if found.text("statementReason") not in _REASONS:
            raise ValueError("this is no consumption of a Gazpar meter")  # noqa: TRY301 - it is told of as all that is wrong
        return Reading(
            meter=Key(stable=required(found, "contractNumber")),
            start=stamp(required(found, "start")),
            end=stamp(required(found, "end")),
            energy=found.number_or_none("value"),
            volume=found.number_or_none("volume"),
            shown=(None, found.number_or_none("index")),
            quality=quality(found.text("statementType")),
            nature="" if found.text("statementReason") == _DAY else "publiée",
            locator=found.locator,
        )
    except ValueError as error:
        return Problem(found.locator, str(error))


def _remarks(found: Iterable[Element | Problem]) -> Iterator[Problem]:
    """Rows that name another period than the one they begin in."""
    for one in found:
        period, start = _text(one, "period"), _text(one, "start")
        if period and start and not start.startswith(period):
            yield Problem(one.locator, _OTHER_PERIOD, row=False)


def _text(found: Element | Problem, name: str) -> str:
    value = found.get(name) if isinstance(found, Element) else None
    return value if isinstance(value, str) else ""
