"""What is measured of a body in movement: one name and one IRI for each, whoever measures it.

The IRI is that of LOINC where it has the very thing, else `urn:sd:measure:` and the name.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from importers.text import name_of

_LOINC: Final[Mapping[str, str]] = MappingProxyType(
    {
        "heart-rate": "8867-4",
        "resting-heart-rate": "40443-4",
        "heart-rate-variability-sdnn": "80404-7",
        "step-count": "55423-8",  # in unspecified time
        "steps-of-day": "41950-7",  # in 24 hours
        "distance-walking-running": "55430-3",
        "active-energy-burned": "41981-2",
        "oxygen-saturation": "59408-5",
        "respiratory-rate": "9279-1",
        "body-temperature": "8310-5",
        "body-mass": "29463-7",
        "body-mass-index": "39156-5",
        "body-fat-percentage": "41982-0",
        "height": "8302-2",
        "waist-circumference": "8280-0",
        "blood-pressure": "85354-9",
        "blood-pressure-systolic": "8480-6",
        "blood-pressure-diastolic": "8462-4",
        "blood-glucose": "2339-0",
        "date-of-birth": "21112-8",
        "biological-sex": "46098-0",
        "blood-type": "882-1",
    }
)
_OURS: Final = "urn:sd:measure:"
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def measured(name: str) -> str:
    """The IRI of what is measured, by its name ("heart-rate")."""
    loinc = _LOINC.get(name)
    return f"http://loinc.org/rdf/{loinc}" if loinc else _OURS + name


def hyphened(name: str) -> str:
    """A name in our spelling: `StepCount` is "step-count", `VO2Max` "vo2-max"."""
    return name_of("-".join(_WORDS.split(name)).lower())
