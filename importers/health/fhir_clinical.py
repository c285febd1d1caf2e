"""FHIR resources of care: what each says, where it says it, and what becomes of it.

One table for DSTU2, STU3, R4 and R5, which differ in the names of dates. Kept are what it is, when,
its state, who gave the care, how a medicine is taken. The narrative (`text`), attachments, lot
numbers, severities and the links between resources stay in the source file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from importers.contract import Item
from importers.health.entry import Entry, Fields, record
from importers.health.fhir_context import Resource
from importers.health.fhir_values import Node, codes, label, labels, moment, node, text, words_of
from importers.health.none_known import says_none

_NOT_DONE = frozenset({"not-done", "not-taken", "notdone"})
_TRUE = ("wasNotGiven", "notGiven", "notDone", "notPerformed", "wasNotTaken", "doNotPerform")


def _nothing(_resource: Resource) -> Fields:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Where a type of resource says what: paths, of which the first that says something holds.

    `what` are CodeableConcepts and `words` plain texts for the label, `lasts` are dates of the
    beginning, `ends` of the end, `told` of when it was written; `by` are references to people.
    """

    kind: str
    what: tuple[str, ...] = ("code",)
    words: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    status: tuple[str, ...] = ("status",)
    remarks: tuple[str, ...] = ("note/text",)
    more: Callable[[Resource], Fields] = field(default=_nothing)


def _dosage(resource: Resource) -> Fields:
    said = ("dosageInstruction/text", "dosage/text", "dosageInstruction/patientInstruction")
    found = text(resource.value, *said)
    return (("sd:dosage", found),) if found else ()


def _dose(resource: Resource) -> Fields:
    found = words_of(node(resource.value, "doseQuantity"))
    return (("sd:dosage", found),) if found else ()


def _reactions(resource: Resource) -> Fields:
    paths = ("reaction/manifestation", "reaction/manifestation/concept")
    found = (words for path in paths for words in labels(resource.value, path))
    return tuple(("sd:reaction", words) for words in dict.fromkeys(found))


_MEDICINE: Final = Form(
    kind="Medication",
    what=("medicationCodeableConcept", "medication/concept"),
    words=("medicationReference/display", "medication/reference/display"),
    begins=("effectiveDateTime", "effectivePeriod/start", "effectiveTimeDateTime"),
    ends=("effectivePeriod/end",),
    told=("authoredOn", "dateWritten", "dateAsserted", "whenHandedOver", "whenPrepared"),
    by=("requester", "requester/agent", "prescriber", "performer/actor", "informationSource"),
    more=_dosage,
)
_PLAN: Final = Form(
    kind="PlannedCare",
    what=("code", "code/concept", "serviceType", "appointmentType", "category", "description"),
    words=("title", "description"),
    begins=("occurrenceDateTime", "occurrencePeriod/start", "start", "period/start", "startDate"),
    ends=("occurrencePeriod/end", "end", "period/end", "target/dueDate"),
    told=("authoredOn", "created"),
    by=("requester", "performer", "author", "participant/actor"),
    status=("status", "lifecycleStatus"),
)
_REPORT: Final = Form(
    kind="HealthReport",
    what=("type", "code", "category", "modality", "procedureCode"),
    words=(
        *("title", "description", "questionnaire", "questionnaire/display"),
        *("series/modality/display", "series/bodySite/display"),
    ),
    begins=(
        *("effectiveDateTime", "effectivePeriod/start", "date", "started", "authored"),
        *("context/period/start", "created", "indexed", "issued"),
    ),
    by=("performer", "performer/actor", "author", "custodian"),
    remarks=("conclusion", "note/text"),
)

FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        "Condition": Form(
            kind="HealthCondition",
            begins=("onsetDateTime", "onsetPeriod/start"),
            ends=("abatementDateTime", "abatementPeriod/end"),
            told=("recordedDate", "assertedDate", "dateRecorded"),
            by=("asserter", "recorder"),
            status=("clinicalStatus/coding/code", "clinicalStatus"),
            remarks=("note/text", "onsetString"),
        ),
        "AllergyIntolerance": Form(
            kind="Allergy",
            what=("code", "substance"),
            begins=("onsetDateTime", "onset", "onsetPeriod/start"),
            told=("recordedDate", "assertedDate"),
            by=("asserter", "recorder"),
            status=("clinicalStatus/coding/code", "clinicalStatus", "status"),
            more=_reactions,
        ),
        **dict.fromkeys(
            ("MedicationRequest", "MedicationStatement", "MedicationUsage", "MedicationOrder"),
            _MEDICINE,
        ),
        **dict.fromkeys(("MedicationDispense", "MedicationAdministration"), _MEDICINE),
        "Immunization": Form(
            kind="Immunization",
            what=("vaccineCode",),
            begins=("occurrenceDateTime", "date"),
            by=("performer/actor", "performer"),
            remarks=("note/text", "occurrenceString"),
            more=_dose,
        ),
        "Procedure": Form(
            kind="Procedure",
            begins=("performedDateTime", "performedPeriod/start", "occurrenceDateTime"),
            ends=("performedPeriod/end", "occurrencePeriod/end"),
            by=("performer/actor",),
            remarks=("note/text", "performedString"),
        ),
        "Encounter": Form(
            kind="Encounter",
            what=("type", "serviceType", "reasonCode", "reason", "class"),
            words=("class/display", "class/code", "class"),
            begins=("period/start", "actualPeriod/start"),
            ends=("period/end", "actualPeriod/end"),
            by=("serviceProvider", "participant/individual", "participant/actor"),
        ),
        **dict.fromkeys(
            (
                *("CarePlan", "Goal", "ServiceRequest", "ProcedureRequest", "ReferralRequest"),
                *("Appointment", "NutritionOrder", "DeviceRequest"),
            ),
            _PLAN,
        ),
        **dict.fromkeys(
            (
                *("DiagnosticReport", "DocumentReference", "Composition", "ImagingStudy"),
                *("QuestionnaireResponse", "ClinicalImpression"),
            ),
            _REPORT,
        ),
    }
)


def medicine_of(resource: Resource) -> Node:
    """The Medication that a resource refers to, {} where it says itself what is taken."""
    for path in ("medicationReference", "medication/reference"):
        found = resource.follow(node(resource.value, path))
        if found:
            return found
    return {}


def clinical(resource: Resource) -> Iterator[Item]:
    """The record of a resource of care. Raises ValueError for what it cannot be read from."""
    form = FORMS[resource.type]
    value = resource.value
    entry = resource.entry(
        form.kind,
        label(value, *form.what) or text(value, *form.words),
        codes=codes(value, *form.what),
        begin=moment(value, *form.begins),
        end=moment(value, *form.ends),
        told=moment(value, *form.told),
        status=text(value, *form.status),
        by=resource.name(*form.by),
        more=(*form.more(resource), *_remarks(value, form)),
    )
    yield record(_denied(_named(entry, resource), resource))


def _remarks(value: Node, form: Form) -> Fields:
    found = [text(value, path) for path in form.remarks]
    return tuple(("schema:description", words) for words in dict.fromkeys(found) if words)


def _named(entry: Entry, resource: Resource) -> Entry:
    """A medicine with what the Medication says that it refers to."""
    if entry.kind != "Medication":
        return entry
    medicine = medicine_of(resource)
    found = label(medicine, "code")
    return replace(
        entry, label=entry.label or found, codes=(*entry.codes, *codes(medicine, "code"))
    )


def _denied(entry: Entry, resource: Resource) -> Entry:
    """What a resource says not to be, or not to have been done, as a stated absence."""
    value = resource.value
    denies = (
        entry.status in _NOT_DONE
        or text(value, "status") in _NOT_DONE
        or text(value, "verificationStatus/coding/code", "verificationStatus") == "refuted"
        or any(value.get(name) is True for name in _TRUE)
        or text(value, "taken") == "n"
        or says_none(entry)
    )
    if not denies:
        return entry
    return replace(entry, kind="HealthAbsence", begin=entry.begin or entry.told, end=None, more=())
