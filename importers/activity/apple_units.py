"""The units of Apple Health: their QUDT names, and what they are in the units of a workout.

Values stay in the unit of the export. A unit that QUDT does not name stands beside each value, as
the export writes it.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.activity.figures import scaled

QUDT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "count": "NUM",
        "count/min": "PER-MIN",
        "count/s": "PER-SEC",
        # HealthKit keeps shares from 0 to 1 and calls that "%".
        "%": "FRACTION",
        "kcal": "KiloCAL",
        "Cal": "KiloCAL",
        "cal": "CAL",
        "kJ": "KiloJ",
        "J": "J",
        "km": "KiloM",
        "m": "M",
        "cm": "CentiM",
        "mm": "MilliM",
        "mi": "MI",
        "ft": "FT",
        "in": "IN",
        "yd": "YD",
        "kg": "KiloGM",
        "g": "GM",
        "mg": "MilliGM",
        "mcg": "MicroGM",
        "lb": "LB",
        "oz": "OZ",
        "L": "L",
        "mL": "MilliL",
        "degC": "DEG_C",
        "degF": "DEG_F",
        "mmHg": "MilliM_HG",
        "s": "SEC",
        "ms": "MilliSEC",
        "min": "MIN",
        "hr": "HR",
        "d": "DAY",
        "m/s": "M-PER-SEC",
        "km/hr": "KiloM-PER-HR",
        "mi/hr": "MI-PER-HR",
        "mg/dL": "MilliGM-PER-DeciL",
        "mmol<180.1558800000541>/L": "MilliMOL-PER-L",
        "W": "W",
        "Hz": "HZ",
        "IU": "IU",
        "dBASPL": "DeciB",
        "dBHL": "DeciB",
        "deg": "DEG",
        "lx": "LUX",
    }
)

USUAL: Final = frozenset(
    {"", "count", "count/min", "%", "kcal", "Cal", "km", "kg", "degC", "mmHg", "mg/dL", "min"}
)
"""One unit for each dimension; a series in another one has it in its name."""

_KILOMETRES: Final = {
    "km": "1",
    "m": "0.001",
    "mi": "1.609344",
    "yd": "0.0009144",
    "ft": "0.0003048",
}
# The thermochemical calorie is 4.184 J.
_KILOCALORIES: Final = {
    "kcal": "1",
    "Cal": "1",
    "cal": "0.001",
    "kJ": "0.239005736",
    "J": "0.000239006",
}
_SECONDS: Final = {"s": "1", "sec": "1", "min": "60", "hr": "3600", "ms": "0.001"}


def kilometres(value: Decimal, unit: str) -> Decimal:
    """A length in km. Raises ValueError for a unit that is none of length."""
    return _in(_KILOMETRES, value, unit)


def kilocalories(value: Decimal, unit: str) -> Decimal:
    """An energy in kcal. Raises ValueError for a unit that is none of energy."""
    return _in(_KILOCALORIES, value, unit)


def seconds(value: Decimal, unit: str) -> Decimal:
    """A duration in seconds. Raises ValueError for a unit that is none of time."""
    return _in(_SECONDS, value, unit)


def _in(factors: Mapping[str, str], value: Decimal, unit: str) -> Decimal:
    factor = factors.get(unit)
    if factor is None or value < 0:
        raise ValueError("a total is negative or in an unknown unit")
    return scaled(value, Decimal(factor))
