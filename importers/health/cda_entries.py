"""The entries of a C-CDA document: what each is, by its section or else by its element.

HL7 Implementation Guide: C-CDA R1.1 and R2.1. An entry may hold several statements: a concern about
several problems, a panel of several results. Each becomes a record of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from importers.contract import Item, Key, Problem, Record
from importers.health.cda_values import Statement, measured, name_of
from importers.health.entry import Entry, Fields, measure, record
from importers.health.moments import Moment
from importers.health.none_known import says_none
from importers.rows import convert
from importers.text import for_key

# The LOINC codes of sections, and what their entries are.
SECTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "48765-2": "Allergy",
        **dict.fromkeys(("10160-0", "10183-2", "42346-7", "29549-3", "75311-1"), "Medication"),
        **dict.fromkeys(
            ("11450-4", "11348-0", "46241-6", "11535-2", "29308-4", "75326-9"), "HealthCondition"
        ),
        **dict.fromkeys(("47519-4", "29554-3"), "Procedure"),
        **dict.fromkeys(
            ("30954-2", "8716-3", "29762-2", "47420-5", "10190-7", "26436-6"), "HealthMeasure"
        ),
        "11369-6": "Immunization",
        "46240-8": "Encounter",
        **dict.fromkeys(("18776-5", "61146-7", "69730-0", "61145-9"), "PlannedCare"),
        "10157-6": "",  # the family
    }
)
_BY_ELEMENT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "substanceAdministration": "Medication",
        "supply": "Medication",
        "procedure": "Procedure",
        "encounter": "Encounter",
        "observation": "HealthMeasure",
        "act": "Procedure",
    }
)
_STATEMENTS = (*_BY_ELEMENT, "organizer")
# An encounter within another statement says during which one that was found.
_MEMBERS = tuple(name for name in _STATEMENTS if name != "encounter")
_RELATED = "entryRelationship"
_HAVE_PARTS = frozenset({"organizer", "act", "observation", "procedure"})
_FAMILY = "this is about the person's family, and is not kept"
_NOTHING = "this entry holds no statement that is known here"
_NO_INFORMATION = "this entry says that there is no information"
_MATERIAL = "consumable/manufacturedProduct/manufacturedMaterial"
_PAYERS = "48768-6"
_EQUIPMENT = "medical equipment is not imported"
_DEVICE = "participant/participantRole/playingDevice"
_PAYER = "performer/assignedEntity/representedOrganization/name"
_SUBSTANCE = "participant/participantRole/playingEntity"
_PRODUCT = "product/manufacturedProduct/manufacturedMaterial"
# Where a statement says what it is about.
_SAID = (
    *("code", "value", "text", f"{_MATERIAL}/code", f"{_MATERIAL}/name", f"{_PRODUCT}/code"),
    *(f"{_PRODUCT}/name", f"{_SUBSTANCE}/code", f"{_SUBSTANCE}/name"),
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement with what is said around it: its kind, state, time; when it was written down."""

    statement: Statement
    kind: str
    around: Statement | None = None
    written: Moment | None = None

    @property
    def locator(self) -> str:
        return self.statement.element.locator


def entry_items(entry: Statement, section: str, written: Moment | None = None) -> Iterator[Item]:
    """The records of an entry of a section with this LOINC code, or Problems.

    `written` is when the document was.
    """
    if SECTIONS.get(section) == "":
        yield Problem(entry.element.locator, _FAMILY, row=False)
        return
    found = [one for name in _STATEMENTS for one in entry.all(name)]
    if not found:
        is_none = bool(entry.get("nullFlavor"))
        message = _NO_INFORMATION if is_none else _NOTHING
        yield Problem(entry.element.locator, message, row=not is_none)
    for one in found:
        if section == _PAYERS:
            yield from _covers(one)
            continue
        for told in _statements(one, SECTIONS.get(section, "")):
            if _says_nothing(told.statement):
                yield Problem(told.locator, _NO_INFORMATION, row=False)
            else:
                yield from convert([replace(told, written=written)], _read)


def _says_nothing(statement: Statement) -> bool:
    """Whether a statement says in so many words (`nullFlavor`) that nothing is known."""
    found = [one for path in _SAID for one in statement.all(path)]
    is_said = any(one.said() or one.words() or one.get("value") for one in found)
    return any(one.get("nullFlavor") for one in found) and not is_said


def _covers(coverage: Statement) -> Iterator[Item]:
    """An insurance contract for each policy, by who pays. Its numbers are not kept."""
    policies = list(coverage.all("entryRelationship/act")) or [coverage]
    for policy in policies:
        payer = next((name_of(one.element) for one in policy.all(_PAYER)), "")
        if not payer:
            yield Problem(policy.element.locator, "this cover does not say who pays")
            continue
        yield Record(
            kind="InsuranceContract",
            key=Key(natural=(for_key(payer),)),
            fields=(("schema:name", payer), ("sd:counterpartyName", payer)),
            locator=policy.element.locator,
        )


