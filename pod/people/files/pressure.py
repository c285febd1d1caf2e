"""Blood pressure as an app for it gives it: FHIR R4 Observations, one a line (NDJSON)."""

from typing import Final

from pod.people.events import Pressure
from pod.people.everyday import at
from pod.people.files.written import HOLDERS, HolderFile, in_json
from pod.people.pressure import MOST

_LOINC: Final = "http://loinc.org"
_UCUM: Final = "http://unitsofmeasure.org"
_PANEL: Final = ("85354-9", "Pression artérielle")
_PARTS: Final = (("8480-6", "Systolique"), ("8462-4", "Diastolique"))
_MEASURED = 8 * 60 + 30  # minutes from midnight


def pressures(several: tuple[Pressure, ...]) -> HolderFile:
    """Every measure, in order."""
    return HolderFile(
        path="mesures/tension.ndjson",
        media_type="application/fhir+ndjson",
        holder=HOLDERS["measures"],
        title="blood pressure (FHIR)",
        format="fhir",
        content=b"".join(in_json(_observation(one), 0) for one in several),
        rows=len(several),
        places={one.id: one.id for one in several},
    )


def _observation(one: Pressure) -> dict[str, object]:
    values = one.systolic, one.diastolic
    return {
        "resourceType": "Observation",
        "id": one.id,
        "status": "final",
        "code": _coded(*_PANEL),
        "effectiveDateTime": f"{at(one.day, _MEASURED):%Y-%m-%dT%H:%M:%SZ}",
        "component": [
            {
                "code": _coded(*part),
                "valueQuantity": _quantity(value),
                "referenceRange": [{"high": _quantity(most)}],
            }
            for part, value, most in zip(_PARTS, values, MOST, strict=True)
        ],
    }


def _coded(code: str, words: str) -> dict[str, object]:
    return {"coding": [{"system": _LOINC, "code": code, "display": words}], "text": words}


def _quantity(value: int) -> dict[str, object]:
    return {"value": value, "unit": "mmHg", "system": _UCUM, "code": "mm[Hg]"}
