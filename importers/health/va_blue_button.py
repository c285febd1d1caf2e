"""VA My HealtheVet: the Blue Button report of the US Department of Veterans Affairs, as text.

Versions 12 to 12.6 of the report. Kept are medicines, allergies, problems and events, vaccinations,
laboratory results, vital signs, appointments, reminders, stays, and the titles of notes and
reports. Their texts, and the lists of the latest rows that some sections repeat at their head, are
not. What is about others (family, emergency contacts, providers) is not kept, nor any number of the
person.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem, Record
from importers.health.blue_button_text import (
    CUT_OFF,
    Layout,
    Line,
    Row,
    begins_with,
    is_rule,
    rows,
)
from importers.health.civil_dates import american_date, american_moment
from importers.health.entry import Entry, record
from importers.health.va_measures import LAB, NOTED, VITAL, Laboratory, noted, vital
from importers.health.va_sections import SECTIONS
from importers.rows import convert
from importers.text import decode, lines

_HEADER = re.compile(r"-{5,} *([^\s-].*?) *-{5,}")
_HEADER_NAME = re.compile(r"[A-Z][A-Z /()&:,'-]{3,}")
_HEADER_WIDTH = 60  # narrower lines of this kind stand in the texts of notes
_DASHES = re.compile(r"-{3,}")
_BROKEN = re.compile(r"-{5,} *[^\s-].*[A-Za-z]{3}|[A-Za-z]{3}.*[^\s-] *-{5,}")
_LONGEST_HEADER = 500  # the report has 80 columns, and of a longer line dashes are tried in vain
_BROKEN_HEADER = "this may be the head of a section that is damaged, and is taken for text"
_START = "MY HEALTHEVET PERSONAL INFORMATION REPORT"
_END = f"END OF {_START}"
_SELF = "SELF REPORTED "
_NOTHING = "no information was available"
# What stands beside the rows of the person's health.
_BESIDE: Final = {
    "DOWNLOAD REQUEST SUMMARY": "what was asked for is not kept",
    "MY HEALTHEVET ACCOUNT SUMMARY": "the account is not kept",
    "VA DEMOGRAPHICS": "address, telephone and next of kin are not kept",
    "HEALTH CARE PROVIDERS": "providers are kept by name, with the care they gave",
    "TREATMENT FACILITIES": "providers are kept by name, with the care they gave",
    "FAMILY HEALTH HISTORY": "this is about the person's family, and is not kept",
    "DOD MILITARY SERVICE INFORMATION": "military service is no health data, and is not kept",
}
_VISITS = Layout(
    starts=begins_with("Date/Time"),
    knows=frozenset({"Location", "Status", "Clinic", "Phone Number", "Type", "Note"}),
)
_MISSED = ("CANCEL", "NOT KEPT", "NO-SHOW", "NO SHOW")


@dataclass(slots=True)
class _Section:
    name: str
    line: int
    lines: list[Line] = field(default_factory=list)

    @property
    def locator(self) -> str:
        return f"line={self.line}"

    @property
    def is_empty(self) -> bool:
        return any(_NOTHING in line.text.casefold() for line in self.lines)

    @property
    def is_own(self) -> bool:
        stated = (line.text for line in self.lines if line.text.startswith("Source:"))
        return "self" in next(stated, "").casefold()


class VaBlueButton:
    format = "va-blue-button"
    title = "VA My HealtheVet: Blue Button report (text)"
    domain = "health"
    extensions = (".txt",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the title of the report."""
        del filename
        found = re.search(r"\(v([\d.]+)\)", decode(head[:2000]))
        version = found.group(1) if found else ""
        return Match(confidence=95, variant=version) if _START in decode(head[:2000]) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return HolderHint(
            iri="https://www.myhealth.va.gov/", name="VA My HealtheVet", sector="health"
        )

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The rows of each section, in order. Takes no options."""
        del options
        sections, ended = _sections(lines(export))
        for number, section in enumerate(sections, 1):
            yield from _items(section, is_cut=not ended and number == len(sections))
        if not ended:
            last = sections[-1].locator if sections else "line=1"
            yield Problem(last, CUT_OFF)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the report states neither sum nor count of itself."""
        del items
        return ()


def _sections(text: Iterable[str]) -> tuple[list[_Section], bool]:
    """The sections, and whether the report came to its end."""
    found = [_Section("", 1)]
    for number, line in enumerate(text, 1):
        name = _name_of_section(line)
        if name == _END:
            return found, True
        if name:
            found.append(_Section(name, number))
        else:
            found[-1].lines.append(Line(number, line.rstrip("\n")))
    return found, False


def _name_of_section(line: str) -> str:
    """The name in the head of a section, "" where the line is none.

    A name that is known may stand in a damaged head; others must look like one all over.
    """
    line = line[:_LONGEST_HEADER]
    header = _HEADER.search(line) if len(line) >= _HEADER_WIDTH else None
    whole = header.group(1).upper() if header else ""
    for part in _DASHES.split(whole):
        name = part.strip(" -")
        if name.removeprefix(_SELF) in _KNOWN:
            return name
    is_head = _HEADER.fullmatch(line.strip()) and _HEADER_NAME.fullmatch(whole)
    return whole if is_head else ""


