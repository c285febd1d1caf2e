"""Enedis SGE R50 (XML): the load curve that a subscription delivers, mean power in W.

Times have their offset and are the END of a step, which the head of the file gives for all. A
point without a value is a gap.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO

from importers.clock import PARIS, instant
from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem
from importers.energy.enedis import ENEDIS, prm
from importers.energy.meters import OFF_STEP, Interval, item, meter_point, series_of
from importers.energy.sge import is_flow
from importers.markup import Element, elements
from importers.money import decimal
from importers.series import at, moment
from importers.units import WATT

_STEP, _METER, _POINT = (
    "/R50/En_Tete_Flux/Pas_Publication",
    "/R50/PRM/Id_PRM",
    "/R50/PRM/Donnees_Releve/PDC",
)
_MINUTES = re.compile(r"[1-9]\d?", re.ASCII)
_NO_STEP = "the head of the file does not say how long a step is"


class SgeR50:
    format = "enedis-sge-r50"
    title = "Enedis SGE: courbe de charge R50 (XML)"
    domain = "energy"
    extensions = (".xml",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the outermost element."""
        del filename
        return Match(confidence=95) if is_flow(head, "R50") else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return ENEDIS

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A reading for each point, beside the meters. Takes no options."""
        del options
        step, meter = 0, ""
        for found in elements(export, frozenset({_STEP, _METER, _POINT})):
            if isinstance(found, Problem):
                yield found
            elif found.path == _STEP:
                step = int(found.text) * 60 if _MINUTES.fullmatch(found.text.strip()) else 0
            elif found.path == _METER:
                meter = found.text.strip()
                yield from _meter(meter, found.locator)
            else:
                yield _point(found, meter, step)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a load curve states no sum of itself."""
        del items
        return ()


def _meter(number: str, locator: str) -> Iterator[Item]:
    try:
        yield meter_point(Key(stable=prm(number)), "electricity", locator)
    except ValueError as error:
        yield Problem(locator, str(error), row=False)


def _point(found: Element, meter: str, step: int) -> Item:
    try:
        if not step:
            raise ValueError(_NO_STEP)  # noqa: TRY301 - it is told of as all that is wrong
        series = series_of(Key(stable=prm(meter)), "electricity", WATT)
        end, text = instant(found.get("H")), found.get("V")
        if moment(end) % step:
            raise ValueError(OFF_STEP)  # noqa: TRY301 - the same
        value: Decimal | None = decimal(text) if text else None
        start = at(moment(end) - step, PARIS)
        # An index of likelihood other than 0 says that the value is doubtful.
        quality = "remote" if found.get("IV") == "0" else None
        row = Interval(start=start, end=end, value=value, locator=found.locator, quality=quality)
        return item(series, row)
    except ValueError as error:
        return Problem(found.locator, str(error))
