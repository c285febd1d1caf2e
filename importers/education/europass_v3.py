"""The SkillsPassport of Europass, versions 3.x (2012-2020), in XML and in JSON.

Schema: EuropassSchema_V3.x.xsd. The JSON has the members of the XML without its wrappers, and is
brought into its form; what is read stands in `PATHS`.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from importers.contacts import mail, telephone
from importers.contract import Item, Problem
from importers.education.cv import (
    ACTIVE,
    LEVELS,
    Entry,
    full_date,
    partial_date,
    plain,
)
from importers.markup import Element, Place

ROOT: Final = "/SkillsPassport/LearnerInfo"
_SKILLS: Final = "/SkillsPassport/LearnerInfo/Skills"
# Members that in XML stand in a list of their own.
_LISTED: Final = frozenset(
    {
        *("WorkExperience", "Education", "MotherTongue", "ForeignLanguage", "Achievement"),
        *("Telephone", "Website", "InstantMessaging", "Nationality", "Certificate", "ReferenceTo"),
    }
)
_LEFT_OUT: Final = frozenset({"Headline", "Occupation", "ProfileSummary", "ReferenceToList"})
_UNKNOWN: Final = "what the CV says under `{}` is not known here, and not kept"


def _identification(element: Element) -> Iterator[Item]:
    entry = Entry.of(element)
    contact = "ContactInfo/"
    entry.read("vcard:hasEmail", element.get(contact + "Email/Contact"), mail)
    for one in element.all(contact + "TelephoneList/Telephone"):
        entry.read("vcard:hasTelephone", one.get("Contact"), telephone)
    for one in element.all("Demographics/Birthdate"):
        entry.read("vcard:bday", _date(one), full_date)
    entry.say("schema:gender", element.get("Demographics/Gender/Label"))
    nationalities = element.all("Demographics/NationalityList/Nationality")
    entry.say("schema:nationality", *(one.get("Label") for one in nationalities))
    given, family = element.get("PersonName/FirstName"), element.get("PersonName/Surname")
    yield from entry.person(given, family)


def _work(element: Element) -> Iterator[Item]:
    entry = Entry.of(element, "job")
    entry.say("schema:name", element.get("Position/Label"))
    entry.say("sd:counterpartyName", element.get("Employer/Name"))
    entry.say("schema:description", element.get("Activities"))
    _period(entry, element)
    yield from entry.record("Experience")


def _education(element: Element) -> Iterator[Item]:
    entry = Entry.of(element)
    entry.say("schema:name", element.get("Title") or element.get("Organisation/Name"))
    entry.say("sd:counterpartyName", element.get("Organisation/Name"))
    entry.say("schema:educationalLevel", element.get("Level/Label"))
    entry.say("schema:keywords", element.get("Field/Label"))
    entry.say("schema:description", element.get("Activities"))
    _period(entry, element)
    yield from entry.record("Enrolment")


def _mother_tongue(element: Element) -> Iterator[Item]:
    yield from _language(element, "motherTongue").record("Skill")


def _foreign_language(element: Element) -> Iterator[Item]:
    entry = _language(element, "language")
    names = (name[0].upper() + name[1:] for name in LEVELS)
    levels = {
        name: element.get(f"ProficiencyLevel/{own}")
        for name, own in zip(LEVELS, names, strict=True)
    }
    entry.levels(levels)
    for found in ("VerifiedBy/Certificate", "VerifiedBy/CertificateList/Certificate"):
        entry.say("schema:description", *(one.get("Title") for one in element.all(found)))
    yield from entry.record("Skill")


def _language(element: Element, nature: str) -> Entry:
    entry = Entry.of(element, nature)
    entry.say("schema:name", element.get("Description/Label"))
    entry.say("schema:inLanguage", element.get("Description/Code"))
    return entry


def _skill(nature: str) -> Callable[[Element], Iterator[Item]]:
    def read(element: Element) -> Iterator[Item]:
        entry = Entry.of(element, nature)
        entry.say("schema:description", element.get("Description"))
        levels = (one for group in element.all("ProficiencyLevel") for one in group.children)
        entry.say("schema:educationalLevel", *(f"{one.name}: {one.text}" for one in levels))
        if element.children or _texts(element):
            yield from entry.record("Skill")

    return read


def _driving(element: Element) -> Iterator[Item]:
    entry = Entry.of(element, "drivingLicence")
    entry.say("schema:name", *_texts(element))
    if element.children or _texts(element):
        yield from entry.record("Skill")


def _achievement(element: Element) -> Iterator[Item]:
    entry = Entry.of(element, "achievement")
    entry.say("schema:name", element.get("Title/Label"))
    entry.say("schema:description", element.get("Description"))
    yield from entry.record("Experience")


def _rest(element: Element) -> Iterator[Item]:
    """What is left under the learner when all that is known was given."""
    skills = (one for group in element.all("Skills") for one in group.children)
    linguistic = (one for group in element.all("Skills/Linguistic") for one in group.children)
    for one in (*element.children, *skills, *linguistic):
        is_group = one.name in {"Skills", "Linguistic"}
        if one.name not in _LEFT_OUT and not is_group and _texts(one):
            yield Problem(one.locator, _UNKNOWN.format(one.name[:40]))


READERS: Final[Mapping[str, Callable[[Element], Iterator[Item]]]] = MappingProxyType(
    {
        f"{ROOT}/Identification": _identification,
        f"{ROOT}/WorkExperienceList/WorkExperience": _work,
        f"{ROOT}/EducationList/Education": _education,
        f"{_SKILLS}/Linguistic/MotherTongueList/MotherTongue": _mother_tongue,
        f"{_SKILLS}/Linguistic/ForeignLanguageList/ForeignLanguage": _foreign_language,
        f"{_SKILLS}/Communication": _skill("communicationSkill"),
        f"{_SKILLS}/Organisational": _skill("organisationalSkill"),
        f"{_SKILLS}/JobRelated": _skill("jobSkill"),
        f"{_SKILLS}/Computer": _skill("digitalSkill"),
        f"{_SKILLS}/Driving": _driving,
        f"{_SKILLS}/Other": _skill("otherSkill"),
        f"{ROOT}/AchievementList/Achievement": _achievement,
        ROOT: _rest,
    }
)
PATHS: Final = frozenset(READERS)


def of_json(passport: Any) -> Iterator[Element]:
    """The elements at the paths of a SkillsPassport in JSON, each when its members were seen."""
    root = Element("SkillsPassport", "/SkillsPassport", (None, "SkillsPassport", 1), {})
    _fill(root, passport)
    yield from _given(root)


def _given(element: Element) -> Iterator[Element]:
    kept = []
    for child in element.children:
        yield from _given(child)
        if child.path not in PATHS:
            kept.append(child)
    element.children = kept
    if element.path in PATHS:
        yield element


def _fill(element: Element, value: Any) -> None:
    """The members of a value as elements within one."""
    if isinstance(value, dict):
        for name, member in value.items():
            wrapped = name in _LISTED and member is not None
            inside = _within(element, f"{name}List", 1) if wrapped else element
            for number, one in enumerate(member if isinstance(member, list) else [member], 1):
                _fill(_within(inside, name, number), one)
    elif isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        element.text = str(value)
    elif value is True:
        element.text = "true"


def _within(parent: Element, name: str, number: int) -> Element:
    place: Place = (parent.place, name, number)
    child = Element(name, f"{parent.path}/{name}", place, {})
    parent.children.append(child)
    return child


def _period(entry: Entry, element: Element) -> None:
    for name, path in (("schema:startDate", "Period/From"), ("schema:endDate", "Period/To")):
        for one in element.all(path):
            entry.read(name, _date(one), partial_date)
    if element.get("Period/Current") == "true":
        entry.fields.append(ACTIVE)


def _date(element: Element) -> str:
    """`2012-03` of year="2012" month="--03", or of the members in JSON: as far as it is said."""
    said = [element.attributes.get(name, "") for name in ("year", "month", "day")]
    said = said if any(said) else [element.get(name) for name in ("Year", "Month", "Day")]
    parts = [
        part.lstrip("-").zfill(width) for part, width in zip(said, (4, 2, 2), strict=True) if part
    ]
    return "-".join(parts)


def _texts(element: Element) -> list[str]:
    found = [plain(element.text)] if element.text.strip() else []
    return found + [text for child in element.children for text in _texts(child)]
