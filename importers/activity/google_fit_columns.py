"""The columns of the tables of Google Fit in Takeout: what is measured, of a day and at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.contract import HolderHint
from importers.table import folded

FIT: Final = HolderHint(iri="https://fit.google.com/", name="Google Fit", sector="health")
NOT_KNOWN: Final = "a column is not known, and not kept"

_MINUTE_OF_MILLISECONDS: Final = Decimal(1) / 60_000
_DURATION: Final = folded("duration (ms)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column measures: its name where it is of a whole day, and of a part of one.

    `unit` is the QUDT name of the unit, `factor` what makes it of what is written.
    """

    of_day: str
    at_time: str
    unit: str
    factor: Decimal = Decimal(1)


def _column(name: str, unit: str, of_day: str = "") -> Column:
    return Column(of_day=of_day or f"{name}-of-day", at_time=name, unit=unit)


_KNOWN: Final[Mapping[str, Column]] = MappingProxyType(
    {
        folded(name): column
        for name, column in {
            "Step count": _column("step-count", "NUM", "steps-of-day"),
            "Move Minutes count": _column("move-time", "MIN"),
            "Calories (kcal)": _column("energy-expended", "KiloCAL", "energy-of-day"),
            "Distance (m)": _column("distance", "M"),
            "Heart Points": _column("heart-points", "NUM"),
            "Heart Minutes": _column("heart-time", "MIN"),
            "Average heart rate (bpm)": _column("average-heart-rate", "BEAT-PER-MIN"),
            "Max heart rate (bpm)": _column("maximum-heart-rate", "BEAT-PER-MIN"),
            "Min heart rate (bpm)": _column("minimum-heart-rate", "BEAT-PER-MIN"),
            "Average speed (m/s)": _column("average-speed", "M-PER-SEC"),
            "Max speed (m/s)": _column("maximum-speed", "M-PER-SEC"),
            "Min speed (m/s)": _column("minimum-speed", "M-PER-SEC"),
            "Average weight (kg)": _column("average-body-mass", "KiloGM"),
            "Max weight (kg)": _column("maximum-body-mass", "KiloGM"),
            "Min weight (kg)": _column("minimum-body-mass", "KiloGM"),
        }.items()
    }
)


def column(name: str) -> Column | None:
    """What a column measures, by its name: `Walking duration (ms)` is minutes."""
    plain = folded(name)
    activity = plain.removesuffix(_DURATION)
    if activity != plain and activity.isascii() and activity.isalnum():
        measured = f"{activity}-duration"
        return Column(
            of_day=f"{measured}-of-day",
            at_time=measured,
            unit="MIN",
            factor=_MINUTE_OF_MILLISECONDS,
        )
    return _KNOWN.get(plain)
