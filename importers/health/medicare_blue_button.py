"""MyMedicare.gov: the Blue Button report of US Medicare, as text.

Version 2.0 of the report. Kept are what the person entered of her health (conditions, allergies,
vaccinations, tests, vital signs, medicines), her plans and insurances, preventive services, and her
claims with what their lines say was done. What is about others (emergency contacts, family) is not
kept, nor any number of the person or of a policy.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Record,
    Stated,
)
from importers.health.blue_button_measures import measures
from importers.health.blue_button_sections import Names, Section, section
from importers.health.blue_button_text import CUT_OFF, Layout, Line, Row, begins_with, rows
from importers.health.civil_dates import american_date, american_moment
from importers.health.entry import Entry
from importers.health.medicare_claims import LINES, Claim, claim_items
from importers.rows import convert
from importers.text import decode, lines

_TITLE = "MYMEDICARE.GOV PERSONAL HEALTH INFORMATION"
_RULE = "-" * 20
_FEWEST = 3  # what stands before the title, the title, and a section
_CLAIMS = ("CLAIM SUMMARY", "CLAIM LINES")
_BESIDE: Final = {
    "EMERGENCY CONTACT": "emergency contacts are not kept",
    "FAMILY MEDICAL HISTORY": "this is about the person's family, and is not kept",
    "PROVIDERS": "providers are kept by name, with the care they gave",
    "PHARMACIES": "providers are kept by name, with the care they gave",
    "EMPLOYER SUBSIDY": "what an employer pays is not kept",
}
_CLAIM_NAMES = frozenset(
    {
        *("Claim Number", "Provider", "Provider Billing Address", "Service Start Date"),
        *("Service End Date", "Amount Charged", "Medicare Approved", "Provider Paid"),
        *("You May be Billed", "Claim Type", "Claim Service Date", "Pharmacy / Service Provider"),
        *("Pharmacy Name", "Drug Code", "Drug Name", "Fill Number", "Days' Supply"),
        *("Prescriber Identifer", "Prescriber Identifier", "Prescriber Name", "Line number"),
        *(f"Diagnosis Code {number}" for number in range(1, 26)),
        *("Date of Service From", "Date of Service To", "Revenue Code/Description"),
        *("Procedure Code/Description", "Quantity Billed/Units", "Submitted Amount/Charges"),
        *(f"Modifier {number}/Description" for number in range(1, 10)),
        *("Allowed Amount", "Non-Covered", "Place of Service/Description"),
        *("Type of Service/Description", "Rendering Provider No", "Rendering Provider NPI"),
    }
)


def _starts_claim(name: str, row: Row | None) -> bool:
    """A claim begins with its number, one of Part D with its type; a line with its own number."""
    if name == "Line number":
        return True
    within = row is not None and "Line number" not in row.values
    if name in {"Claim Number", "Claim Type"}:
        return not (within and row is not None and name not in row.values)
    return False


_CLAIM_LAYOUT = Layout(starts=_starts_claim, knows=_CLAIM_NAMES)


def _plan(*names: str, begin: str, end: str) -> Callable[[Row, bool], Iterator[Item]]:
    def read(row: Row, is_own: bool) -> Iterator[Item]:  # noqa: FBT001 - it is always given
        del is_own
        name = row.get(*names)
        if not name:
            raise ValueError("this cover has no name")
        first, _, last = row.get("Plan Period").partition(" - ")
        since = american_date(row.get(begin) or first)
        until = american_date(row.get(end) or last)
        yield Record(
            kind="InsuranceContract",
            key=Key(natural=(name, str(since or ""))),
            fields=(
                ("schema:name", name),
                *((("schema:startDate", since),) if since else ()),
                *((("schema:endDate", until),) if until else ()),
            ),
            locator=row.locator,
        )

    return read


def _person(row: Row, is_own: bool) -> Iterator[Item]:  # noqa: FBT001 - it is always given
    del is_own
    name, born = row.get("Name"), american_date(row.get("Date of Birth"))
    if not name:
        raise ValueError("the person has no name")
    yield Record(
        kind="CustomerFile",
        key=Key(natural=(name, str(born or ""))),
        fields=(("vcard:fn", name), *((("vcard:bday", born),) if born else ())),
        locator=row.locator,
    )


def _vital(row: Row, is_own: bool) -> Iterator[Item]:  # noqa: FBT001 - it is always given
    comment = row.get("Comments")
    entry = Entry(
        kind="HealthMeasure",
        label="",
        locator=row.locator,
        begin=american_moment(row.get("Date")),
        more=(
            *((("schema:description", comment),) if comment else ()),
            *((("sd:selfEntered", True),) if is_own else ()),
        ),
        alike=(row.get("Time"),),
    )
    if not row.get("Reading"):
        raise ValueError("this measure has no value")
    yield from measures(entry, row.get("Vital Statistic Type"), row.get("Reading"))


def _of(start: str, names: tuple[str, ...], read: Callable[[Row, bool], Iterator[Item]]) -> Section:
    layout = Layout(starts=begins_with(start), knows=frozenset({start, *names}))
    return Section(layout=layout, read=read)


_SECTIONS: Final = {
    "DEMOGRAPHIC": Section(layout=Layout(starts=begins_with("Name"), knows=None), read=_person),
    "SELF REPORTED MEDICAL CONDITIONS": section(
        Names(
            kind="HealthCondition",
            what=("Condition Name",),
            begin=("Medical Condition Start Date",),
            end=("Medical Condition End Date",),
        )
    ),
    "SELF REPORTED ALLERGIES": section(
        Names(
            kind="Allergy",
            what=("Allergy Name",),
            begin=("First Episode Date",),
            reaction=("Reaction",),
            beside=(
                *("Type", "Severity", "Diagnosed", "Treatment", "Last Episode Date"),
                "Last Treatment Date",
            ),
        )
    ),
    "SELF REPORTED IMPLANTABLE DEVICE": section(
        Names(kind="Procedure", what=("Device Name",), begin=("Date Implanted",))
    ),
    "SELF REPORTED IMMUNIZATIONS": section(
        Names(
            kind="Immunization",
            what=("Immunization Name",),
            begin=("Date Administered",),
            beside=(
                *("Method", "Were you vaccinated in the US", "Booster 1 Date", "Booster 2 Date"),
                "Booster 3 Date",
            ),
        )
    ),
    "SELF REPORTED LABS AND TESTS": section(
        Names(
            kind="HealthReport",
            what=("Test/Lab Type",),
            begin=("Date Taken",),
            by=("Administered by", "Requesting Doctor"),
            comment=("Results", "Comments"),
            beside=("Reason Test/Lab Requested",),
        )
    ),
    "SELF REPORTED VITAL STATISTICS": _of(
        "Vital Statistic Type", ("Date", "Time", "Reading", "Comments"), _vital
    ),
    "DRUGS": section(
        Names(
            kind="Medication",
            what=("Drug Name",),
            dosage=("Supply",),
            beside=("Orig Drug Entry",),
        )
    ),
    "PREVENTIVE SERVICES": section(
        Names(
            kind="PlannedCare",
            what=("Description",),
            begin=("Next Eligible Date",),
            beside=("Last Date of Service",),
        )
    ),
    "PLANS": _of(
        "Contract ID/Plan ID",
        ("Plan Period", "Plan Name", "Marketing Name", "Plan Address", "Plan Type"),
        _plan("Plan Name", "Marketing Name", begin="", end=""),
    ),
    **dict.fromkeys(
        ("PRIMARY INSURANCE", "OTHER INSURANCE"),
        _of(
            "MSP Type",
            (
                *("Policy Number", "Insurer Name", "Insurer Address", "Effective Date"),
                "Termination Date",
            ),
            _plan("Insurer Name", begin="Effective Date", end="Termination Date"),
        ),
    ),
}


@dataclass(slots=True)
class _Part:
    name: str
    line: int
    lines: list[Line] = field(default_factory=list)


class MedicareBlueButton:
    format = "medicare-blue-button"
    title = "MyMedicare.gov: Blue Button report (text)"
    domain = "health"
    extensions = (".txt",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the title of the report."""
        del filename
        return Match(confidence=95) if _TITLE in decode(head[:2000]) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return HolderHint(iri="https://www.medicare.gov/", name="Medicare", sector="health")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The rows of each section, in order. Takes no options."""
        del options
        parts, ended = _parts(lines(export))
        for number, part in enumerate(parts, 1):
            yield from _items(part, is_cut=not ended and number == len(parts))
        if not ended or len(parts) < _FEWEST:
            yield Problem(f"line={parts[-1].line}", CUT_OFF)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """What the lines of each claim come to, against what was charged for it."""
        items = list(items)
        stated = {i.scope: i.value for i in items if isinstance(i, Stated) and i.name == LINES}
        charged = {
            str(item.key.stable): dict(item.fields)["sd:total"]
            for item in items
            if isinstance(item, Record) and item.kind == "HealthExpense"
        }
        return tuple(
            Check(
                name=f"lines of {number}",
                expected=str(charged[number]),
                got=str(value),
                ok=charged[number] == value,
            )
            for number, value in stated.items()
            if number in charged
        )


def _parts(text: Iterable[str]) -> tuple[list[_Part], bool]:
    """The sections, whose titles stand between two rules, and whether a rule ends the report.

    Claims and their lines are one section: a claim begins where one likes.
    """
    found = [_Part("", 1)]
    said = [
        (number, part.strip())
        for number, line in enumerate(text, 1)
        for part in _pieces(line)
        if part.strip()
    ]
    is_rule = [line == _RULE for _, line in said]
    for place, (number, line) in enumerate(said):
        between = place and is_rule[place - 1] and place + 1 < len(said) and is_rule[place + 1]
        if between and not is_rule[place]:
            name = line.upper()
            is_more = name.startswith(_CLAIMS) and found[-1].name.startswith(_CLAIMS)
            if not is_more:
                found.append(_Part(name, number))
        elif not is_rule[place]:
            found[-1].lines.append(Line(number, line))
    return found, bool(is_rule) and is_rule[-1]


def _pieces(line: str) -> tuple[str, ...]:
    """A line, or a rule with what stands before it: of a rule one mark may be damaged."""
    if line.count("-") < len(_RULE):
        return (line,)
    before = line[: line.find("-----")]
    return (before, _RULE) if len(before.strip(" -")) > 1 else (_RULE,)


def _items(part: _Part, *, is_cut: bool) -> Iterator[Item]:
    if part.name in {"", _TITLE}:
        return
    if part.name in _BESIDE:
        yield Problem(f"line={part.line}", _BESIDE[part.name], row=False)
    elif part.name.startswith(_CLAIMS):
        found = rows(part.lines, _CLAIM_LAYOUT, is_cut=is_cut)
        yield from convert(_claims(found, is_cut=is_cut), claim_items)
    elif part.name in _SECTIONS:
        is_own = any("self" in line.text.casefold() for line in part.lines[:1])
        this = _SECTIONS[part.name]
        yield from convert(
            rows(part.lines, this.layout, is_cut=is_cut), lambda row: this.read(row, is_own)
        )
    else:
        yield Problem(
            f"line={part.line}", f"the section `{part.name.capitalize()}` is not imported"
        )


def _claims(found: Iterable[Row | Problem], *, is_cut: bool) -> Iterator[Claim | Problem]:
    """Each claim with the lines behind it; the last of a cut report is not whole."""
    claim: Claim | None = None
    for row in found:
        if isinstance(row, Problem):
            yield row
        elif "Line number" in row.values:
            if claim is None:
                yield Problem(row.locator, "this line does not say of which claim it is")
            else:
                claim.lines.append(row)
        else:
            if claim is not None:
                yield claim
            claim = Claim(row)
    if claim is not None:
        yield Problem(claim.locator, CUT_OFF) if is_cut else claim


MEDICARE_BLUE_BUTTON = MedicareBlueButton()
