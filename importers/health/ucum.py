"""Units as health data write them (UCUM, https://ucum.org/ucum), by their QUDT names."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from importers.contract import Iri
from vocab.prefixes import expand

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kg": "KiloGM",
        "g": "GM",
        "mg": "MilliGM",
        "ug": "MicroGM",
        "[lb_av]": "LB",
        "[oz_av]": "OZ",
        "m": "M",
        "cm": "CentiM",
        "mm": "MilliM",
        "[in_i]": "IN",
        "[ft_i]": "FT",
        "Cel": "DEG_C",
        "[degF]": "DEG_F",
        "%": "PERCENT",
        "mm[Hg]": "MilliM_HG",
        "/min": "PER-MIN",
        "{beats}/min": "BEAT-PER-MIN",
        "{breaths}/min": "BREATH-PER-MIN",
        "kg/m2": "KiloGM-PER-M2",
        "mg/dL": "MilliGM-PER-DeciL",
        "g/dL": "GM-PER-DeciL",
        "g/L": "GM-PER-L",
        "mmol/L": "MilliMOL-PER-L",
        "umol/L": "MicroMOL-PER-L",
        "L": "L",
        "mL": "MilliL",
        "L/min": "L-PER-MIN",
        "s": "SEC",
        "min": "MIN",
        "h": "HR",
        "d": "DAY",
        "wk": "WK",
        "a": "YR",
        "kcal": "KiloCAL",
        "cm2": "CentiM2",
        "m2": "M2",
        "pg": "PicoGM",
        "fL": "FemtoL",
    }
)
# As people and older systems write them.
_WRITTEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pounds": "[lb_av]",
        "lb": "[lb_av]",
        "lbs": "[lb_av]",
        "kilograms": "kg",
        "inches": "[in_i]",
        "in": "[in_i]",
        "centimeters": "cm",
        "fahrenheit": "[degF]",
        "celsius": "Cel",
        "mmhg": "mm[Hg]",
        "mm hg": "mm[Hg]",
        "bpm": "{beats}/min",
        "mg/dl": "mg/dL",
        "g/dl": "g/dL",
        "mmol/l": "mmol/L",
        "kg/m^2": "kg/m2",
        "percent": "%",
    }
)


def unit(code: str) -> Iri | None:
    """The unit, from its code in UCUM or as people write it; None for what is not known here."""
    code = code.strip()
    name = _NAMES.get(code) or _NAMES.get(_WRITTEN.get(code.casefold(), ""))
    return Iri(expand(f"unit:{name}")) if name else None