def _items(section: _Section, *, is_cut: bool) -> Iterator[Item]:
    name = section.name.removeprefix(_SELF)
    if not name or name == _START:
        return
    yield from _broken_headers(section)
    if name in _BESIDE:
        yield Problem(section.locator, _BESIDE[name], row=False)
    elif name in _SPECIAL:
        yield from _SPECIAL[name](section, is_cut=is_cut)
    elif name in _READERS or name in SECTIONS:
        layout, read = _READERS.get(name) or (SECTIONS[name].layout, SECTIONS[name].read)
        found = rows(section.lines, layout, is_cut=is_cut)
        yield from convert(found, lambda row: read(row, section.is_own))
    elif not section.is_empty:
        yield Problem(section.locator, f"the section `{name.capitalize()}` is not imported")


_READERS: Final = {
    "VITALS AND READINGS": (NOTED, noted),
    "VA VITALS AND READINGS": (VITAL, vital),
}


def _broken_headers(section: _Section) -> Iterator[Problem]:
    """In what is not kept, a damaged head would hide the section that it begins."""
    for line in section.lines:
        if _BROKEN.search(line.text[:_LONGEST_HEADER]):
            yield Problem(f"line={line.number}", _BROKEN_HEADER, row=False)


def _person(section: _Section, *, is_cut: bool) -> Iterator[Item]:
    """Her name and date of birth; the people to call in an emergency are others."""
    own = []
    for line in section.lines:
        if line.text.strip().upper().startswith("EMERGENCY CONTACT"):
            yield Problem(f"line={line.number}", "emergency contacts are not kept", row=False)
            break
        own.append(line)
    layout = Layout(starts=begins_with("First Name"), knows=None)
    yield from convert(rows(own, layout, is_cut=is_cut and own == section.lines), _named)


def _named(row: Row) -> Iterator[Item]:
    given, family = row.get("First Name"), row.get("Last Name")
    born = american_date(row.get("Date of Birth"))
    full = " ".join(part for part in (given, family) if part)
    if not full:
        raise ValueError("the person has no name")
    said = {"vcard:fn": full, "vcard:given-name": given, "vcard:family-name": family}
    yield Record(
        kind="CustomerFile",
        key=Key(natural=(full, str(born or ""))),
        fields=(
            *((name, words) for name, words in said.items() if words),
            *((("vcard:bday", born),) if born else ()),
        ),
        locator=row.locator,
    )


def _visits(section: _Section, *, is_cut: bool) -> Iterator[Item]:
    """Appointments to come are planned care, those that were are encounters."""
    past = next((n for n, one in enumerate(section.lines) if one.text.startswith("PAST")), None)
    parts = ((section.lines[:past], "PlannedCare"), (section.lines[past or 0 :], "Encounter"))
    for number, (part, kind) in enumerate(parts if past is not None else parts[:1]):
        is_last = number == 1 or past is None
        found = rows(part, _VISITS, is_cut=is_cut and is_last)
        yield from convert(found, lambda row, kind=kind: _visit(row, kind))  # type: ignore[misc]


def _visit(row: Row, kind: str) -> Iterator[Item]:
    status = row.get("Status")
    is_missed = any(word in status.upper() for word in _MISSED)
    yield record(
        Entry(
            kind="HealthAbsence" if is_missed else kind,
            label=row.get("Type", "Clinic", "Location"),
            locator=row.locator,
            begin=american_moment(row.get("Date/Time")),
            status=status,
            by=(row.get("Location"),),
            alike=(row.get("Date/Time"), row.get("Clinic")),
        )
    )


def _laboratory(section: _Section, *, is_cut: bool) -> Iterator[Item]:
    laboratory = Laboratory()
    found = rows(section.lines, LAB, is_cut=is_cut)
    yield from convert(found, laboratory.read)
    if not is_cut:
        yield from convert((Row(section.line, {}),), lambda _row: laboratory.rest())


def _reminders(section: _Section, *, is_cut: bool) -> Iterator[Item]:
    """A table by columns, whose places its header tells."""
    head = next((n for n, o in enumerate(section.lines) if o.text.startswith("Wellness R")), None)
    if head is None:
        if not section.is_empty:
            yield Problem(section.locator, "the table of reminders has no header")
        return
    header = section.lines[head].text
    due, done = header.find("Due Date"), header.find("Last Completed")
    body = []
    for line in section.lines[head + 1 :]:
        if not line.text.strip():
            break
        if not is_rule(line.text):
            body.append(line)
    if is_cut and body:
        yield Problem(f"line={body.pop().number}", CUT_OFF)
    for line in body:
        row = Row(line.number, {"what": line.text[:due], "due": line.text[due:done]})
        yield from convert((row,), _reminder)


def _reminder(row: Row) -> Iterator[Item]:
    yield record(
        Entry(
            kind="PlannedCare",
            label=row.values["what"].strip(),
            locator=row.locator,
            begin=american_moment(row.values["due"]),
        )
    )


_SPECIAL: Final = {
    "DEMOGRAPHICS": _person,
    "VA APPOINTMENTS": _visits,
    "VA LABORATORY RESULTS": _laboratory,
    "VA WELLNESS REMINDERS": _reminders,
}
_KNOWN: Final = frozenset({*SECTIONS, *_READERS, *_SPECIAL, *_BESIDE, _START, _END})

VA_BLUE_BUTTON = VaBlueButton()
