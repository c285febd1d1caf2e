"""GRDF ADICT: the readings of a gas meter (PCE) that a customer let a third party fetch.

Format: https://sites.grdf.fr/web/portail-api-grdf-adict. JSON, or one JSON object a line
(`nd-json`), each of which is a period; published readings and informative days have one shape.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem
from importers.document import Element, elements, has_marks
from importers.energy.grdf import GRDF, SLACK, Reading, items, quality, stamp
from importers.energy.sums import checks
from importers.table import folded
from importers.text import lines

_NOTHING = "nothing was read in this period"
_INJECTED = "gas that is injected is not imported"


class GrdfAdict:
    format = "grdf-adict"
    title = "GRDF ADICT: consommations publiées et informatives (JSON)"
    domain = "energy"
    extensions = (".json", ".ndjson")
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By names that only these readings have."""
        del filename
        marks = ('"id_pce"', '"consommation"', '"date_debut_consommation"')
        return Match(confidence=95) if has_marks(head, marks, opens="{[") else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return GRDF

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each period, beside its meter and what that showed. Takes no options."""
        del options
        return items(_reading(one) for one in _entries("".join(lines(export))))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """What the register passed, and what long readings state, against the readings."""
        return checks(items, SLACK)


def _entries(text: str) -> Iterator[Element | Problem]:
    """The objects of an array, or those of the lines, or the only one."""
    if text.lstrip().startswith("["):
        yield from elements(text, "/*")
        return
    rows = [(n, row) for n, row in enumerate(text.split("\n"), 1) if row.strip()]
    if not rows:
        yield Problem("/", "nothing is in this file")
        return
    if any(isinstance(one, Problem) for one in elements(rows[0][1], "")):
        yield from elements(text, "")
        return
    for number, row in rows:
        for one in elements(row, ""):
            yield replace(one, locator=f"line={number}")


def _reading(found: Element | Problem) -> Reading | Problem:
    if isinstance(found, Problem):
        return found
    if not isinstance(found.get("consommation"), dict):
        return Problem(found.locator or "/", _NOTHING, row=False)
    try:
        if folded(found.text("consommation/sens_flux_gaz")).startswith("injec"):
            raise ValueError(_INJECTED)  # noqa: TRY301 - it is told of as all that is wrong
        return Reading(
            meter=Key(stable=_meter(found)),
            start=stamp(found.text("consommation/date_debut_consommation")),
            end=stamp(found.text("consommation/date_fin_consommation")),
            energy=found.number_or_none("consommation/energie"),
            volume=found.number_or_none("consommation/volume_brut"),
            shown=(
                found.number_or_none("releve_debut/index_brut_debut/valeur_index"),
                found.number_or_none("releve_fin/index_brut_fin/valeur_index"),
            ),
            quality=quality(found.text("consommation/type_qualif_conso")),
            nature=found.text("consommation/type_conso"),
            locator=found.locator,
        )
    except ValueError as error:
        return Problem(found.locator or "/", str(error))


def _meter(found: Element) -> str:
    number = found.text("pce/id_pce")
    if not number:
        raise ValueError("the file does not say whose meter this is")
    return number
