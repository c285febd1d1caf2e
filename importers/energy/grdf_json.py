"""GRDF: the readings of a gas meter (PCE) as its customer area gives them in JSON."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem
from importers.document import Element, elements, has_marks
from importers.energy.grdf import GRDF, SLACK, Reading, items, quality, stamp
from importers.energy.sums import checks
from importers.text import lines


class GrdfJson:
    format = "grdf-json"
    title = "GRDF: relevés d'un compteur de gaz (JSON)"
    domain = "energy"
    extensions = (".json",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By names that only these readings have."""
        del filename
        marks = ('"releves"', '"dateDebutReleve"', '"energieConsomme"')
        return Match(confidence=95) if has_marks(head, marks) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return GRDF

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each reading, beside its meter and what that showed. Takes no options."""
        del options
        found = elements("".join(lines(export)), "/*/releves/*")
        return items(_reading(one) for one in found)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """What the register passed, and what long readings state, against the readings."""
        return checks(items, SLACK)


def _reading(found: Element | Problem) -> Reading | Problem:
    if isinstance(found, Problem):
        return found
    try:
        return Reading(
            meter=Key(stable=_meter(found)),
            start=stamp(found.text("dateDebutReleve")),
            end=stamp(found.text("dateFinReleve")),
            energy=found.number_or_none("energieConsomme"),
            volume=found.number_or_none("volumeBrutConsomme"),
            shown=(found.number_or_none("indexDebut"), found.number_or_none("indexFin")),
            quality=quality(found.text("qualificationReleve")),
            nature=found.text("natureReleve"),
            locator=found.locator,
        )
    except ValueError as error:
        return Problem(found.locator, str(error))


def _meter(found: Element) -> str:
    """The number of the meter, which is the name of the member that holds its readings."""
    name = found.locator.split("/")[1].strip()
    if not name:
        raise ValueError("the file does not say whose meter this is")
    return name
