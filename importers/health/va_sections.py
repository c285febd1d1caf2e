"""The sections of a My HealtheVet report: how their rows look, and what these become."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from importers.contract import Item, Key, Record
from importers.health.blue_button_sections import Names, Section, section
from importers.health.blue_button_text import Layout, Row, begins_with
from importers.health.civil_dates import american_moment


def _insurance(row: Row, is_own: bool) -> Iterator[Item]:  # noqa: FBT001 - it is always given
    del is_own
    name = row.get("Health Insurance Company")
    if not name:
        raise ValueError("this insurance has no name")
    begin, end = american_moment(row.get("Start Date")), american_moment(row.get("Stop Date"))
    yield Record(
        kind="InsuranceContract",
        key=Key(natural=(name, str(begin or ""))),
        fields=(
            ("schema:name", name),
            *((("schema:startDate", begin.said),) if begin else ()),
            *((("schema:endDate", end.said),) if end else ()),
        ),
        locator=row.locator,
    )


_PRESCRIBED: Final = Names(
    kind="Medication",
    what=("Medication",),
    told=("Last Filled On", "Initially Ordered On"),
    begin=("Initially Ordered On",),
    status=("Status",),
    dosage=("Instructions",),
    by=("Pharmacy",),
    beside=("Refills Remaining", "Quantity", "Days Supply", "Prescription Number", "Provider"),
    id="Prescription Number",
)
_TAKEN: Final = Names(
    kind="Medication",
    what=("Drug Name",),
    begin=("Start Date",),
    end=("Stop Date",),
    dosage=("Strength", "Dose", "Frequency"),
    comment=("Reason for taking", "Comments"),
    beside=("Category", "Prescription Number", "Pharmacy Name", "Pharmacy Phone"),
)
_ALLERGY: Final = Names(
    kind="Allergy",
    what=("Allergy Name",),
    told=("Date Entered", "Date"),
    reaction=("Reaction", "Reactions"),
    beside=(
        *("Location", "Allergy Type", "VA Drug Class", "Observed/Historical", "Severity"),
        *("Diagnosed",),
    ),
)
_PROBLEM: Final = Names(
    kind="HealthCondition",
    what=("Problem",),
    told=("Date/Time Entered",),
    status=("Status",),
    by=("Provider",),
    beside=("Location",),
)
_EVENT: Final = Names(
    kind="HealthCondition",
    what=("Medical Event",),
    begin=("Start Date",),
    end=("Stop Date",),
    beside=("Response",),
)
_VACCINE: Final = Names(
    kind="Immunization",
    what=("Immunization",),
    begin=("Date Received",),
    by=("Location",),
    beside=("Other", "Method", "Reaction", "Reactions"),
)
_TEST: Final = Names(
    kind="HealthReport",
    what=("Test Name",),
    begin=("Date",),
    by=("Location performed", "Provider"),
    comment=("Results", "Comments"),
    beside=("Provider",),
)
_STAY: Final = Names(
    kind="Encounter",
    what=("Location", "Admitting Location"),
    begin=("Admission Date", "Admission Date/Time"),
    end=("Discharge Date", "Discharge Date/Time"),
    by=("Admitting Physician", "Attending Physician"),
    beside=("Discharge Physician", "Discharging Physician", "Admitting Specialty"),
)
_NOTE: Final = Names(
    kind="HealthReport",
    what=("Note Title",),
    begin=("Date/Time",),
    by=("Signed By", "Location"),
    beside=("Co-signed By", "Date/Time Signed"),
)
_PATHOLOGY: Final = Names(
    kind="HealthReport",
    what=("Type of Report",),
    begin=("Date Obtained",),
    by=("Performing Location",),
    beside=("Specimen", "Date Completed"),
)
_IMAGE: Final = Names(
    kind="HealthReport",
    what=("Procedure/Test Name",),
    begin=("Date/Time Exam Performed",),
    by=("Performing Location", "Ordering Location"),
    beside=("Requesting Provider", "Reasons for Study", "Clinical History", "Radiologist"),
)

SECTIONS: Final[Mapping[str, Section]] = MappingProxyType(
    {
        "VA MEDICATION HISTORY": section(_PRESCRIBED),
        "MEDICATIONS AND SUPPLEMENTS": section(_TAKEN, "Category"),
        **dict.fromkeys(
            ("VA ALLERGIES", "ALLERGIES", "ALLERGIES/ADVERSE REACTIONS"), section(_ALLERGY)
        ),
        "VA PROBLEM LIST": section(_PROBLEM),
        "MEDICAL EVENTS": section(_EVENT),
        **dict.fromkeys(("VA IMMUNIZATIONS", "IMMUNIZATIONS"), section(_VACCINE)),
        "LABS AND TESTS": section(_TEST),
        "VA ADMISSIONS AND DISCHARGES": section(
            _STAY, "Admission Date", "Admission Date/Time", has_body=True
        ),
        "VA NOTES": section(_NOTE, "Date/Time", has_body=True),
        "VA PATHOLOGY REPORTS": section(_PATHOLOGY, has_body=True),
        "VA RADIOLOGY REPORTS": section(_IMAGE, has_body=True),
        "VA ELECTROCARDIOGRAM (EKG) REPORTS": section(_IMAGE, has_body=True),
        "HEALTH INSURANCE": Section(
            layout=Layout(
                starts=begins_with("Health Insurance Company"),
                knows=frozenset(
                    {
                        *("Primary Insurance Provider", "ID Number", "Group Number", "Insured"),
                        *("Start Date", "Stop Date", "Pre-Approval Phone Number", "Comments"),
                        "Health Insurance Company Phone Number",
                    }
                ),
            ),
            read=_insurance,
        ),
    }
)
