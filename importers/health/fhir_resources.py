"""Which FHIR resources are read by what, and what is said of those that are not."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from importers.contract import Item, Problem
from importers.health.fhir_claims import coverage, explanation
from importers.health.fhir_clinical import FORMS, clinical
from importers.health.fhir_context import Resource
from importers.health.fhir_observation import observation
from importers.health.fhir_person import patient
from importers.rows import convert

_READERS: Final[Mapping[str, Callable[[Resource], Iterable[Item]]]] = MappingProxyType(
    {
        **dict.fromkeys(FORMS, clinical),
        "Observation": observation,
        "ExplanationOfBenefit": explanation,
        "Claim": explanation,
        "Coverage": coverage,
        "Patient": patient,
    }
)
_GIVERS = "those who give care are kept by name, with the care"
_OTHERS = "this is about another person, and is not kept"
_TECHNICAL = "this says nothing of the person's health, and is not kept"
_MEDICINE = "a medicine is kept with what says that it was taken"
# What stands beside the person's data: no row of hers.
_BESIDE: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("Practitioner", "PractitionerRole", "Organization", "Location", "CareTeam"), _GIVERS
        ),
        "HealthcareService": _GIVERS,
        **dict.fromkeys(("RelatedPerson", "FamilyMemberHistory", "Person", "Group"), _OTHERS),
        **dict.fromkeys(
            (
                *("Provenance", "AuditEvent", "OperationOutcome", "Parameters", "Endpoint"),
                *("List", "InsurancePlan", "CapabilityStatement", "Schedule", "Slot"),
            ),
            _TECHNICAL,
        ),
        **dict.fromkeys(("Medication", "Substance"), _MEDICINE),
    }
)
NAMED: Final = frozenset(
    {"Practitioner", "PractitionerRole", "Organization", "Location", "Medication"}
)
_TYPE = re.compile(r"[A-Z][A-Za-z]{1,40}")


def resource_items(resource: Resource) -> Iterator[Item]:
    """What one resource becomes: records, or a Problem that names a type which is not imported."""
    read = _READERS.get(resource.type)
    if read is not None:
        yield from convert((resource,), read)
    elif resource.type in _BESIDE:
        yield Problem(resource.locator, _BESIDE[resource.type], row=False)
    elif _TYPE.fullmatch(resource.type):
        yield Problem(resource.locator, f"resources of type `{resource.type}` are not imported")
    else:
        yield Problem(resource.locator, "this resource does not say its type")
