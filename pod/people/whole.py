"""A household that was read again: its answer sheet, its files, and what is in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pod.people.asked import Asked, asked_in
from pod.people.reading import (
    Booked,
    Files,
    Place,
    Statement,
    cents,
    load,
    statement,
    under,
)

CURVE: Final = "reseau/Enedis_Conso_Heure_{}.csv"


@dataclass(frozen=True, slots=True)
class Whole:
    """A household: its answer sheet, its files, and what was read of them."""

    sheet: Any
    files: Files
    statements: dict[str, Statement]
    curves: dict[str, dict[date, tuple[int, int, int]]]
    asked: dict[Place, Asked]

    @classmethod
    def of(cls, sheet: Any, files: Files) -> "Whole":
        banks = {path: statement(path, content) for path, content in under(files, "banque/")}
        meters = [one["meter"] for one in sheet["household"]["dwellings"]]
        curves = {meter: load(files.get(CURVE.format(meter), b"")) for meter in meters}
        return cls(sheet, files, banks, curves, asked_in(files))

    def booked(self, place: dict[str, str]) -> Booked | None:
        """The line of a statement at a place of the answer sheet."""
        found = self.statements.get(place["file"])
        return found.lines.get(place["id"]) if found else None

    def anomalies(self, kind: str) -> Iterator[tuple[list[str], int]]:
        """The references that each anomaly of a kind is about, and its amount."""
        for one in self.sheet["anomalies"]:
            if one["kind"] == kind:
                yield [about["id"] for about in one["about"]], cents(one["amount"])
