"""Reading a clinical statement of CDA: its words, codes, times and values.

HL7 V3 data types (R1). A value may be absent with the reason why (`nullFlavor`); words may stand in
the narrative of the section, where a `reference` leads.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from importers.clock import is_no_day
from importers.contract import Iri, Value
from importers.health.codes import concept, loinc
from importers.health.entry import Measured
from importers.health.moments import Moment, hl7_moment
from importers.health.observed import observed
from importers.health.ucum import unit
from importers.markup import Element
from importers.money import decimal

Narrative = Mapping[str, str]

# R1.1 says of the smoking status only that it is an assertion; R2.1 has the code of LOINC.
_SMOKING_STATUS = "2.16.840.1.113883.10.20.22.4.78"
_SMOKING = loinc("72166-2")


@dataclass(frozen=True, slots=True)
class Statement:
    """A clinical statement: its element, and the words of its section by their ID."""

    element: Element
    narrative: Narrative = field(default_factory=dict)

    def all(self, path: str) -> Iterator["Statement"]:
        """The statements and parts at a path below this one."""
        return (Statement(found, self.narrative) for found in self.element.all(path))

    def first(self, path: str) -> "Statement | None":
        return next(self.all(path), None)

    def get(self, attribute: str) -> str:
        return self.element.attributes.get(attribute, "").strip()

    def words(self) -> str:
        """What is written here, or where a reference leads; "" where nothing is."""
        own = _flat(self.element)
        found = self.element.attributes.get("value", "")
        if self.element.name != "reference":
            found = next((one.get("value") for one in self.all("reference")), "")
        name = found.removeprefix("#")
        return own or (self.narrative.get(name, "") if name else "")

    def label(self, *paths: str) -> str:
        """The words of the first coded value at the paths that has some."""
        return next(
            (words for path in paths for one in self.all(path) if (words := one.said())), ""
        )

    def said(self) -> str:
        """The words of this coded value: its name, what was written, else its code."""
        others = [one.get("displayName") for one in self.all("translation")]
        written = next((one.words() for one in self.all("originalText")), "")
        found = (self.get("displayName"), written, *others, self.get("code"))
        return next((words for words in found if words), "")

    def codes(self, *paths: str) -> tuple[Iri, ...]:
        """The concepts that the coded values at the paths, and their translations, name."""
        found = [one for path in paths for one in self.all(path)]
        every = [coded for one in found for coded in (one, *one.all("translation"))]
        iris = (concept(one.get("codeSystem"), one.get("code")) for one in every)
        return tuple(iri for iri in iris if iri is not None)

    def id(self) -> str:
        """The id under which the holder keeps it. One without a number is new in each export."""
        for one in self.all("id"):
            if one.get("root") and one.get("extension"):
                return f"{one.get('root')}/{one.get('extension')}"
        return ""

    def time(self, side: str) -> Moment | None:
        """When it was (`low`, a point or the middle) or ended (`high`), None where it is not said.

        Raises ValueError for a time that cannot be read.
        """
        for one in self.all("effectiveTime"):
            point = one.get("value") if side == "low" else ""
            found = point or next((end.get("value") for end in one.all(side)), "")
            if found and not is_no_day(found):
                return _moment(found)
        return None

    def names(self) -> tuple[str, ...]:
        """Those who did it, or answer for it."""
        paths = (
            "performer/assignedEntity/assignedPerson/name",
            "performer/assignedEntity/representedOrganization/name",
            "author/assignedAuthor/assignedPerson/name",
        )
        found = (name_of(one.element) for path in paths for one in self.all(path))
        return tuple(name for name in found if name)[:1]


def _moment(text: str) -> Moment:
    try:
        return hl7_moment(text)
    except ValueError as error:
        raise ValueError(f"its date cannot be read: {error}") from None


def name_of(name: Element) -> str:
    """A name in one line, of a person or an organisation."""
    order = ("prefix", "given", "family", "suffix")
    parts = [one.text.strip() for key in order for one in name.all(key)]
    return " ".join(part for part in parts if part) or " ".join(name.text.split())


def narrative(text: Element) -> dict[str, str]:
    """The words of a narrative, by the ID of the element that holds them."""
    found = {}
    within = [text]
    while within:
        one = within.pop()
        name = one.attributes.get("ID")
        if name:
            found[name] = _flat(one)
        within.extend(one.children)
    return found


def _flat(element: Element) -> str:
    parts = [element.text, *(_flat(child) for child in element.children)]
    return " ".join(" ".join(parts).split())


def _name(statement: Statement) -> str:
    return statement.label("code") or next((one.words() for one in statement.all("text")), "")


def measured(statement: Statement) -> Measured:
    """What an observation found. Raises ValueError where it does not say of what."""
    value = statement.first("value")
    amount = value.get("unit") if value else ""
    templates = {one.get("root") for one in statement.all("templateId")}
    codes = statement.codes("code")
    return Measured(
        observed=_SMOKING if _SMOKING_STATUS in templates else observed(codes, _name(statement)),
        value=_value(value) if value else None,
        unit=unit(amount),
        unit_text="" if amount == "1" else amount,
        range=_range(statement),
    )


def _value(value: Statement) -> Value | None:
    kind = value.get("type").rpartition(":")[2]
    said = value.get("value")
    if said and kind in {"PQ", "INT", "REAL", "MO", ""}:
        return _number(said)
    if kind == "BL" and said in {"true", "false"}:
        return said == "true"
    ends = _ends(value)
    return value.said() or value.words() or ends or said or None


def _number(said: str) -> Decimal | str:
    try:
        return decimal(said)
    except ValueError:
        return said  # "<5": as the laboratory says it


def _ends(value: Statement) -> str:
    parts = [
        f"{sign}{one.get('value')} {one.get('unit')}".strip()
        for side, sign in (("low", "≥ "), ("high", "≤ "))
        for one in value.all(side)
        if one.get("value")
    ]
    return ", ".join(parts)


def _range(statement: Statement) -> str:
    for one in statement.all("referenceRange/observationRange"):
        written = next((text.words() for text in one.all("text")), "")
        value = one.first("value")
        found = written or (_ends(value) or value.words() if value else "")
        if found:
            return found
    return ""