def _statements(
    statement: Statement, kind: str, around: Statement | None = None
) -> Iterator[_Told]:
    """The statements that count: of a panel its members, of a concern what it is about.

    A statement that has others as its components comes with them: of a laboratory the specialty,
    then its panels and results.
    """
    name = statement.element.name
    is_concern = name == "act" and kind in {"Allergy", "HealthCondition"}
    members = list(_parts(statement, is_concern=is_concern))
    holds_others = name == "organizer" or is_concern
    if not (holds_others and members):
        yield _Told(statement, kind or _BY_ELEMENT.get(name, ""), around)
    is_dated = statement.first("effectiveTime") is not None
    for member in members:
        inner = kind if holds_others else ""
        yield from _statements(member, inner, statement if is_dated or not around else around)


def _parts(statement: Statement, *, is_concern: bool) -> Iterator[Statement]:
    if is_concern:
        yield from _within(statement, _RELATED, "SUBJ", "")
    elif statement.element.name in _HAVE_PARTS:
        yield from _within(statement, "component")
        yield from _within(statement, _RELATED, "COMP")


def _within(statement: Statement, path: str, *types: str) -> Iterator[Statement]:
    """The statements related to one in one of these ways, or in any."""
    for relation in statement.all(path):
        if not types or relation.get("typeCode") in types:
            for name in _MEMBERS:
                yield from relation.all(name)


def _read(told: _Told) -> Iterator[Record]:
    statement = told.statement
    if statement.element.name == "supply" and statement.first(_DEVICE):
        raise ValueError(_EQUIPMENT)
    kind = _kind(told)
    entry = Entry(
        kind=kind,
        label="",
        locator=told.locator,
        id=statement.id(),
        begin=statement.time("low") or (told.around.time("low") if told.around else None),
        end=statement.time("high"),
        status=_status(told),
        by=statement.names(),
    )
    if kind == "HealthMeasure":
        label = statement.label("code")
        yield measure(replace(entry, label=label, told=told.written), measured(statement))
        return
    entry = _WHAT.get(kind, _by_code)(entry, statement)
    if statement.get("negationInd") == "true" or says_none(entry):
        entry = replace(entry, kind="HealthAbsence", more=())
    yield record(entry)


def _kind(told: _Told) -> str:
    """What a statement is: measures are observations, and what is not done yet is planned."""
    mood, name = told.statement.get("moodCode"), told.statement.element.name
    planned = mood in {"INT", "RQO", "PRMS", "ARQ", "PRP", "GOL", "APT"}
    if told.kind == "PlannedCare" or (planned and told.kind != "Medication"):
        return "PlannedCare"
    if told.kind == "HealthMeasure" and name != "observation":
        return _BY_ELEMENT.get(name, "Procedure")
    return told.kind


def _status(told: _Told) -> str:
    """The state that the statement says of itself, or that of what is around it."""
    for one in told.statement.all("entryRelationship/observation"):
        if "33999-4" in {code.get("code") for code in one.all("code")}:
            return one.label("value")
    found = (told.around, told.statement) if told.around else (told.statement,)
    codes = (code.get("code") for one in found for code in one.all("statusCode"))
    return next((code for code in codes if code), "")


def _by_code(entry: Entry, statement: Statement) -> Entry:
    paths = ("code", f"{_MATERIAL}/code", f"{_PRODUCT}/code", "value")
    text = next((one.words() for one in statement.all("text")), "")
    place = [name_of(one.element) for one in statement.all(f"{_SUBSTANCE}/name")]
    label = statement.label(*paths) or text or next(iter((*place, *entry.by)), "")
    return replace(entry, label=label, codes=statement.codes("code"))


def _problem(entry: Entry, statement: Statement) -> Entry:
    text = next((one.words() for one in statement.all("text")), "")
    return replace(
        entry,
        label=statement.label("value") or text or statement.label("code"),
        codes=statement.codes("value"),
    )


def _allergy(entry: Entry, statement: Statement) -> Entry:
    substance = statement.label(f"{_SUBSTANCE}/code")
    names = [one.words() for one in statement.all(f"{_SUBSTANCE}/name")]
    reactions = (
        one.label("value")
        for around in statement.all("entryRelationship")
        if around.get("typeCode") == "MFST"
        for one in around.all("observation")
    )
    more: Fields = tuple(("sd:reaction", words) for words in dict.fromkeys(reactions) if words)
    return replace(
        entry,
        label=substance or next(iter(names), "") or statement.label("value", "code"),
        codes=statement.codes(f"{_SUBSTANCE}/code" if substance else "value"),
        more=more,
    )


def _medicine(entry: Entry, statement: Statement) -> Entry:
    names = [one.words() for path in (_MATERIAL, _PRODUCT) for one in statement.all(f"{path}/name")]
    paths = (f"{_MATERIAL}/code", f"{_PRODUCT}/code")
    return replace(
        entry,
        label=statement.label(*paths) or next(iter(names), "") or statement.label("code"),
        codes=statement.codes(*paths),
        more=_dosage(statement),
    )


def _dosage(statement: Statement) -> Fields:
    written = next((one.words() for one in statement.all("text")), "")
    dose = next(iter(statement.all("doseQuantity")), None)
    amount = f"{dose.get('value')} {dose.get('unit')}".strip() if dose else ""
    found = written or " ".join(part for part in (amount, statement.label("routeCode")) if part)
    return (("sd:dosage", found),) if found else ()


_WHAT: Final[Mapping[str, Callable[[Entry, Statement], Entry]]] = MappingProxyType(
    {
        "HealthCondition": _problem,
        "Allergy": _allergy,
        "Medication": _medicine,
        "Immunization": _medicine,
    }
)
