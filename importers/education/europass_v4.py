"""The Candidate of Europass, version 4 (since 2020): HR-XML 3 as EURES profiles it, in XML.

Schema: https://europa.eu/europass/system/files/2020-07/ (Candidate.xsd). Elements of several
namespaces are read by local name; what is read stands in `PATHS`.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from importers.contacts import mail, telephone
from importers.contract import Item, Problem
from importers.education.cv import (
    ACTIVE,
    Entry,
    full_date,
    partial_date,
    plain,
)
from importers.markup import Element

PERSON: Final = "/Candidate/CandidatePerson"
PROFILE: Final = "/Candidate/CandidateProfile"
_DIMENSIONS: Final = MappingProxyType(
    {
        "CEF-Understanding-Listening": "listening",
        "CEF-Understanding-Reading": "reading",
        "CEF-Speaking-Interaction": "spokenInteraction",
        "CEF-Speaking-Production": "spokenProduction",
        "CEF-Writing-Production": "writing",
    }
)
# What is there of the document and not of the person, or of other persons.
_LEFT_OUT: Final = frozenset(
    {
        *("ID", "ExecutiveSummary", "Attachment", "RenderingInformation", "PersonAvailability"),
        *("CandidateEmployerPreferences", "CandidatePositionPreferences", "ExperienceSummary"),
        *("ApplicationDetails", "DisplayUnit"),
    }
)
_REFEREES: Final = "the persons who are named as references are not kept"
_UNKNOWN: Final = "what the CV says under `{}` is not known here, and not kept"


def _person(element: Element) -> Iterator[Item]:
    entry = Entry.of(element)
    for one in element.all("Communication"):
        channel = one.get("ChannelCode")
        if channel == "Email":
            entry.read("vcard:hasEmail", one.get("URI"), mail)
        elif channel in {"Telephone", "MobileTelephone"}:
            prefix = one.get("CountryDialing").lstrip("+")
            number = one.get("DialNumber")
            entry.read("vcard:hasTelephone", f"+{prefix}{number}" if prefix else number, telephone)
    entry.read("vcard:bday", element.get("BirthDate"), full_date)
    entry.say("schema:gender", element.get("GenderCode"))
    entry.say("schema:nationality", *(plain(one.text) for one in element.all("NationalityCode")))
    given, family = element.get("PersonName/GivenName"), element.get("PersonName/FamilyName")
    yield from entry.person(given, family)
    for one in element.all("PrimaryLanguageCode"):
        tongue = Entry.of(one, "motherTongue")
        tongue.say("schema:inLanguage", one.text)
        yield from tongue.record("Skill")


def _employer(element: Element) -> Iterator[Item]:
    positions = list(element.all("PositionHistory"))
    for position in positions or [element]:
        entry = Entry.of(position, "job")
        entry.say("schema:name", position.get("PositionTitle"))
        entry.say("sd:counterpartyName", element.get("OrganizationName"))
        entry.say("schema:description", position.get("Description"))
        for within in (position, element) if positions else (position,):
            for period in within.all("EmploymentPeriod"):
                _period(entry, period)
        yield from entry.record("Experience")


def _attendance(element: Element) -> Iterator[Item]:
    entry = Entry.of(element)
    degree = "EducationDegree/"
    title = element.get("ProgramName") or element.get(degree + "DegreeName")
    entry.say("schema:name", title or element.get("OrganizationName"))
    entry.say("sd:counterpartyName", element.get("OrganizationName"))
    entry.say("schema:educationalLevel", element.get("EducationLevelCode"))
    entry.say("schema:description", element.get(degree + "OccupationalSkillsCovered"))
    entry.say("sd:sourceLabel", element.get(degree + "FinalGrade/ScoreText"))
    for period in element.all("AttendancePeriod"):
        _period(entry, period)
    yield from entry.record("Enrolment")


def _competency(element: Element) -> Iterator[Item]:
    is_language = element.get("TaxonomyID").casefold() == "language"
    entry = Entry.of(element, "language" if is_language else "otherSkill")
    code, name = element.get("CompetencyID"), element.get("CompetencyName")
    entry.say("schema:name", name or ("" if is_language else code))
    if is_language:
        entry.say("schema:inLanguage", code)
    levels = {}
    for one in element.all("CompetencyDimension"):
        kind = one.get("CompetencyDimensionTypeCode")
        if kind in _DIMENSIONS:
            levels[_DIMENSIONS[kind]] = one.get("Score/ScoreText")
        elif kind.startswith("CEF"):
            raise ValueError("the CV names a skill in a language that is not known here")
    entry.levels(levels)
    yield from entry.record("Skill")


def _certification(element: Element) -> Iterator[Item]:
    entry = Entry.of(element)
    entry.say("schema:name", element.get("CertificationName"))
    entry.say("sd:counterpartyName", element.get("IssuingAuthorityName"))
    issued = element.get("FirstIssuedDate/FormattedDateTime")
    entry.read("sd:date", issued, full_date)
    entry.say("schema:description", element.get("Description"))
    yield from entry.record("Credential")


def _license(element: Element) -> Iterator[Item]:
    entry = Entry.of(element, "drivingLicence")
    entry.say("schema:name", element.get("LicenseTypeCode") or element.get("LicenseName"))
    yield from entry.record("Skill")


def _digital(element: Element) -> Iterator[Item]:
    entry = Entry.of(element, "digitalSkill")
    entry.say("schema:name", *(one.text for one in element.all("DigitalSkill")))
    entry.say("schema:description", element.get("Title"))
    yield from entry.record("Skill")


def _titled(kind: str, nature: str) -> Callable[[Element], Iterator[Item]]:
    """Reads what Europass writes with a title, a description and perhaps dates."""

    def read(element: Element) -> Iterator[Item]:
        entry = Entry.of(element, nature)
        entry.say(
            "schema:name", element.get("Title") or element.get("FormattedPublicationDescription")
        )
        entry.say("schema:description", element.get("Description"))
        if kind == "Experience":
            for period in (*element.all("Period"), *element.all("TimePeriod"), element):
                _period(entry, period)
        yield from entry.record(kind)

    return read


def _rest(element: Element) -> Iterator[Item]:
    """What is left of a profile when all that is known was given."""
    for one in element.children:
        if one.name == "EmploymentReferences" and one.children:
            yield Problem(one.locator, _REFEREES, row=False)
        elif one.name not in _LEFT_OUT | {"EmploymentReferences"} and _has_text(one):
            yield Problem(one.locator, _UNKNOWN.format(one.name[:40]))


_EVENTS: Final = MappingProxyType(
    {
        "Projects": "Project",
        "PublicationHistory": "Publication",
        "CreativeWorks": "CreativeWork",
        "HonorsAndAwards": "HonorAndAward",
        "NetworksAndMemberships": "NetworkAndMembership",
        "ConferencesAndSeminars": "ConferenceAndSeminar",
        "SocialAndPoliticalActivities": "SocialAndPoliticalActivity",
        "VoluntaryWorks": "VoluntaryWork",
        "HobbiesAndInterests": "HobbyOrInterest",
        "Others": "Other",
    }
)
_SKILLS: Final = MappingProxyType(
    {
        "CommunicationAndInterpersonalSkills": (
            "CommunicationAndInterpersonalSkill",
            "communicationSkill",
        ),
        "ManagementAndLeadershipSkills": ("ManagementAndLeadershipSkill", "organisationalSkill"),
        "OrganisationalSkills": ("OrganisationalSkill", "organisationalSkill"),
        "JobRelatedSkills": ("JobRelatedSkill", "jobSkill"),
    }
)
READERS: Final[Mapping[str, Callable[[Element], Iterator[Item]]]] = MappingProxyType(
    {
        PERSON: _person,
        f"{PROFILE}/EmploymentHistory/EmployerHistory": _employer,
        f"{PROFILE}/EducationHistory/EducationOrganizationAttendance": _attendance,
        f"{PROFILE}/PersonQualifications/PersonCompetency": _competency,
        f"{PROFILE}/Certifications/Certification": _certification,
        f"{PROFILE}/Licenses/License": _license,
        f"{PROFILE}/DigitalSkills/DigitalSkillsGroup": _digital,
        **{
            f"{PROFILE}/{group}/{one}": _titled("Experience", "achievement")
            for group, one in _EVENTS.items()
        },
        **{
            f"{PROFILE}/{group}/{one}": _titled("Skill", nature)
            for group, (one, nature) in _SKILLS.items()
        },
        PROFILE: _rest,
    }
)
PATHS: Final = frozenset(READERS)


def _period(entry: Entry, period: Element) -> None:
    for name, path in (("schema:startDate", "StartDate"), ("schema:endDate", "EndDate")):
        text = period.get(f"{path}/FormattedDateTime") or period.get(path)
        if not any(said == name for said, _ in entry.fields):
            entry.read(name, text, partial_date)
    ongoing = period.get("CurrentIndicator") or period.get("Ongoing")
    if ongoing == "true" and ACTIVE not in entry.fields:
        entry.fields.append(ACTIVE)


def _has_text(element: Element) -> bool:
    return bool(element.text.strip()) or any(_has_text(child) for child in element.children)
