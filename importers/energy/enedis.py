"""What the exports of Enedis, the French electricity distributor, have in common.

Its customer area gives a file a meter (PRM, 14 digits) that begins with two rows: the names of
what the file is about, and their values. Then come the rows of data under a header of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from importers.contract import HolderHint, Key, Record, Series
from importers.energy.meters import meter_point, series_of
from importers.table import Columns, Row, folded
from importers.units import WATT

ENEDIS = HolderHint(iri="https://www.enedis.fr/", name="Enedis", sector="energy")

_PRM = re.compile(r"\d{14}", re.ASCII)
_FLOWS = {
    "consommation": "in",
    "cons": "in",
    "production": "out",
    "prod": "out",
    "injection": "out",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What rows are about: a meter, which way the energy flows, in what unit, at what step.

    `unit` is as the file writes it; `minutes` is None where the file leaves the step open.
    """

    meter: Key
    flow: str
    unit: str
    minutes: int | None


def subject(columns: Columns, row: Row) -> Subject:
    """What a row says it is about, by the names the two layouts share. Raises ValueError."""
    return Subject(
        meter=Key(stable=columns.read(row, "Identifiant PRM", prm)),
        flow=columns.read(row, "Grandeur metier", flow),
        unit=columns.cell(row, "Unite"),
        minutes=_minutes(columns, row),
    )


@lru_cache(maxsize=64)
def load_curve(about: Subject) -> Series:
    """The load curve of a meter, in or out."""
    return series_of(about.meter, "electricity", WATT, about.flow)


def heading(row: Row) -> str:
    """The first cell of a row of names, folded; "" for a row of data, which begins with a digit."""
    return "" if row.cells[0][:1].isdigit() else folded(row.cells[0])


def meter_points(meters: dict[Key, str]) -> Iterator[Record]:
    """The meter of each key, with the place where it was first told of."""
    for meter, locator in meters.items():
        yield meter_point(meter, "electricity", locator)


def prm(text: str) -> str:
    """The number of a meter. Raises ValueError for anything else."""
    if not _PRM.fullmatch(text):
        raise ValueError("this is not the number of a meter: it has 14 digits")
    return text


def flow(text: str) -> str:
    """Which way energy flows, "in" or "out", by the word for it. Raises ValueError for another."""
    try:
        return _FLOWS[folded(text)]
    except KeyError:
        raise ValueError("say `Consommation` or `Production`") from None


def _minutes(columns: Columns, row: Row) -> int | None:
    """`30` under "Pas en minutes", `PT30M` or `PT1H` under "Pas"."""
    for name in ("Pas en minutes", "Pas"):
        if columns.have(name):
            return columns.read(row, name, _step)
    return None


_STEP = re.compile(r"(?:PT)?(\d{1,4})([MH]?)", re.ASCII)


def _step(text: str) -> int | None:
    if not text:
        return None
    found = _STEP.fullmatch(text)
    minutes = int(found[1]) * (60 if found[2] == "H" else 1) if found else 0
    if not 0 < minutes < 24 * 60:
        raise ValueError("this is not a step")
    return minutes
